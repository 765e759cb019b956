// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace lori::ui {

/// A large button: icon, title and a sentence under it.
class CardButton final : public QAbstractButton {
    Q_OBJECT

public:
    explicit CardButton(QWidget* parent = nullptr);
    /// The title also becomes the accessible name, the sentence the description.
    void setWords(const QString& title, const QString& sentence);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_sentence;
};

} // namespace lori::ui
