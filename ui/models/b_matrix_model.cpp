// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/b_matrix_model.h"

#include <QLocale>

namespace lori::ui {

void BMatrixModel::setMatrix(BMatrix matrix)
{
    beginResetModel();
    m_matrix = std::move(matrix);
    endResetModel();
}

int BMatrixModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_matrix.out);
}

int BMatrixModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_matrix.rank);
}

QVariant BMatrixModel::data(const QModelIndex& index, int role) const
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
    const bool kept = m_matrix.isKept(index.row(), index.column());
    if (m_matrix.magnitude.empty()) {
        return kept ? tr("kept") : tr("dropped");
    }
    const QString value = QLocale().toString(m_matrix.value(index.row(), index.column()), 'g', 4);
    return kept ? value : tr("(%1) dropped").arg(value);
}

QVariant BMatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole) {
        return {};
    }
    return orientation == Qt::Horizontal ? tr("Rank %1").arg(section) : tr("Output %1").arg(section);
}

} // namespace lori::ui
