// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/plot_table_model.h"
#include "ui/widgets/plot_view.h"

namespace lori::ui {

/// The visible curves of a plot for its table twin.
[[nodiscard]] std::vector<PlotTableCurve> tableOf(const std::vector<PlotSeries>& series);

/// What the table says of the x axis.
[[nodiscard]] PlotTableAxis axisOf(const PlotFrame& frame);

} // namespace lori::ui
