// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plot_range.h"

#include "ui/widgets/plot_bars.h"
#include "ui/widgets/plot_view.h"

#include <QCoreApplication>
#include <QLineF>

#include <algorithm>
#include <cmath>
#include <limits>

namespace lori::ui {
namespace {

struct Extent {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    void add(double value)
    {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    [[nodiscard]] bool empty() const { return !(low <= high); }
};

void addSeries(const PlotSeries& series, PlotScale scale, Extent& x, Extent& y)
{
    const bool logarithmic = scale == PlotScale::Logarithmic;
    if (series.style.shape == PlotShape::Bars && !logarithmic && !series.points.empty()) {
        y.add(0); // bars begin at zero, or their lengths would lie
    }
    for (const PlotPoint& point : series.points) {
        x.add(point.x);
        if (!logarithmic || point.y > 0) {
            y.add(point.y);
        }
    }
    for (const PlotInterval& interval : series.band) {
        for (const double value : {interval.low, interval.high}) {
            if (!logarithmic || value > 0) {
                y.add(value);
            }
        }
    }
}

/// Some air above and below, in the drawn scale; a flat curve gets a window around it.
std::pair<double, double> withAir(const Extent& y, PlotScale scale, bool fromZero)
{
    if (y.empty()) {
        return scale == PlotScale::Logarithmic ? std::pair(0.1, 10.0) : std::pair(0.0, 1.0);
    }
    PlotFrame frame;
    frame.scale = scale;
    const double low = frame.scaled(y.low);
    const double high = frame.scaled(y.high);
    const double air = high > low                        ? 0.05 * (high - low)
                       : scale == PlotScale::Logarithmic ? 0.2
                                                         : std::max(0.05 * std::abs(low), 1e-6);
    // What begins at zero stands on the axis.
    const bool onZero = fromZero && scale == PlotScale::Linear;
    return {onZero && low == 0 ? 0 : frame.unscaled(low - air), onZero && high == 0 ? 0 : frame.unscaled(high + air)};
}

} // namespace

PlotRange rangeOfSeries(const std::vector<PlotSeries>& series, const std::vector<PlotReference>& references, PlotScale scale,
                        const std::optional<std::pair<double, double>>& xLimits,
                        const std::optional<std::pair<double, double>>& yLimits)
{
    Extent x;
    Extent y;
    for (const PlotSeries& one : series) {
        if (one.visible) {
            addSeries(one, scale, x, y);
        }
    }
    for (const PlotReference& reference : references) {
        if (scale == PlotScale::Linear || reference.y > 0) {
            y.add(reference.y);
        }
    }
    if (xLimits) {
        x.add(xLimits->first);
        x.add(xLimits->second);
    }
    PlotRange range;
    if (!x.empty()) {
        range.xMin = x.low;
        range.xMax = x.high > x.low ? x.high : x.low + 1;
    }
    const bool bars = std::any_of(series.begin(), series.end(),
                                  [](const PlotSeries& one) { return one.visible && one.style.shape == PlotShape::Bars; });
    std::tie(range.yMin, range.yMax) = withAir(y, scale, bars);
    if (yLimits && scale == PlotScale::Linear) {
        range.yMin = y.empty() ? yLimits->first : std::min(y.low, yLimits->first);
        range.yMax = y.empty() ? yLimits->second : std::max(y.high, yLimits->second);
    }
    return range;
}

bool isUsableRange(const PlotRange& range, PlotScale scale)
{
    const double width = range.xMax - range.xMin;
    const double height = range.yMax - range.yMin;
    const double xSize = std::max({1.0, std::abs(range.xMin), std::abs(range.xMax)});
    const double ySize = std::max({1e-9, std::abs(range.yMin), std::abs(range.yMax)});
    return std::isfinite(width) && std::isfinite(height) && width > 1e-6 * xSize && height > 1e-9 * ySize &&
           (scale == PlotScale::Linear || range.yMin > 0);
}

PlotRange zoomedRange(const PlotFrame& frame, double factor, double x, double y)
{
    const double low = frame.scaled(frame.range.yMin);
    const double high = frame.scaled(frame.range.yMax);
    const double centre = frame.scaled(y);
    return {x - (x - frame.range.xMin) / factor, x + (frame.range.xMax - x) / factor,
            frame.unscaled(centre - (centre - low) / factor), frame.unscaled(centre + (high - centre) / factor)};
}

PlotRange pannedRange(const PlotFrame& frame, double xShare, double yShare)
{
    const double low = frame.scaled(frame.range.yMin);
    const double high = frame.scaled(frame.range.yMax);
    const double dx = xShare * (frame.range.xMax - frame.range.xMin);
    const double dy = yShare * (high - low);
    return {frame.range.xMin + dx, frame.range.xMax + dx, frame.unscaled(low + dy), frame.unscaled(high + dy)};
}

PlotRange rangeWithin(const PlotRange& range, const PlotRange& all, PlotScale scale)
{
    constexpr double kAlmost = 1 - 1e-9; // zooming in and out again comes back to everything, whatever was rounded
    PlotFrame frame;
    frame.scale = scale;
    PlotRange result = all;
    if (const double width = range.xMax - range.xMin; width < (all.xMax - all.xMin) * kAlmost) {
        result.xMin = std::max(all.xMin, std::min(range.xMin, all.xMax - width));
        result.xMax = result.xMin + width;
    }
    const double low = frame.scaled(range.yMin);
    const double height = frame.scaled(range.yMax) - low;
    const double least = frame.scaled(all.yMin);
    const double most = frame.scaled(all.yMax);
    if (height < (most - least) * kAlmost) {
        const double from = std::max(least, std::min(low, most - height));
        result.yMin = frame.unscaled(from);
        result.yMax = frame.unscaled(from + height);
    }
    return result;
}

std::vector<QPointF> pixelsOfSeries(const std::vector<PlotSeries>& series, const PlotFrame& frame)
{
    constexpr double kPitch = 6;
    const auto columns = static_cast<std::size_t>(std::max(1.0, frame.area.width() / kPitch));
    std::vector<QPointF> pixels;
    const auto along = [&](const QPointF& from, const QPointF& to) {
        const double length = std::min(QLineF(from, to).length(), 1e4); // most of a longer one is off the screen
        const int parts = std::max(1, static_cast<int>(std::ceil(length / kPitch)));
        for (int i = 1; i <= parts; ++i) {
            const QPointF at = from + (to - from) * i / parts;
            if (frame.area.contains(at)) {
                pixels.push_back(at);
            }
        }
    };
    for (const PlotSeries& one : series) {
        if (!one.visible) {
            continue;
        }
        std::optional<QPointF> before;
        for (const PlotPoint& point : thinned(one.points, frame.range.xMin, frame.range.xMax, columns)) {
            if (frame.scale == PlotScale::Logarithmic && point.y <= 0) {
                continue; // it is not drawn
            }
            const QPointF at = frame.toPixel(point.x, point.y);
            const bool bar = one.style.shape == PlotShape::Bars;
            along(bar ? QPointF(at.x(), frame.area.bottom()) : one.style.shape == PlotShape::Line ? before.value_or(at) : at, at);
            before = at;
        }
    }
    return pixels;
}

std::vector<ReadOutLine> readOutAt(const std::vector<PlotSeries>& series, const PlotFrame& frame, double x)
{
    std::vector<ReadOutLine> lines;
    const std::vector<BarPlace> places = barPlaces(series);
    for (std::size_t s = 0; s < series.size(); ++s) {
        const PlotSeries& one = series[s];
        const std::size_t index = lastAtOrBefore(one.points, x);
        if (!one.visible || index == one.points.size()) {
            continue;
        }
        PlotPoint point = one.points[index];
        if (one.style.shape != PlotShape::Line && point.x != x) {
            continue; // only a line goes on between its points
        }
        QString value = frame.yText(point.y);
        const auto interval =
            std::find_if(one.band.begin(), one.band.end(), [&](const PlotInterval& i) { return i.x == point.x; });
        if (interval != one.band.end()) {
            value = QCoreApplication::translate("PlotView", "%1 [%2 – %3]")
                        .arg(value, frame.yText(interval->low), frame.yText(interval->high));
        }
        const QString text =
            point.x == x ? QCoreApplication::translate("PlotView", "%1: %2").arg(one.name, value)
                         : QCoreApplication::translate("PlotView", "%1: %2 (at %3)").arg(one.name, value, frame.xText(point.x));
        point.x += places[s].offset; // where the dot goes
        lines.push_back({text, one.style, point});
    }
    return lines;
}

} // namespace lori::ui
