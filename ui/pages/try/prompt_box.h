// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace lori::ui {

/// Where a question is written: Enter asks it; Shift+Enter and Ctrl+Enter begin a new line, here and nowhere else.
class PromptBox final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit PromptBox(QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void entered();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace lori::ui
