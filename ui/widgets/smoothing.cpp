// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/smoothing.h"

#include <algorithm>
#include <cmath>

namespace lori::ui {

std::vector<PlotPoint> exponentialAverage(const std::vector<PlotPoint>& points, double weight)
{
    const double w = std::clamp(weight, 0.0, 0.9999);
    std::vector<PlotPoint> result;
    result.reserve(points.size());
    double average = 0;
    double correction = 0; // 1 - w^(i+1), built up by the same recursion so that a constant stays exactly constant
    for (const PlotPoint& point : points) {
        if (!std::isfinite(point.y)) {
            result.push_back(point);
            continue;
        }
        correction = w * correction + (1 - w);
        // The incremental form average += share·(y - average) is algebraically m/(1-w^n), without its rounding drift.
        average += (1 - w) / correction * (point.y - average);
        result.push_back({point.x, average});
    }
    return result;
}

std::vector<PlotPoint> movingAverage(const std::vector<PlotPoint>& points, std::size_t window)
{
    const std::size_t width = std::max<std::size_t>(1, window);
    std::vector<PlotPoint> result;
    result.reserve(points.size());
    std::vector<double> last(width, 0.0); // ring of the finite values inside the window
    std::size_t seen = 0;
    for (const PlotPoint& point : points) {
        if (!std::isfinite(point.y)) {
            result.push_back(point);
            continue;
        }
        last[seen % width] = point.y;
        ++seen;
        const std::size_t count = std::min(seen, width);
        // Deviations from the newest value are summed, not the values: exact for constants, and no running sum to drift.
        double deviation = 0;
        for (std::size_t i = 0; i < count; ++i) {
            deviation += last[i] - point.y;
        }
        result.push_back({point.x, point.y + deviation / static_cast<double>(count)});
    }
    return result;
}

std::vector<PlotPoint> smoothed(const std::vector<PlotPoint>& points, const Smoothing& smoothing,
                                const std::vector<double>& breaks)
{
    if (smoothing.method == SmoothingMethod::None) {
        return points;
    }
    std::vector<PlotPoint> result;
    result.reserve(points.size());
    auto next = breaks.begin();
    for (auto first = points.begin(); first != points.end();) {
        while (next != breaks.end() && *next < first->x) {
            ++next;
        }
        const auto last = next == breaks.end()
                              ? points.end()
                              : std::find_if(first, points.end(), [&](const PlotPoint& point) { return point.x > *next; });
        const std::vector<PlotPoint> part(first, last);
        const std::vector<PlotPoint> smooth = smoothing.method == SmoothingMethod::ExponentialAverage
                                                  ? exponentialAverage(part, smoothing.weight)
                                                  : movingAverage(part, smoothing.window);
        result.insert(result.end(), smooth.begin(), smooth.end());
        first = last;
    }
    return result;
}

} // namespace lori::ui
