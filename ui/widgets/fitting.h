// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace lori::ui {

/// Gives a dialog this size, but never more than the window it belongs to: letters may be large and screens small.
inline void resizeWithinParent(QWidget& dialog, QSize wanted)
{
    const QWidget* window = dialog.parentWidget() != nullptr ? dialog.parentWidget()->window() : nullptr;
    dialog.resize(window != nullptr ? wanted.boundedTo(window->size()) : wanted);
}

} // namespace lori::ui
