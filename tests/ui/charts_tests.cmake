# SPDX-License-Identifier: GPL-3.0-or-later
lori_add_test(charts WINDOW LIBRARIES lori::ui LABELS ui
    SOURCES column_layout_test.cpp heat_map_test.cpp parallel_plot_test.cpp plot_bars_test.cpp plot_test.cpp plot_zoom_test.cpp run_charts_test.cpp
            history_test.cpp history_marks_test.cpp history_page_fixture.h history_page_test.cpp history_service_test.cpp)
lori_add_test(masks WINDOW LIBRARIES lori::ui LABELS ui
    SOURCES mask_compare_test.cpp mask_course_test.cpp mask_pairs_test.cpp mask_runs.h mask_sweep_test.cpp mask_territory_view_test.cpp mask_test.cpp
            masks_page_fixture.h masks_page_test.cpp)

# The window without its history is refused when the build is set up, with a sentence that says what to do.
add_test(NAME window_without_database COMMAND ${CMAKE_COMMAND} -S ${PROJECT_SOURCE_DIR} -B ${CMAKE_CURRENT_BINARY_DIR}/no-database
    -G ${CMAKE_GENERATOR} -DLORI_WITH_DATABASE=OFF -DLORI_WITH_TORCH=OFF)
set_tests_properties(window_without_database PROPERTIES LABELS ui TIMEOUT 60
    PASS_REGULAR_EXPRESSION "The window needs the history: set LORI_WITH_DATABASE=ON")
