// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

namespace lori::ui {

class PlotView;

/// Raw values of every visible series, one row a point: "series,x,y,low,high"; C locale, 17 digits, so nothing is rounded.
[[nodiscard]] QString plotToCsv(const PlotView& view);
/// The plot with title, legend and today's date, in a size of its own (eight to five) at twice the screen's density.
[[nodiscard]] QImage plotToImage(PlotView& view, const QString& title);
/// Writes the kind of file that the name's ending says: .png, .svg, .pdf (the picture) or .csv (the numbers). Any other ending is
/// refused. Returns a sentence on failure, empty on success.
[[nodiscard]] QString savePlot(PlotView& view, const QString& title, const QString& file);
void copyPlot(PlotView& view, const QString& title);

} // namespace lori::ui
