// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/form_undo.h"

#include "ui/widgets/number_field.h"

#include <QKeyEvent>
#include <QLineEdit>

namespace lori::ui {

namespace {

bool isUndoOrRedo(const QKeyEvent& key)
{
    const bool isCtrlY = key.key() == Qt::Key_Y && key.modifiers() == Qt::ControlModifier; // X11's own redo is Ctrl+Shift+Z alone
    return isCtrlY || key.matches(QKeySequence::Undo) || key.matches(QKeySequence::Redo);
}

class FormUndo final : public QObject {
public:
    explicit FormUndo(QLineEdit& line) : QObject(&line), m_line(line) { line.installEventFilter(this); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
        if (!isKey || !isUndoOrRedo(*static_cast<QKeyEvent*>(event)) || isHalfTyped()) {
            return QObject::eventFilter(watched, event);
        }
        // An override that nobody wants leaves the keys to the window; a press comes only when the window has nothing to undo.
        event->setAccepted(event->type() == QEvent::KeyPress);
        return true;
    }

private:
    [[nodiscard]] bool isHalfTyped() const
    {
        const auto* number = qobject_cast<const NumberField*>(&m_line);
        return number != nullptr && !number->number().isNumber();
    }

    QLineEdit& m_line;
};

} // namespace

void undoWithForm(QLineEdit& line)
{
    static_cast<void>(new FormUndo(line)); // goes with the line
}

} // namespace lori::ui
