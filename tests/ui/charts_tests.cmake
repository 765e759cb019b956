# SPDX-License-Identifier: GPL-3.0-or-later
lori_add_test(charts WINDOW LIBRARIES lori::ui LABELS ui
    SOURCES plot_test.cpp run_charts_test.cpp mask_test.cpp)
