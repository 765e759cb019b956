// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/table_model.h"
#include "ui/services/model_library.h"

#include <QHash>

namespace lori::ui {

/// Base models: name, state, family, size, layers, context, tokenizer, runs that trained them, place. TableRole::Id is the name.
class ModelTableModel final : public TableModel<ModelEntry> {
    Q_OBJECT

public:
    explicit ModelTableModel(QObject* parent = nullptr);
    void setEntries(std::vector<ModelEntry> entries);
    /// How many runs trained each model, by the name or path that the runs have.
    void setUses(QHash<QString, int> runs);
    [[nodiscard]] int rowOf(const QString& name) const; ///< -1 when absent
    /// "Ready", "checking…", "not found", "cannot be used: …" with the sentence why.
    [[nodiscard]] static QString stateText(const ModelEntry& entry);
    [[nodiscard]] static QString stateIcon(const ModelEntry& entry);

private:
    /// What a model's files say; the columns before those of its use and place.
    [[nodiscard]] static std::vector<TableColumn<ModelEntry>> columnsOfFacts();
    [[nodiscard]] bool isSame(const ModelEntry& a, const ModelEntry& b) const override { return a.name == b.name; }
    [[nodiscard]] QVariant rowData(const ModelEntry& entry, int role) const override;
    [[nodiscard]] int usesOf(const ModelEntry& entry) const;

    QHash<QString, int> m_uses;
};

} // namespace lori::ui
