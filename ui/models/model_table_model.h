// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/table_model.h"
#include "ui/services/model_library.h"

namespace lori::ui {

/// Base models: name, state, family, size, layers, context, place. TableRole::Id is the name.
class ModelTableModel final : public TableModel<ModelEntry> {
    Q_OBJECT

public:
    explicit ModelTableModel(QObject* parent = nullptr);
    void setEntries(std::vector<ModelEntry> entries);
    [[nodiscard]] int rowOf(const QString& name) const; ///< -1 when absent
    /// "Ready", "checking…", "not found", "cannot be used: …" with the sentence why.
    [[nodiscard]] static QString stateText(const ModelEntry& entry);
    [[nodiscard]] static QString stateIcon(const ModelEntry& entry);

private:
    [[nodiscard]] bool isSame(const ModelEntry& a, const ModelEntry& b) const override { return a.name == b.name; }
    [[nodiscard]] QVariant rowData(const ModelEntry& entry, int role) const override;
};

} // namespace lori::ui
