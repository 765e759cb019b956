// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/plot_data.h"

#include <cstddef>
#include <vector>

namespace lori::ui {

enum class SmoothingMethod { None, ExponentialAverage, MovingAverage };

/// How a curve is smoothed. Both methods are causal (a value depends only on points before and at it), so past values never
/// change when new points arrive, and both map a constant curve to the same constant.
struct Smoothing {
    SmoothingMethod method = SmoothingMethod::ExponentialAverage;
    double weight = 0.8;     ///< ExponentialAverage: 0 (no smoothing) to below 1
    std::size_t window = 10; ///< MovingAverage: number of points, >= 1
    bool operator==(const Smoothing&) const = default;
};

/// Debiased exponential average: m[i] = w·m[i-1] + (1-w)·y[i], m[-1] = 0, result m[i] / (1 - w^(i+1)).
/// Points whose y is not finite are passed through and leave the average as it was. `weight` is clamped to [0, 0.9999].
[[nodiscard]] std::vector<PlotPoint> exponentialAverage(const std::vector<PlotPoint>& points, double weight);

/// Mean of the last `window` finite values up to and including each point (fewer at the start).
[[nodiscard]] std::vector<PlotPoint> movingAverage(const std::vector<PlotPoint>& points, std::size_t window);

/// Applies `smoothing`; with None the points come back unchanged. It starts anew behind each of `breaks` (values of x, rising):
/// another stage learns something else, and the memory of the one before says nothing about it.
[[nodiscard]] std::vector<PlotPoint> smoothed(const std::vector<PlotPoint>& points, const Smoothing& smoothing,
                                              const std::vector<double>& breaks = {});

} // namespace lori::ui
