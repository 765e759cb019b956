// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_territory.h"
#include "ui/models/table_model.h"
#include "ui/widgets/heat_map.h"

#include <QCoreApplication>
#include <QPalette>
#include <QString>
#include <QStringList>

#include <vector>

namespace lori::ui {

/// Whose the entries are, as people read it.
class TerritoryWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::TerritoryWords)

public:
    /// Entries of each group: free, each mask alone, several (the order of ownerGroup()).
    [[nodiscard]] static std::vector<std::int64_t> counts(const analysis::Territory& territory);
    /// "Of 4,404,019 entries 71.0 % are free, 20.0 % belong to one mask, 9.0 % to several."
    [[nodiscard]] static QString sentence(const analysis::Territory& territory);
    /// "Room left at 90 %: about 7 more masks." or why there is none.
    [[nodiscard]] static QString room(const Result<std::int64_t>& room, double sparsity);
    /// "layer 3 · q_proj: 40 entries, free 20, only maths 8, …"
    [[nodiscard]] static QString readOut(const analysis::ModuleTerritory& module, const QStringList& masks);
    /// A cell divided by the groups' shares.
    [[nodiscard]] static HeatCell cell(const analysis::Territory& territory, const QPalette& palette);
};

/// The territory as a table: one row a module, one column a group.
class TerritoryTableModel final : public TableModel<analysis::ModuleTerritory> {
    Q_OBJECT

public:
    enum Column { Layer, Module, Entries, Free, FirstMask }; ///< then one a mask, and the shared ones last
    explicit TerritoryTableModel(QObject* parent = nullptr) : TableModel(parent) {}
    void setTerritory(const analysis::MaskTerritory& territory, const QStringList& masks);

private:
    [[nodiscard]] bool isSame(const analysis::ModuleTerritory& x, const analysis::ModuleTerritory& y) const override
    {
        return x.layer == y.layer && x.projection == y.projection;
    }
    [[nodiscard]] QVariant rowTitle(int /*row*/) const override { return {}; }
};

} // namespace lori::ui
