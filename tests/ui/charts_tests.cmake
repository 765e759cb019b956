# SPDX-License-Identifier: GPL-3.0-or-later
lori_add_test(charts WINDOW LIBRARIES lori::ui LABELS ui
    SOURCES plot_test.cpp run_charts_test.cpp mask_test.cpp masks_page_test.cpp)
if(TARGET lori::database)
    target_sources(test_charts PRIVATE history_test.cpp history_page_test.cpp)
endif()
