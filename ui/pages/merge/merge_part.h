// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/card.h"
#include "ui/theme.h"

#include <QString>

class QLabel;
class QVBoxLayout;

namespace lori::ui {

/// One of the four parts of a merge: a heading, and what is under it once the part above is done. Until then it says what it
/// waits for.
class MergePart : public Card {
    Q_OBJECT

public:
    explicit MergePart(QWidget* parent = nullptr);

    /// `waitsFor`: one sentence while closed, "" opens it.
    void setWaiting(const QString& waitsFor);
    [[nodiscard]] bool isOpen() const;

protected:
    void changeEvent(QEvent* event) override;
    void setTitle(const QString& title);
    /// Where the part puts its widgets.
    [[nodiscard]] QWidget* body() const { return m_body; }
    [[nodiscard]] QVBoxLayout* column() const { return m_column; }
    /// All texts in the person's language.
    virtual void retranslate() = 0;
    /// Colours that are not the palette's own.
    virtual void recolour() {}
    /// A label that wraps and whose text can be selected.
    [[nodiscard]] QLabel* makeLine(const char* objectName);
    static void paint(QLabel* label, Tone tone);

private:
    QLabel* m_title = nullptr;
    QLabel* m_waiting = nullptr;
    QWidget* m_body = nullptr;
    QVBoxLayout* m_column = nullptr;
};

} // namespace lori::ui
