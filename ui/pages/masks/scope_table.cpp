// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/scope_table.h"

#include "ui/models/mask_words.h"

#include <QHeaderView>
#include <QLocale>
#include <QSignalBlocker>

#include <algorithm>

namespace lori::ui {

using experiment::MaskScope;

ScopeTable::ScopeTable(QWidget* parent) : QTableWidget(5, 4, parent)
{
    setObjectName(QStringLiteral("scopeTable"));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 4 / 3);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    for (int row = 0; row < rowCount(); ++row) {
        for (int column = 0; column < columnCount(); ++column) {
            auto* item = new QTableWidgetItem; // the table takes it
            if (column > 0) {
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            }
            setItem(row, column, item);
        }
    }
    connect(this, &QTableWidget::currentCellChanged, this, [this](int row) {
        if (row >= 0) {
            Q_EMIT chosen(scopes()[static_cast<std::size_t>(row)].first);
        }
    });
    retranslate();
}

std::vector<std::pair<MaskScope, QString>> ScopeTable::scopes()
{
    return {{MaskScope::Model, tr("Whole model")},
            {MaskScope::Module, tr("Each module kind")},
            {MaskScope::Projection, tr("Each projection")},
            {MaskScope::Layer, tr("Each layer")},
            {MaskScope::Matrix, tr("Each matrix")}};
}

void ScopeTable::show(const std::vector<analysis::MaskSummary>& summaries)
{
    m_summaries = summaries;
    const QLocale locale;
    for (int row = 0; row < rowCount(); ++row) {
        const auto place = static_cast<std::size_t>(row);
        const analysis::MaskSummary* summary = place < summaries.size() ? &summaries[place] : nullptr;
        QStringList cells{QStringLiteral("–"), QStringLiteral("–"), QStringLiteral("–")};
        if (summary != nullptr && summary->total > 0) {
            const auto empty = std::count_if(summary->modules.begin(), summary->modules.end(),
                                             [](const analysis::ModuleKept& module) { return module.kept == 0; });
            cells = {percentText(static_cast<double>(summary->kept) / static_cast<double>(summary->total)),
                     percentText(1 - summary->normKept), locale.toString(static_cast<qlonglong>(empty))};
        }
        for (int column = 0; column < cells.size(); ++column) {
            item(row, column + 1)->setText(cells[column]);
        }
    }
    resizeColumnsToContents();
}

void ScopeTable::select(MaskScope scope)
{
    const auto all = scopes();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.first == scope; });
    const QSignalBlocker quiet(this);
    setCurrentCell(static_cast<int>(found - all.begin()), 0);
}

void ScopeTable::retranslate()
{
    setAccessibleName(tr("The five scopes at this sparsity"));
    setHorizontalHeaderLabels({tr("Scope"), tr("Kept"), tr("Norm lost"), tr("Empty modules")});
    horizontalHeaderItem(3)->setToolTip(tr("Modules of which nothing is kept: they do not learn in LoRI-S"));
    const auto all = scopes();
    for (int row = 0; row < rowCount(); ++row) {
        item(row, 0)->setText(all[static_cast<std::size_t>(row)].second);
    }
    show(m_summaries);
}

QSize ScopeTable::sizeHint() const
{
    const int rows = rowCount() * verticalHeader()->defaultSectionSize();
    return {fontMetrics().averageCharWidth() * 40, rows + horizontalHeader()->sizeHint().height() + 2 * frameWidth()};
}

QSize ScopeTable::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 20, fontMetrics().height() * 4}; // it scrolls where there is little room
}

} // namespace lori::ui
