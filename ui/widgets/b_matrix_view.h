// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/b_matrix.h"

#include <QAbstractScrollArea>
#include <QPoint>

#include <optional>

namespace lori::ui {

/// One B at pixel level, laid on its side, with bars for the kept entries of each output row (below) and each rank (right).
/// Wheel or +/- zoom at the pointer or the cursor, arrows move the entry cursor (Shift: ten), Home shows everything.
class BMatrixView final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit BMatrixView(QWidget* parent = nullptr);
    /// Cost: one pass over out · rank entries.
    void setMatrix(BMatrix matrix);
    [[nodiscard]] const BMatrix& matrix() const { return m_matrix; }
    [[nodiscard]] const BMatrixSums& sums() const { return m_sums; }
    /// x = output row, y = rank.
    [[nodiscard]] std::optional<QPoint> cursorEntry() const { return m_cursor; }
    void setCursorEntry(QPoint entry);
    /// "output 12, rank 3: |b| = 0.0123, kept"
    [[nodiscard]] QString readOut() const;
    [[nodiscard]] double zoom() const { return m_zoom; }
    /// factor > 1 shows less; the entry under `at` (viewport pixels) stays there.
    void zoomAt(double factor, QPointF at);
    void resetZoom();
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void entryPointed(const QString& readOut);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void measure();
    [[nodiscard]] QRectF entryRect(QPoint entry) const;
    [[nodiscard]] std::optional<QPoint> entryAt(const QPointF& point) const;
    [[nodiscard]] QPointF offset() const;
    void paintEntries(QPainter& painter) const;
    void paintSums(QPainter& painter) const;
    void paintNumbers(QPainter& painter) const;

    BMatrix m_matrix;
    BMatrixSums m_sums;
    QImage m_image;
    std::optional<QPoint> m_cursor;
    double m_zoom = 1;
    QSizeF m_cell{1, 1};
    QRectF m_area; ///< viewport pixels that show entries
};

} // namespace lori::ui
