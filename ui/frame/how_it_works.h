// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace lori::ui {

/// What LoRI is, in six small pictures with a line each.
class HowItWorks final : public QWidget {
    Q_OBJECT

public:
    explicit HowItWorks(QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void drawStep(QPainter& painter, int step, const QRectF& area) const;
    void drawGrid(QPainter& painter, const QRectF& area, int columns, int rows, int keepOneIn, const QColor& ink) const;
    void drawPadlock(QPainter& painter, const QPointF& at, double size) const;
};

} // namespace lori::ui
