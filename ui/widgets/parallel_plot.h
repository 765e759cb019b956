// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

namespace lori::ui {

/// One upright axis: what it measures, and how its numbers are written.
struct ParallelAxis {
    QString title;
    std::function<QString(double)> text;
};

/// One line across the axes; none where it has no value.
struct ParallelLine {
    QString name;
    std::vector<std::optional<double>> values; ///< as many as axes
};

/// Parallel coordinates: a line for each thing, across an axis for each of its numbers. The line under the pointer stands out; Up
/// and Down go through the lines. All lines are drawn once into a picture, so that pointing stays smooth with hundreds of them.
class ParallelPlot final : public QWidget {
    Q_OBJECT

public:
    explicit ParallelPlot(QWidget* parent = nullptr);
    /// Lines with another number of values than axes are left out.
    void setData(std::vector<ParallelAxis> axes, std::vector<ParallelLine> lines);
    [[nodiscard]] const std::vector<ParallelLine>& lines() const { return m_lines; }
    /// -1 for none; does not emit.
    void setHighlighted(int line);
    [[nodiscard]] int highlighted() const { return m_highlighted; }
    /// The line nearest to a point, within a finger's width; -1 when none is.
    [[nodiscard]] int lineAt(const QPointF& point) const;
    /// "name; rank: 8; loss: 1.2" of the line that stands out.
    [[nodiscard]] QString readOut() const;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void pointed(int line);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] double xOf(std::size_t axis) const;
    [[nodiscard]] QRectF plotRect() const;
    [[nodiscard]] std::optional<QPointF> pointOf(std::size_t line, std::size_t axis) const;
    void place();
    void draw();
    void paintLine(QPainter& painter, std::size_t line, bool dots) const;
    void paintAxes(QPainter& painter) const;
    void point(int line);

    struct Range {
        double low = 0;
        double high = 0;
    };
    std::vector<ParallelAxis> m_axes;
    std::vector<ParallelLine> m_lines;
    std::vector<Range> m_ranges;
    std::vector<std::optional<QPointF>> m_points; ///< line by line
    QImage m_picture;                             ///< all lines; null when it is to be drawn anew
    int m_highlighted = -1;
};

} // namespace lori::ui
