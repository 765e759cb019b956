// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/plot_view.h"

#include <QAbstractTableModel>

namespace lori::ui {

/// The numbers of a plot as a table: one row per x, one column per visible curve. A snapshot, replaced as a whole by update().
class PlotTableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit PlotTableModel(PlotView* view, QObject* parent = nullptr);
    void update();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    PlotView* m_view;
    std::vector<double> m_x;
    std::vector<PlotSeries> m_series;
};

} // namespace lori::ui
