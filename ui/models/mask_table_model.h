// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_analysis.h"

#include <QAbstractTableModel>

namespace lori::ui {

/// The mask map as a table: one row a module.
class MaskTableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Layer, Module, KeptShare, Kept, Total, NormKept, ColumnCount };
    explicit MaskTableModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}
    /// Same modules in the same order as before: only the numbers change, selection and scrolling stay.
    void setSummary(const analysis::MaskSummary& summary);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<analysis::ModuleKept> m_modules;
};

} // namespace lori::ui
