// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/table_model.h"

#include <optional>

namespace lori::ui {

/// One value of a curve in a table, with its interval where it has one.
struct PlotTableCell {
    double x = 0;
    double y = 0;
    std::optional<std::pair<double, double>> interval{};
};
/// A curve in a table; cells sorted by x.
struct PlotTableCurve {
    QString name;
    std::vector<PlotTableCell> cells;
};

/// What the rows of a plot's table are.
struct PlotTableAxis {
    QString title;          ///< "" for steps
    QStringList categories; ///< names of x = 0, 1, 2 …; empty for an axis of numbers
};

/// The numbers of a plot as a table: one row per x, one column per curve. A snapshot, replaced as a whole by setCurves().
class PlotTableModel final : public TableModel<double> {
    Q_OBJECT

public:
    explicit PlotTableModel(QObject* parent = nullptr);
    void setCurves(std::vector<PlotTableCurve> curves, const PlotTableAxis& axis);

private:
    [[nodiscard]] const PlotTableCell* cell(std::size_t curve, double x) const;
    [[nodiscard]] QString text(std::size_t curve, double x) const;
    [[nodiscard]] bool isSame(const double& a, const double& b) const override { return a == b; }

    std::vector<PlotTableCurve> m_curves;
};

} // namespace lori::ui
