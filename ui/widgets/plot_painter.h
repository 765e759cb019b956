// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/plot_data.h"
#include "ui/widgets/plot_style.h"

#include <QFont>
#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

class QPainter;

namespace lori::ui {

enum class PlotScale { Linear, Logarithmic };
enum class PlotFormat { Number, Percent };

/// A vertical line with a word, e.g. where a stage begins.
struct PlotMark {
    double x = 0;
    QString label;
    bool isMovable = false; ///< by mouse and keyboard
    bool operator==(const PlotMark&) const = default;
};
/// A shaded stretch with a word, e.g. while the run was paused.
struct PlotSpan {
    double from = 0;
    double to = 0;
    QString label;
    bool operator==(const PlotSpan&) const = default;
};
/// A dashed horizontal line, e.g. the score before training.
struct PlotReference {
    QString name;
    double y = 0;
    PlotStyle style;
    bool operator==(const PlotReference&) const = default;
};

/// Where data lands on the screen. With a logarithmic scale `range` still holds plain values; both y limits are then > 0.
struct PlotFrame {
    QRectF area; ///< pixels inside the axes
    PlotRange range;
    PlotScale scale = PlotScale::Linear;
    PlotFormat format = PlotFormat::Number;
    QPalette palette;
    QFont font;
    QString xTitle;
    QString yTitle;
    QStringList categories; ///< names of x = 0, 1, 2 …; empty for an axis of numbers
    bool wholeX = false;    ///< x counts something: no tick between two whole numbers

    /// y on the scale that is drawn: log10(y) for a logarithmic one.
    [[nodiscard]] double scaled(double y) const;
    [[nodiscard]] double unscaled(double value) const;
    [[nodiscard]] QPointF toPixel(double x, double y) const;
    [[nodiscard]] double xAt(double pixel) const;
    [[nodiscard]] double yAt(double pixel) const;
    [[nodiscard]] std::vector<double> xTicks() const;
    [[nodiscard]] std::vector<double> yTicks() const;
    [[nodiscard]] QString yText(double y) const;
    [[nodiscard]] QString xText(double x) const;
};

/// The pixels left for the data in `outer`, after titles and tick labels of `frame` (whose area is not looked at).
[[nodiscard]] QRectF plotAreaIn(const QRectF& outer, const PlotFrame& frame);
void paintGrid(QPainter& painter, const PlotFrame& frame);
void paintSpans(QPainter& painter, const PlotFrame& frame, const std::vector<PlotSpan>& spans);
void paintMarks(QPainter& painter, const PlotFrame& frame, const std::vector<PlotMark>& marks);
void paintBand(QPainter& painter, const PlotFrame& frame, const std::vector<PlotInterval>& band, const PlotStyle& style);
void paintReference(QPainter& painter, const PlotFrame& frame, const PlotReference& reference);
void paintMarkers(QPainter& painter, const PlotFrame& frame, const std::vector<PlotPoint>& points, const PlotStyle& style);
void paintEmptyText(QPainter& painter, const PlotFrame& frame, const QString& text);

/// One line of the read-out box.
struct ReadOutLine {
    QString text;
    PlotStyle style;
    std::optional<PlotPoint> point; ///< where a dot is drawn
};
/// Beside the crosshair, with its read-out where it covers the fewest of the `taken` pixels.
void paintCrosshair(QPainter& painter, const PlotFrame& frame, double x, const QString& heading,
                    const std::vector<ReadOutLine>& lines, const std::vector<QPointF>& taken);
/// Where that read-out of `size` lies when the crosshair is at the pixel `x`: right of it before left, at the top before the
/// bottom, always inside `area` where it fits.
[[nodiscard]] QRectF readOutBox(const QRectF& area, double x, const QSizeF& size, const std::vector<QPointF>& taken);
/// A short sample of a series' line with its marker, for legends.
void paintSample(QPainter& painter, const QRectF& box, const PlotStyle& style, const QPalette& palette);

} // namespace lori::ui
