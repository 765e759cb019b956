// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/b_matrix_model.h"

#include <QLocale>

#include <numeric>

namespace lori::ui {

void BMatrixModel::setMatrix(BMatrix matrix)
{
    reset({}); // nobody may ask for entries of a matrix that is being replaced
    m_matrix = std::move(matrix);
    std::vector<TableColumn<std::int64_t>> columns;
    for (std::int64_t rank = 0; rank < m_matrix.rank; ++rank) {
        columns.push_back({.id = QString::number(rank),
                           .title = [rank] { return tr("Rank %1").arg(rank); },
                           .text = [this, rank](const std::int64_t& output) { return entry(output, rank); },
                           .value = [this, rank](const std::int64_t& output) { return m_matrix.value(output, rank); },
                           .kind = ColumnFilter::Kind::Number});
    }
    std::vector<std::int64_t> outputs(static_cast<std::size_t>(std::max<std::int64_t>(m_matrix.out, 0)));
    std::iota(outputs.begin(), outputs.end(), std::int64_t{0});
    reset(std::move(columns), std::move(outputs));
}

QString BMatrixModel::entry(std::int64_t output, std::int64_t rank) const
{
    const bool kept = m_matrix.isKept(output, rank);
    if (m_matrix.magnitude.empty()) {
        return kept ? tr("kept") : tr("dropped");
    }
    const QString value = QLocale().toString(m_matrix.value(output, rank), 'g', 4);
    return kept ? value : tr("(%1) dropped").arg(value);
}

} // namespace lori::ui
