// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAbstractItemView;

namespace lori::ui {

/// The selected cells as lines of tab-separated values under the titles of their columns, for a spreadsheet; all cells when
/// nothing is selected. Tabs and line breaks in a cell become blanks.
[[nodiscard]] QString cellsAsTsv(const QAbstractItemView& view);
/// The copy shortcut (Ctrl+C) of the view puts cellsAsTsv() into the clipboard.
void makeCopyable(QAbstractItemView& view);

} // namespace lori::ui
