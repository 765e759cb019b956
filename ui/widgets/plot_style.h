// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPainterPath>
#include <QPalette>
#include <QPen>

namespace lori::ui {

/// The last four are of other runs in a chart, so that no curve of theirs looks like one of the run itself.
enum class PlotDash { Solid, Dash, Dot, LongDash, DashDot, DashDotDot, SparseDot };
/// What joins the values of a series: a line through them, bars from zero, or nothing (scatter).
enum class PlotShape { Line, Bars, Points };
enum class PlotMarker { None, Circle, Square, Triangle, Diamond };

/// How a curve looks: never by colour alone, so each has a colour, a dash pattern and, when its points are few, a marker.
struct PlotStyle {
    int colour = 0; ///< index into the eight plot colours; taken modulo 8
    PlotDash dash = PlotDash::Solid;
    PlotMarker marker = PlotMarker::None;
    bool faint = false; ///< the raw curve behind its smoothed twin
    PlotShape shape = PlotShape::Line;
    bool operator==(const PlotStyle&) const = default;
};

inline constexpr int kPlotColours = 8;
/// Eight colours that stay apart for colour-blind eyes and have at least 3:1 contrast to the palette's base colour.
[[nodiscard]] QColor plotColour(int index, const QPalette& palette);
[[nodiscard]] QPen plotPen(const PlotStyle& style, const QPalette& palette);
/// The marker's outline around (0, 0), fitting a square of side `size`.
[[nodiscard]] QPainterPath markerPath(PlotMarker marker, double size);
/// Contrast ratio of WCAG 2: (L1 + 0.05) / (L2 + 0.05) with the lighter relative luminance first; 1 to 21.
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);
/// `share` of `over` laid on `under`.
[[nodiscard]] QColor mixed(const QColor& under, const QColor& over, double share);
/// Colours of a sequential map, `value` in 0–1: from the palette's base towards a strong blue-green, evenly rising in contrast.
[[nodiscard]] QColor sequentialColour(double value, const QPalette& palette);
/// Colours of a diverging map, `value` in −1 … 1: 0 is the sequential map's palest, orange below, blue above, equally strong.
[[nodiscard]] QColor divergingColour(double value, const QPalette& palette);
/// Black or white, whichever can be read on `background`.
[[nodiscard]] QColor readableOn(const QColor& background);

} // namespace lori::ui
