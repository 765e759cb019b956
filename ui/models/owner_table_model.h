// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/entry_owners.h"
#include "ui/models/table_model.h"

#include <functional>

namespace lori::ui {

/// Whose the entries of one B are, as a table: rows are outputs, columns ranks.
class OwnerTableModel final : public TableModel<std::int64_t> {
    Q_OBJECT

public:
    /// `words`: what is said of an entry that these masks keep (bit i: mask i).
    using Words = std::function<QString(std::uint32_t keptBy)>;

    explicit OwnerTableModel(QObject* parent = nullptr) : TableModel(parent) {}
    void setOwners(analysis::EntryOwners owners, Words words);

private:
    [[nodiscard]] bool isSame(const std::int64_t& a, const std::int64_t& b) const override { return a == b; }
    [[nodiscard]] QVariant rowTitle(int row) const override { return tr("Output %1").arg(row); }

    analysis::EntryOwners m_owners;
    Words m_words;
};

} // namespace lori::ui
