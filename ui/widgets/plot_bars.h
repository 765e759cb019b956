// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/plot_painter.h"

#include <vector>

namespace lori::ui {

struct PlotSeries;

/// Where the bars of a series stand beside those of the others, in units of x.
struct BarPlace {
    double offset = 0; ///< of the bar's centre from x; 0 for a series without bars
    double width = 0;  ///< 0 for a series without bars
};

/// Visible series of bars share each whole number of x side by side, in their order. One place a series, in the same order.
[[nodiscard]] std::vector<BarPlace> barPlaces(const std::vector<PlotSeries>& series);

/// The bars of a series with their intervals, and their values above them where there is room. A logarithmic axis has no zero:
/// bars then begin at its lower end.
void paintBars(QPainter& painter, const PlotFrame& frame, const PlotSeries& series, const BarPlace& place);

/// One filled box: colour, and a hatch by the style's dash, so that series differ without colour too.
void paintBar(QPainter& painter, const QRectF& box, const PlotStyle& style, const QPalette& palette);

/// Intervals as lines with ends, `offset` to the right of their x.
void paintWhiskers(QPainter& painter, const PlotFrame& frame, const std::vector<PlotInterval>& intervals, const QPen& pen,
                   double offset);

/// The marker of a style; a circle where it has none.
[[nodiscard]] inline PlotMarker markerOf(const PlotStyle& style)
{
    return style.marker == PlotMarker::None ? PlotMarker::Circle : style.marker;
}

} // namespace lori::ui
