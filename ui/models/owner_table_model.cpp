// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/owner_table_model.h"

#include <numeric>

namespace lori::ui {

void OwnerTableModel::setOwners(analysis::EntryOwners owners, Words words)
{
    reset({}); // nobody may ask for entries of a matrix that is being replaced
    m_owners = std::move(owners);
    m_words = std::move(words);
    std::vector<TableColumn<std::int64_t>> columns;
    for (std::int64_t rank = 0; rank < m_owners.rank; ++rank) {
        columns.push_back({.id = QString::number(rank),
                           .title = [rank] { return tr("Rank %1").arg(rank); },
                           .text =
                               [this, rank](const std::int64_t& output) {
                                   return m_words(m_owners.at(output, rank));
                               }});
    }
    std::vector<std::int64_t> outputs(static_cast<std::size_t>(std::max<std::int64_t>(m_owners.out, 0)));
    std::iota(outputs.begin(), outputs.end(), std::int64_t{0});
    reset(std::move(columns), std::move(outputs));
}

} // namespace lori::ui
