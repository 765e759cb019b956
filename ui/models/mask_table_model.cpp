// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/mask_table_model.h"

#include "ui/models/mask_words.h"

#include <QLocale>

#include <algorithm>

namespace lori::ui {

void MaskTableModel::setSummary(const analysis::MaskSummary& summary)
{
    const bool sameRows =
        std::equal(m_modules.begin(), m_modules.end(), summary.modules.begin(), summary.modules.end(),
                   [](const auto& a, const auto& b) { return a.layer == b.layer && a.projection == b.projection; });
    if (sameRows && !m_modules.empty()) {
        m_modules = summary.modules;
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_modules = summary.modules;
    endResetModel();
}

int MaskTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_modules.size());
}

int MaskTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MaskTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return index.column() == Module ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                        : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const analysis::ModuleKept& module = m_modules[static_cast<std::size_t>(index.row())];
    const QLocale locale;
    switch (index.column()) {
    case Layer:
        return locale.toString(static_cast<qlonglong>(module.layer));
    case Module:
        return moduleTitle(module.projection);
    case KeptShare:
        return percentText(module.total > 0 ? static_cast<double>(module.kept) / static_cast<double>(module.total) : 0);
    case Kept:
        return locale.toString(static_cast<qlonglong>(module.kept));
    case Total:
        return locale.toString(static_cast<qlonglong>(module.total));
    case NormKept:
        return module.normKept > 0 ? percentText(module.normKept) : QString();
    default:
        return {};
    }
}

QVariant MaskTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation == Qt::Vertical) {
        return {};
    }
    switch (section) {
    case Layer:
        return tr("Layer");
    case Module:
        return tr("Module");
    case KeptShare:
        return tr("Kept");
    case Kept:
        return tr("Kept entries");
    case Total:
        return tr("All entries");
    case NormKept:
        return tr("Norm kept");
    default:
        return {};
    }
}

} // namespace lori::ui
