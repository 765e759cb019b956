// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lori::ui {

/// The pages of the window, in the order of the navigation list and of Ctrl+1 … Ctrl+5.
enum class PageId { Home, Experiment, Runs, Masks, History };
inline constexpr int kPageCount = 5;

} // namespace lori::ui
