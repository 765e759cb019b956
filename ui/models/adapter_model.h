// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/table_model.h"
#include "ui/services/adapter_catalog.h"

namespace lori::ui {

/// Adapters to choose from: name, tasks, kind, sparsity, rank, seed of A, base, date, size. TableRole::Id is the folder.
class AdapterModel final : public TableModel<KnownAdapter> {
    Q_OBJECT

public:
    explicit AdapterModel(QObject* parent = nullptr);
    void setAdapters(std::vector<KnownAdapter> adapters);
    [[nodiscard]] int rowOf(const std::filesystem::path& folder) const; ///< -1 when absent
    /// "LoRI-D", "merged", or "?" for one that does not say it.
    [[nodiscard]] static QString kindText(const KnownAdapter& adapter);

private:
    [[nodiscard]] bool isSame(const KnownAdapter& a, const KnownAdapter& b) const override { return a.folder == b.folder; }
    [[nodiscard]] QVariant rowData(const KnownAdapter& adapter, int role) const override;
};

} // namespace lori::ui
