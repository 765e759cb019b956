// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace lori::ui {

/// A box with rounded corners in the palette's base colour.
class Card : public QFrame {
    Q_OBJECT

public:
    explicit Card(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace lori::ui
