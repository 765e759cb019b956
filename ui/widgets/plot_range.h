// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/plot_painter.h"

#include <optional>
#include <utility>
#include <vector>

namespace lori::ui {

struct PlotSeries;

/// The range that shows everything visible with a little air: x from the smallest to the largest x (0–1 when empty), y of the
/// curves, bands and references; the limits are always inside (y limits on a linear scale only). On a logarithmic scale values <=
/// 0 are left out.
[[nodiscard]] PlotRange rangeOfSeries(const std::vector<PlotSeries>& series, const std::vector<PlotReference>& references,
                                      PlotScale scale, const std::optional<std::pair<double, double>>& xLimits,
                                      const std::optional<std::pair<double, double>>& yLimits);
/// False for empty, reversed, not finite or absurdly narrow ranges, and for y <= 0 on a logarithmic scale.
[[nodiscard]] bool isUsableRange(const PlotRange& range, PlotScale scale);
/// `frame`'s range shrunk by `factor` around the data point (x, y), along the drawn scale.
[[nodiscard]] PlotRange zoomedRange(const PlotFrame& frame, double factor, double x, double y);
/// `frame`'s range moved by shares of its width and height.
[[nodiscard]] PlotRange pannedRange(const PlotFrame& frame, double xShare, double yShare);
/// A usable `range` moved into `all`, and cut where it is larger, along the drawn scale.
[[nodiscard]] PlotRange rangeWithin(const PlotRange& range, const PlotRange& all, PlotScale scale);
/// Pixels on the visible lines, bars and points, at most about six apart: what a box should not cover.
[[nodiscard]] std::vector<QPointF> pixelsOfSeries(const std::vector<PlotSeries>& series, const PlotFrame& frame);
/// For each visible series its value at `x`; where it has no point exactly there, the one before, with its own x named.
[[nodiscard]] std::vector<ReadOutLine> readOutAt(const std::vector<PlotSeries>& series, const PlotFrame& frame, double x);

} // namespace lori::ui
