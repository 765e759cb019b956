// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QImage>
#include <QPoint>
#include <QRect>

#include <cstdint>
#include <optional>

namespace lori::ui {

/// The entries of one matrix at pixel level, laid on its side (x = output row, y = rank: a B is far taller than wide, a screen is
/// not). Wheel or +/- zoom at the pointer or the cursor, arrows move the entry cursor (Shift: ten), Home shows everything. What
/// the entries look like and say is the leaf class's.
class EntryPicture : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit EntryPicture(QWidget* parent = nullptr);
    /// x = output row, y = rank.
    [[nodiscard]] std::optional<QPoint> cursorEntry() const { return m_cursor; }
    void setCursorEntry(QPoint entry);
    /// "output 12, rank 3: |b| = 0.0123, kept"; "" without a cursor.
    [[nodiscard]] QString readOut() const;
    [[nodiscard]] double zoom() const { return m_zoom; }
    /// factor > 1 shows less; the entry under `at` (viewport pixels) stays there.
    void zoomAt(double factor, QPointF at);
    void resetZoom();
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void entryPointed(const QString& readOut);

protected:
    /// Shows another matrix [out, rank]; one of the same shape keeps the place one looks at. Asks for makeImage().
    void setShape(std::int64_t out, std::int64_t rank);
    [[nodiscard]] bool isEmpty() const { return m_out <= 0 || m_rank <= 0; }
    /// Room below and right of the entries, in lines of text.
    void setMargins(double below, double right);
    [[nodiscard]] const QRectF& area() const { return m_area; } ///< viewport pixels that show entries
    [[nodiscard]] const QSizeF& cellSize() const { return m_cell; }
    [[nodiscard]] QRectF entryRect(QPoint entry) const;
    [[nodiscard]] QPointF offset() const;

    /// One pixel an entry, out wide and rank high, in this palette's colours.
    [[nodiscard]] virtual QImage makeImage() const = 0;
    [[nodiscard]] virtual QString entryText(QPoint entry) const = 0;
    /// Over the visible entries, before the cursor; the painter is clipped to them.
    virtual void paintOver(QPainter& /*painter*/, const QRect& /*entries*/) const {}
    /// Below and right of the entries.
    virtual void paintBeside(QPainter& /*painter*/) const {}

    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void measure();
    [[nodiscard]] std::optional<QPoint> entryAt(const QPointF& point) const;
    [[nodiscard]] QRect visibleEntries() const;
    void paintEntries(QPainter& painter) const;
    void paintNumbers(QPainter& painter) const;

    std::int64_t m_out = 0;
    std::int64_t m_rank = 0;
    QImage m_image;
    std::optional<QPoint> m_cursor;
    double m_zoom = 1;
    QSizeF m_cell{1, 1};
    QRectF m_area;
    double m_below = 1;
    double m_right = 1;
};

} // namespace lori::ui
