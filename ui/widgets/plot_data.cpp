// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plot_data.h"

#include <algorithm>
#include <cmath>

namespace lori::ui {
namespace {

using Iterator = std::vector<PlotPoint>::const_iterator;

std::vector<PlotPoint> finiteOnly(Iterator first, Iterator last)
{
    std::vector<PlotPoint> result;
    std::copy_if(first, last, std::back_inserter(result), [](const PlotPoint& p) { return std::isfinite(p.y); });
    return result;
}

/// The smallest and the largest point of one pixel column, in the order in which they came.
void appendExtremes(std::vector<PlotPoint>& result, Iterator first, Iterator last)
{
    Iterator smallest = last;
    Iterator largest = last;
    for (Iterator it = first; it != last; ++it) {
        if (!std::isfinite(it->y)) {
            continue;
        }
        if (smallest == last || it->y < smallest->y) {
            smallest = it;
        }
        if (largest == last || it->y > largest->y) {
            largest = it;
        }
    }
    if (smallest == last) {
        return;
    }
    result.push_back(*std::min(smallest, largest));
    if (smallest != largest) {
        result.push_back(*std::max(smallest, largest));
    }
}

} // namespace

std::vector<PlotPoint> thinned(const std::vector<PlotPoint>& points, double xMin, double xMax, std::size_t pixelColumns,
                               std::size_t maxPoints)
{
    const auto byX = [](const PlotPoint& p, double x) {
        return p.x < x;
    };
    auto first = std::lower_bound(points.begin(), points.end(), xMin, byX);
    auto last = std::upper_bound(points.begin(), points.end(), xMax, [](double x, const PlotPoint& p) { return x < p.x; });
    if (first != points.begin()) {
        --first;
    }
    if (last != points.end()) {
        ++last;
    }
    const std::size_t columns = std::max<std::size_t>(1, std::min(pixelColumns, maxPoints / 2 - 2));
    if (static_cast<std::size_t>(last - first) <= 2 * columns || !(xMax > xMin)) {
        return finiteOnly(first, last);
    }
    std::vector<PlotPoint> result;
    result.reserve(2 * columns + 4);
    const double columnsPerUnit = static_cast<double>(columns) / (xMax - xMin);
    while (first != last) {
        const double column = std::floor((first->x - xMin) * columnsPerUnit);
        auto end = first;
        while (end != last && std::floor((end->x - xMin) * columnsPerUnit) == column) {
            ++end;
        }
        appendExtremes(result, first, end);
        first = end;
    }
    return result;
}

std::size_t countNonPositive(const std::vector<PlotPoint>& points)
{
    return static_cast<std::size_t>(std::count_if(points.begin(), points.end(), [](const PlotPoint& p) { return p.y <= 0; }));
}

std::size_t lastAtOrBefore(const std::vector<PlotPoint>& points, double x)
{
    const auto after =
        std::upper_bound(points.begin(), points.end(), x, [](double value, const PlotPoint& p) { return value < p.x; });
    return after == points.begin() ? points.size() : static_cast<std::size_t>(after - points.begin()) - 1;
}

double niceStep(double low, double high, int wanted)
{
    const double span = high - low;
    if (!(span > 0) || !std::isfinite(span) || wanted < 1) {
        return 0;
    }
    const double rough = span / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= rough * 0.999) {
            return factor * power;
        }
    }
    return 10 * power;
}

std::vector<double> niceTicks(double low, double high, int wanted)
{
    std::vector<double> ticks;
    const double step = niceStep(low, high, wanted);
    if (step <= 0) {
        return ticks;
    }
    const double slack = step * 1e-9;
    for (double index = std::ceil((low - slack) / step); index * step <= high + slack && ticks.size() < 100; ++index) {
        ticks.push_back(index * step);
    }
    return ticks;
}

std::vector<double> niceLogTicks(double low, double high, int wanted)
{
    if (!(low > 0) || !(high > low)) {
        return {};
    }
    std::vector<double> decades;
    std::vector<double> between;
    const int firstDecade = static_cast<int>(std::floor(std::log10(low)));
    const int lastDecade = static_cast<int>(std::ceil(std::log10(high)));
    const int stride = std::max(1, (lastDecade - firstDecade) / std::max(1, wanted));
    for (int decade = firstDecade; decade <= lastDecade; ++decade) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            const double value = factor * std::pow(10.0, decade);
            if (value < low * 0.999999 || value > high * 1.000001) {
                continue;
            }
            between.push_back(value);
            if (factor == 1.0 && (decade - firstDecade) % stride == 0) {
                decades.push_back(value);
            }
        }
    }
    if (decades.size() >= 3) {
        return decades;
    }
    return between.size() >= 3 ? between : niceTicks(low, high, wanted);
}

} // namespace lori::ui
