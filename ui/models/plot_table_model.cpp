// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/plot_table_model.h"

#include <QLocale>

#include <algorithm>

namespace lori::ui {

PlotTableModel::PlotTableModel(PlotView* view, QObject* parent) : QAbstractTableModel(parent), m_view(view) {}

void PlotTableModel::update()
{
    beginResetModel();
    m_series.clear();
    m_x.clear();
    for (const PlotSeries& series : m_view->series()) {
        if (series.visible) {
            m_series.push_back(series);
            for (const PlotPoint& point : series.points) {
                m_x.push_back(point.x);
            }
        }
    }
    std::sort(m_x.begin(), m_x.end());
    m_x.erase(std::unique(m_x.begin(), m_x.end()), m_x.end());
    endResetModel();
}

int PlotTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_x.size());
}

int PlotTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_series.size()) + 1;
}

QVariant PlotTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const double x = m_x[static_cast<std::size_t>(index.row())];
    const QLocale locale;
    if (index.column() == 0) {
        return locale.toString(x, 'g', 10);
    }
    const PlotSeries& series = m_series[static_cast<std::size_t>(index.column()) - 1];
    const std::size_t found = lastAtOrBefore(series.points, x);
    if (found == series.points.size() || series.points[found].x != x) {
        return {};
    }
    const QString value = locale.toString(series.points[found].y, 'g', 7);
    const auto interval = std::find_if(series.band.begin(), series.band.end(), [&](const PlotInterval& i) { return i.x == x; });
    return interval == series.band.end()
               ? value
               : tr("%1 [%2 – %3]").arg(value, locale.toString(interval->low, 'g', 4), locale.toString(interval->high, 'g', 4));
}

QVariant PlotTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || section < 0) {
        return {};
    }
    if (orientation == Qt::Vertical) {
        return section + 1;
    }
    return section == 0              ? tr("Step")
           : section < columnCount() ? QVariant(m_series[static_cast<std::size_t>(section) - 1].name)
                                     : QVariant();
}

} // namespace lori::ui
