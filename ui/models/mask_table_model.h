// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_analysis.h"
#include "ui/models/table_model.h"

namespace lori::ui {

/// The mask map as a table: one row a module.
class MaskTableModel final : public TableModel<analysis::ModuleKept> {
    Q_OBJECT

public:
    enum Column { Layer, Module, KeptShare, Kept, Total, NormKept };
    explicit MaskTableModel(QObject* parent = nullptr);
    /// Same modules in the same order as before: only the numbers change, selection and scrolling stay.
    void setSummary(const analysis::MaskSummary& summary) { replaceRows(summary.modules); }

private:
    [[nodiscard]] bool isSame(const analysis::ModuleKept& a, const analysis::ModuleKept& b) const override
    {
        return a.layer == b.layer && a.projection == b.projection;
    }
    [[nodiscard]] QVariant rowTitle(int /*row*/) const override { return {}; }
};

} // namespace lori::ui
