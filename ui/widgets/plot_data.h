// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace lori::ui {

/// One raw value of a curve.
struct PlotPoint {
    double x = 0;
    double y = 0;
    bool operator==(const PlotPoint&) const = default;
};
/// An interval around a value, e.g. a Wilson 95 % interval.
struct PlotInterval {
    double x = 0;
    double low = 0;
    double high = 0;
    bool operator==(const PlotInterval&) const = default;
};
/// The visible part of a plot, in data units.
struct PlotRange {
    double xMin = 0;
    double xMax = 1;
    double yMin = 0;
    double yMax = 1;
    bool operator==(const PlotRange&) const = default;
};

/// At most `maxPoints` (and about two per pixel column) of the points with x in [xMin, xMax], plus the neighbour outside on
/// each side so that lines run to the border. Each column keeps its first smallest and first largest y, in order, so spikes
/// survive. `points` must be sorted by x. Points whose y is not finite are left out. Cost O(points inside).
[[nodiscard]] std::vector<PlotPoint> thinned(const std::vector<PlotPoint>& points, double xMin, double xMax,
                                             std::size_t pixelColumns, std::size_t maxPoints = 2000);

/// How many points cannot be drawn on a logarithmic axis (y <= 0).
[[nodiscard]] std::size_t countNonPositive(const std::vector<PlotPoint>& points);

/// Index of the last point with x <= `x`; points.size() when there is none. `points` must be sorted by x.
[[nodiscard]] std::size_t lastAtOrBefore(const std::vector<PlotPoint>& points, double x);

/// Round tick positions (steps of 1, 2 or 5 times a power of ten) inside [low, high], about `wanted` of them.
[[nodiscard]] std::vector<double> niceTicks(double low, double high, int wanted);
/// The step between two ticks of niceTicks(); 0 for an empty range.
[[nodiscard]] double niceStep(double low, double high, int wanted);
/// Ticks for a logarithmic axis inside [low, high] (both > 0): powers of ten, then also 2 and 5, then linear ones when the range
/// is within one decade.
[[nodiscard]] std::vector<double> niceLogTicks(double low, double high, int wanted);

} // namespace lori::ui
