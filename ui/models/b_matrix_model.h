// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/b_matrix.h"

#include <QAbstractTableModel>

namespace lori::ui {

/// One B as a table: rows are outputs, columns ranks; dropped entries say so.
class BMatrixModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit BMatrixModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}
    void setMatrix(BMatrix matrix);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    BMatrix m_matrix;
};

} // namespace lori::ui
