// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/table_model.h"
#include "ui/pages/compare/comparison.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QTableView;

namespace lori::ui {

/// Settings × runs as a table.
class SettingTable final : public TableModel<SettingRow> {
    Q_OBJECT

public:
    using TableModel::TableModel;
    void setRows(std::vector<SettingRow> rows, const QStringList& runs);

private:
    [[nodiscard]] bool isSame(const SettingRow& a, const SettingRow& b) const override { return a.name == b.name; }
};

/// Every setting of the compared runs, or those that differ.
class SettingsTab final : public QWidget {
    Q_OBJECT

public:
    explicit SettingsTab(QWidget* parent = nullptr);
    /// In the window's language of now.
    void show(const Comparison& comparison);

private:
    void fill();

    std::vector<SettingRow> m_all;
    QStringList m_runs;
    QCheckBox* m_onlyDifferences = nullptr;
    QLabel* m_count = nullptr;
    QTableView* m_table = nullptr;
    SettingTable* m_model = nullptr;
};

} // namespace lori::ui
