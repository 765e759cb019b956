// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plot_bars.h"

#include "ui/widgets/plot_view.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace lori::ui {

std::vector<BarPlace> barPlaces(const std::vector<PlotSeries>& series)
{
    constexpr double kShare = 0.8; // of a category; the rest keeps neighbours apart
    const auto isShown = [](const PlotSeries& one) {
        return one.visible && one.style.shape == PlotShape::Bars;
    };
    const auto count = static_cast<double>(std::count_if(series.begin(), series.end(), isShown));
    std::vector<BarPlace> places(series.size());
    double next = 0;
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (isShown(series[i])) {
            const double width = kShare / count;
            places[i] = {-kShare / 2 + (next + 0.5) * width, width};
            next += 1;
        }
    }
    return places;
}

void paintBar(QPainter& painter, const QRectF& box, const PlotStyle& style, const QPalette& palette)
{
    const QColor colour = plotColour(style.colour, palette);
    painter.setPen(QPen(colour, 1));
    if (style.dash == PlotDash::Solid) {
        painter.setBrush(colour);
    } else {
        painter.setBrush(palette.color(QPalette::Base));
        painter.drawRect(box);
        painter.setBrush(QBrush(colour, style.dash == PlotDash::Dash ? Qt::BDiagPattern : Qt::Dense5Pattern));
    }
    painter.drawRect(box);
}

void paintBars(QPainter& painter, const PlotFrame& frame, const PlotSeries& series, const BarPlace& place)
{
    const QFontMetricsF metrics(frame.font);
    const double base = frame.scale == PlotScale::Logarithmic ? frame.range.yMin : 0;
    const double pitch = frame.area.width() / (frame.range.xMax - frame.range.xMin);
    painter.save();
    painter.setClipRect(frame.area);
    painter.setFont(frame.font);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const PlotPoint& point : series.points) {
        if (!std::isfinite(point.y) || (frame.scale == PlotScale::Logarithmic && point.y <= 0)) {
            continue;
        }
        const QPointF top = frame.toPixel(point.x + place.offset, point.y);
        const QPointF bottom = frame.toPixel(point.x + place.offset, base);
        const double half = std::max(0.5, place.width * pitch / 2 - 1);
        paintBar(painter, QRectF(QPointF(top.x() - half, top.y()), QPointF(top.x() + half, bottom.y())).normalized(),
                 series.style, frame.palette);
        const QString text = frame.yText(point.y);
        if (series.band.empty() && metrics.horizontalAdvance(text) <= place.width * pitch) {
            painter.setPen(frame.palette.color(QPalette::Text));
            const double y = point.y < 0 ? top.y() + 2 : top.y() - metrics.height() - 1;
            painter.drawText(QRectF(top.x() - pitch, y, 2 * pitch, metrics.height()), Qt::AlignCenter, text);
        }
    }
    painter.restore();
    paintWhiskers(painter, frame, series.band, QPen(frame.palette.color(QPalette::Text), 1.4), place.offset);
}

void paintWhiskers(QPainter& painter, const PlotFrame& frame, const std::vector<PlotInterval>& intervals, const QPen& pen,
                   double offset)
{
    painter.save();
    painter.setClipRect(frame.area);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(pen);
    for (const PlotInterval& interval : intervals) {
        const QPointF low = frame.toPixel(interval.x + offset, interval.low);
        const QPointF high = frame.toPixel(interval.x + offset, interval.high);
        painter.drawLine(low, high);
        painter.drawLine(low - QPointF(3, 0), low + QPointF(3, 0));
        painter.drawLine(high - QPointF(3, 0), high + QPointF(3, 0));
    }
    painter.restore();
}

} // namespace lori::ui
