// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plot_style.h"

#include "ui/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lori::ui {
namespace {

// In the spirit of Okabe and Ito's set, darkened or lightened until each reaches 3:1 on white or on a dark base, then moved as
// little as keeps any two of them 12 apart in CIELAB for eyes without one kind of cones (colour_vision_test simulates them).
constexpr std::array<QRgb, kPlotColours> kOnLight{0xff0264a1, 0xffe55a34, 0xff00805f, 0xffb23c83,
                                                  0xff8b6a00, 0xff2a86c4, 0xff4e4aaf, 0xff525354};
constexpr std::array<QRgb, kPlotColours> kOnDark{0xff6eace3, 0xfff08a3c, 0xff24c498, 0xffde8bbf,
                                                 0xfff0d95a, 0xff8fd3ff, 0xff9aa1ff, 0xffc4c4c4};

double linearChannel(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour)
{
    return 0.2126 * linearChannel(colour.redF()) + 0.7152 * linearChannel(colour.greenF()) +
           0.0722 * linearChannel(colour.blueF());
}

} // namespace

QColor plotColour(int index, const QPalette& palette)
{
    const auto& colours = isDark(palette) ? kOnDark : kOnLight;
    return QColor::fromRgb(colours[static_cast<std::size_t>(std::abs(index) % kPlotColours)]);
}

QPen plotPen(const PlotStyle& style, const QPalette& palette)
{
    QColor colour = plotColour(style.colour, palette);
    if (style.faint) {
        colour.setAlphaF(isDark(palette) ? 0.42F : 0.34F);
    }
    QPen pen(colour, style.faint ? 1.0 : 1.8);
    pen.setCosmetic(true);
    pen.setJoinStyle(Qt::RoundJoin);
    switch (style.dash) {
    case PlotDash::Solid:
        break;
    case PlotDash::Dash:
        pen.setDashPattern({5, 3});
        break;
    case PlotDash::Dot:
        pen.setDashPattern({1.5, 2.5});
        break;
    case PlotDash::LongDash:
        pen.setDashPattern({9, 3});
        break;
    case PlotDash::DashDot:
        pen.setDashPattern({6, 2.5, 1.5, 2.5});
        break;
    case PlotDash::DashDotDot:
        pen.setDashPattern({6, 2, 1.5, 2, 1.5, 2});
        break;
    case PlotDash::SparseDot:
        pen.setDashPattern({1.5, 5});
        break;
    }
    return pen;
}

QPainterPath markerPath(PlotMarker marker, double size)
{
    QPainterPath path;
    const double half = size / 2;
    switch (marker) {
    case PlotMarker::None:
        break;
    case PlotMarker::Circle:
        path.addEllipse(QPointF(0, 0), half, half);
        break;
    case PlotMarker::Square:
        path.addRect(-half * 0.88, -half * 0.88, size * 0.88, size * 0.88);
        break;
    case PlotMarker::Triangle:
        path.addPolygon(QPolygonF({{0, -half}, {half, half * 0.85}, {-half, half * 0.85}, {0, -half}}));
        break;
    case PlotMarker::Diamond:
        path.addPolygon(QPolygonF({{0, -half * 1.1}, {half * 1.1, 0}, {0, half * 1.1}, {-half * 1.1, 0}, {0, -half * 1.1}}));
        break;
    }
    return path;
}

double contrastRatio(const QColor& a, const QColor& b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

QColor mixed(const QColor& under, const QColor& over, double share)
{
    const auto blend = [share](float from, float to) {
        return from + static_cast<float>(share) * (to - from);
    };
    return QColor::fromRgbF(blend(under.redF(), over.redF()), blend(under.greenF(), over.greenF()),
                            blend(under.blueF(), over.blueF()));
}

QColor sequentialColour(double value, const QPalette& palette)
{
    const double t = std::clamp(std::isfinite(value) ? value : 0.0, 0.0, 1.0);
    const bool dark = isDark(palette);
    const std::array<QColor, 4> stops = dark ? std::array<QColor, 4>{QColor(0x20, 0x28, 0x38), QColor(0x1f, 0x5f, 0x8b),
                                                                     QColor(0x2f, 0xa8, 0x9a), QColor(0xf2, 0xee, 0x9a)}
                                             : std::array<QColor, 4>{QColor(0xf2, 0xf5, 0xf0), QColor(0x9c, 0xcf, 0xc6),
                                                                     QColor(0x2f, 0x8d, 0xac), QColor(0x17, 0x2f, 0x6b)};
    const double position = t * (stops.size() - 1);
    const auto index = std::min<std::size_t>(static_cast<std::size_t>(position), stops.size() - 2);
    return mixed(stops[index], stops[index + 1], position - static_cast<double>(index));
}

QColor divergingColour(double value, const QPalette& palette)
{
    const double t = std::clamp(std::isfinite(value) ? value : 0.0, -1.0, 1.0);
    const bool dark = isDark(palette);
    const QColor above = dark ? QColor(0x6c, 0xc4, 0xff) : QColor(0x0b, 0x4f, 0x8a);
    const QColor below = dark ? QColor(0xff, 0xa0, 0x5a) : QColor(0xa8, 0x42, 0x00);
    return mixed(sequentialColour(0, palette), t < 0 ? below : above, std::abs(t));
}

QColor readableOn(const QColor& background)
{
    return contrastRatio(background, Qt::white) >= contrastRatio(background, Qt::black) ? QColor(Qt::white) : QColor(Qt::black);
}

} // namespace lori::ui
