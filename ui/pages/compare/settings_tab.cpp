// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/settings_tab.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

namespace lori::ui {

void SettingTable::setRows(std::vector<SettingRow> rows, const QStringList& runs)
{
    std::vector<TableColumn<SettingRow>> columns;
    columns.push_back({.id = QStringLiteral("setting"),
                       .title = [] { return tr("Setting"); },
                       .text =
                           [](const SettingRow& row) {
                               return row.name;
                           }});
    for (int i = 0; i < runs.size(); ++i) {
        columns.push_back({.id = QStringLiteral("run%1").arg(i),
                           .title = [title = runs[i]] { return title; },
                           .text =
                               [i](const SettingRow& row) {
                                   return row.values[i].isNull()    ? tr("–", "a run has no such setting")
                                          : row.values[i].isEmpty() ? tr("(empty)")
                                                                    : row.values[i];
                               }});
    }
    reset(std::move(columns), std::move(rows));
}

SettingsTab::SettingsTab(QWidget* parent) : QWidget(parent), m_model(new SettingTable(this))
{
    m_onlyDifferences = new QCheckBox(this);
    m_onlyDifferences->setObjectName(QStringLiteral("compareOnlyDifferences"));
    m_onlyDifferences->setChecked(true);
    m_count = new QLabel(this);
    m_count->setObjectName(QStringLiteral("compareSettingCount"));
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("compareSettings"));
    m_table->setModel(m_model);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto* top = new QHBoxLayout;
    top->addWidget(m_onlyDifferences);
    top->addStretch(1);
    top->addWidget(m_count);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    connect(m_onlyDifferences, &QCheckBox::toggled, this, &SettingsTab::fill);
}

void SettingsTab::show(const Comparison& comparison)
{
    m_all = settingRows(comparison.settings);
    m_runs.clear();
    for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
        m_runs << comparison.runTitle(i);
    }
    m_onlyDifferences->setText(tr("&Differences only"));
    m_onlyDifferences->setEnabled(m_runs.size() > 1);
    m_onlyDifferences->setToolTip(m_runs.size() > 1 ? tr("Leave out what all runs have in common")
                                                    : tr("One run has no differences; add another one."));
    m_table->setAccessibleName(tr("Settings of the compared runs"));
    fill();
}

void SettingsTab::fill()
{
    const bool all = !m_onlyDifferences->isChecked() || m_runs.size() < 2;
    std::vector<SettingRow> rows;
    int differ = 0;
    for (const SettingRow& row : m_all) {
        differ += row.differs() ? 1 : 0;
        if (all || row.differs()) {
            rows.push_back(row);
        }
    }
    m_model->setRows(std::move(rows), m_runs);
    const int total = static_cast<int>(m_all.size());
    m_count->setText(m_runs.size() < 2 ? tr("%n setting(s)", nullptr, total)
                     : differ == 0     ? tr("The runs have the same settings.")
                                       : tr("%1 of %n setting(s) differ", nullptr, total).arg(differ));
    m_table->resizeColumnsToContents();
    const int most = fontMetrics().averageCharWidth() * 44;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        m_table->setColumnWidth(column, std::min(most, m_table->columnWidth(column)));
    }
}

} // namespace lori::ui
