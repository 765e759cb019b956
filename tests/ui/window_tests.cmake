# SPDX-License-Identifier: GPL-3.0-or-later
# Test equipment: a worker that only writes events.
add_executable(fake_worker fake_serve.cpp fake_serve.h fake_worker.cpp)
target_link_libraries(fake_worker PRIVATE lori::base lori::options)

lori_add_test(window WINDOW LIBRARIES lori::ui LABELS ui TIMEOUT 240
    SOURCES window_fixture.h choices_test.cpp draft_test.cpp error_text_test.cpp form_changes_test.cpp form_test.cpp health_notes_test.cpp help_test.cpp
            job_service_test.cpp names_test.cpp own_presets_test.cpp run_header_test.cpp run_messages_test.cpp run_progress_test.cpp run_remedies_test.cpp run_report_test.cpp
            run_result_test.cpp run_service_test.cpp runs_page_test.cpp
            sweep_test.cpp task_catalog_test.cpp
            typing_test.cpp wheel_test.cpp wizard_test.cpp)
target_compile_definitions(test_window PRIVATE LORI_FAKE_WORKER="$<TARGET_FILE:fake_worker>")
add_dependencies(test_window fake_worker)

lori_add_test(accessibility WINDOW LIBRARIES lori::ui LABELS ui TIMEOUT 300 SOURCES accessibility_test.cpp colour_vision_test.cpp)
lori_add_test(monkey WINDOW LIBRARIES lori::ui LABELS ui TIMEOUT 2700 SOURCES monkey_test.cpp)
foreach(program accessibility monkey)
    target_compile_definitions(test_${program} PRIVATE LORI_FAKE_WORKER="$<TARGET_FILE:fake_worker>")
    add_dependencies(test_${program} fake_worker)
endforeach()

# No unfinished translation, and the .ts files hold every text of the window.
add_test(NAME translations COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DWORK=${CMAKE_CURRENT_BINARY_DIR}/translations
    -DLUPDATE=$<TARGET_FILE:Qt6::lupdate> -P ${CMAKE_CURRENT_SOURCE_DIR}/check_translations.cmake)
set_tests_properties(translations PROPERTIES LABELS ui TIMEOUT 60 SKIP_REGULAR_EXPRESSION "left out:")
