# SPDX-License-Identifier: GPL-3.0-or-later
# Pages around masks and history; included by ui/CMakeLists.txt.
target_sources(lori_ui PRIVATE
    pages/history_details.cpp pages/history_details.h
    pages/history_page.cpp pages/history_page.h
    pages/mask_controls.cpp pages/mask_controls.h
    pages/mask_library.cpp pages/mask_library.h
    pages/masks_page.cpp pages/masks_page.h)
