// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plot_table.h"

#include <algorithm>

namespace lori::ui {

std::vector<PlotTableCurve> tableOf(const std::vector<PlotSeries>& series)
{
    std::vector<PlotTableCurve> curves;
    for (const PlotSeries& one : series) {
        if (!one.visible) {
            continue;
        }
        PlotTableCurve curve{one.name, {}};
        curve.cells.reserve(one.points.size());
        auto interval = one.band.begin(); // both are sorted by x
        for (const PlotPoint& point : one.points) {
            interval = std::find_if(interval, one.band.end(), [&](const PlotInterval& each) { return each.x >= point.x; });
            const bool has = interval != one.band.end() && interval->x == point.x;
            curve.cells.push_back(
                {point.x, point.y, has ? std::optional(std::pair(interval->low, interval->high)) : std::nullopt});
        }
        curves.push_back(std::move(curve));
    }
    return curves;
}

PlotTableAxis axisOf(const PlotFrame& frame)
{
    return {frame.xTitle, frame.categories};
}

} // namespace lori::ui
