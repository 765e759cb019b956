// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/plot_table_model.h"

#include <QLocale>

#include <algorithm>

namespace lori::ui {

PlotTableModel::PlotTableModel(QObject* parent) : TableModel(parent)
{
    setCurves({}, {});
}

void PlotTableModel::setCurves(std::vector<PlotTableCurve> curves, const PlotTableAxis& axis)
{
    reset({}); // nobody may ask for cells of curves that are being replaced
    m_curves = std::move(curves);
    std::vector<TableColumn<double>> columns{
        {.id = QStringLiteral("x"),
         .title = [title = axis.title] { return title.isEmpty() ? tr("Step") : title; },
         .text =
             [names = axis.categories](const double& x) {
                 return names.isEmpty() ? QLocale().toString(x, 'g', 10) : names.value(static_cast<qsizetype>(x));
             },
         .value = [](const double& x) { return x; },
         .kind = axis.categories.isEmpty() ? ColumnFilter::Kind::Number : ColumnFilter::Kind::Text}};
    std::vector<double> xs;
    for (std::size_t curve = 0; curve < m_curves.size(); ++curve) {
        columns.push_back({.id = QString::number(curve),
                           .title = [name = m_curves[curve].name] { return name; },
                           .text = [this, curve](const double& x) { return text(curve, x); },
                           .value =
                               [this, curve](const double& x) {
                                   const PlotTableCell* found = cell(curve, x);
                                   return found == nullptr ? QVariant() : QVariant(found->y);
                               },
                           .kind = ColumnFilter::Kind::Number});
        for (const PlotTableCell& cell : m_curves[curve].cells) {
            xs.push_back(cell.x);
        }
    }
    std::sort(xs.begin(), xs.end());
    xs.erase(std::unique(xs.begin(), xs.end()), xs.end());
    reset(std::move(columns), std::move(xs));
}

const PlotTableCell* PlotTableModel::cell(std::size_t curve, double x) const
{
    const auto& cells = m_curves[curve].cells;
    const auto after = std::upper_bound(cells.begin(), cells.end(), x, [](double a, const PlotTableCell& b) { return a < b.x; });
    return after == cells.begin() || (after - 1)->x != x ? nullptr : &*(after - 1);
}

QString PlotTableModel::text(std::size_t curve, double x) const
{
    const PlotTableCell* found = cell(curve, x);
    if (found == nullptr) {
        return {};
    }
    const QLocale locale;
    const QString value = locale.toString(found->y, 'g', 7);
    return found->interval ? tr("%1 [%2 – %3]")
                                 .arg(value, locale.toString(found->interval->first, 'g', 4),
                                      locale.toString(found->interval->second, 'g', 4))
                           : value;
}

} // namespace lori::ui
