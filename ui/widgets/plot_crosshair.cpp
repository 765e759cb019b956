// SPDX-License-Identifier: GPL-3.0-or-later
// Where PlotView's crosshair goes and what it says.
#include "ui/widgets/plot_range.h"
#include "ui/widgets/plot_view.h"

#include <algorithm>
#include <cmath>

namespace lori::ui {

void PlotView::pointAt(double x)
{
    // Follows the mouse, so it looks each series up instead of collecting every point of all of them.
    std::optional<double> nearest;
    const auto consider = [&](double candidate) {
        if (!nearest || std::abs(candidate - x) < std::abs(*nearest - x)) {
            nearest = candidate;
        }
    };
    for (const PlotSeries& one : m_series) {
        if (!one.visible || one.points.empty()) {
            continue;
        }
        const auto next = std::lower_bound(one.points.begin(), one.points.end(), x,
                                           [](const PlotPoint& point, double value) { return point.x < value; });
        if (next != one.points.end()) {
            consider(next->x);
        }
        if (next != one.points.begin()) {
            consider((next - 1)->x);
        }
    }
    if (nearest) {
        setCrosshair(*nearest);
        Q_EMIT crosshairMoved(m_crosshair);
    }
}

void PlotView::hideCrosshair()
{
    if (m_crosshair) {
        setCrosshair(std::nullopt);
        Q_EMIT crosshairMoved(std::nullopt);
    }
}

void PlotView::stepCrosshair(int points)
{
    const std::vector<double> all = allX();
    if (all.empty()) {
        return;
    }
    const auto inside = std::lower_bound(all.begin(), all.end(), m_frame.range.xMin);
    auto index = (inside == all.end() ? all.end() - 1 : inside) - all.begin();
    if (m_crosshair) {
        index = std::lower_bound(all.begin(), all.end(), *m_crosshair) - all.begin() + points;
    }
    pointAt(all[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(index, 0, static_cast<std::ptrdiff_t>(all.size()) - 1))]);
}

std::vector<double> PlotView::allX() const
{
    std::vector<double> all;
    for (const PlotSeries& one : m_series) {
        if (one.visible) {
            std::transform(one.points.begin(), one.points.end(), std::back_inserter(all), [](const PlotPoint& p) { return p.x; });
        }
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

QString PlotView::readOutHeading() const
{
    return !m_crosshair ? QString() : m_describeX ? m_describeX(*m_crosshair) : m_frame.xText(*m_crosshair);
}

std::vector<ReadOutLine> PlotView::readOutLines() const
{
    return m_crosshair ? readOutAt(m_series, m_frame, *m_crosshair) : std::vector<ReadOutLine>{};
}

QString PlotView::readOut() const
{
    QStringList parts;
    if (m_crosshair) {
        parts << readOutHeading();
        for (const ReadOutLine& line : readOutLines()) {
            parts << line.text;
        }
    }
    return parts.join(QStringLiteral("; "));
}

} // namespace lori::ui
