// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLineEdit;

namespace lori::ui {

/// Undo and redo, typed in this line of the forms, are those of the whole form and never the line's own: the window's actions
/// take the keys. Only a text that is no number (yet) is taken back by its line, because the form does not hold it.
void undoWithForm(QLineEdit& line);

} // namespace lori::ui
