// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/try/prompt_box.h"

#include <QKeyEvent>

namespace lori::ui {

namespace {

constexpr int kShownLines = 3;

bool isEnter(const QKeyEvent& event)
{
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

} // namespace

PromptBox::PromptBox(QWidget* parent) : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize PromptBox::sizeHint() const
{
    const int frame = 2 * frameWidth() + static_cast<int>(2 * document()->documentMargin());
    return {QPlainTextEdit::sizeHint().width(), fontMetrics().lineSpacing() * kShownLines + frame};
}

/// Ctrl+Enter is the window's key for starting a training: here it is a key of the text.
bool PromptBox::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && isEnter(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QPlainTextEdit::event(event);
}

void PromptBox::keyPressEvent(QKeyEvent* event)
{
    if (!isEnter(*event)) {
        QPlainTextEdit::keyPressEvent(event);
    } else if ((event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) {
        Q_EMIT entered();
    } else {
        textCursor().insertBlock();
        ensureCursorVisible();
    }
}

} // namespace lori::ui
