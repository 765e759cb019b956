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

QByteArray BMatrixModel::toCsv() const
{
    QByteArray text("output,rank,magnitude,kept\n");
    for (std::int64_t output = 0; output < m_matrix.out; ++output) {
        for (std::int64_t rank = 0; rank < m_matrix.rank; ++rank) {
            const QByteArray value =
                m_matrix.magnitude.empty() ? QByteArray() : QByteArray::number(m_matrix.value(output, rank), 'g', 9);
            text += QByteArray::number(static_cast<qlonglong>(output)) + ',' + QByteArray::number(static_cast<qlonglong>(rank)) +
                    ',' + value + ',' + (m_matrix.isKept(output, rank) ? '1' : '0') + '\n';
        }
    }
    return text;
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
