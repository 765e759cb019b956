// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/history_filter.h"

#include "ui/models/csv_field.h"
#include "ui/models/history_model.h"

#include <QDateTime>

#include <algorithm>

namespace lori::ui {

HistoryFilter::HistoryFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setSortRole(TableRole::Sort);
}

void HistoryFilter::setQuickText(const QString& text)
{
    m_words = text.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool HistoryFilter::setColumnFilter(int column, const QString& text)
{
    const auto filter = ColumnFilter::parse(text, kindOf(column));
    if (filter && !filter->acceptsEverything()) {
        m_filters[column] = *filter;
    } else {
        m_filters.erase(column);
    }
    invalidateFilter();
    return filter.has_value();
}

ColumnFilter::Kind HistoryFilter::kindOf(int column) const
{
    return static_cast<ColumnFilter::Kind>(sourceModel()->headerData(column, Qt::Horizontal, TableRole::FilterKind).toInt());
}

void HistoryFilter::clearFilters()
{
    m_words.clear();
    m_filters.clear();
    invalidateFilter();
}

bool HistoryFilter::filterAcceptsRow(int sourceRow, const QModelIndex& /*sourceParent*/) const
{
    const QAbstractItemModel* source = sourceModel();
    const QString text = m_words.isEmpty() ? QString() : source->index(sourceRow, 0).data(TableRole::Search).toString();
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) { return text.contains(word); }) &&
           std::all_of(m_filters.begin(), m_filters.end(), [&](const auto& entry) {
               const QModelIndex index = source->index(sourceRow, entry.first);
               return entry.second.accepts(index.data(TableRole::Sort), index.data().toString());
           });
}

bool HistoryFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const bool isPinned = left.data(TableRole::Pinned).toBool();
    if (isPinned != right.data(TableRole::Pinned).toBool()) {
        return isPinned == (sortOrder() == Qt::AscendingOrder);
    }
    const QVariant a = left.data(TableRole::Sort);
    const QVariant b = right.data(TableRole::Sort);
    if (a.isValid() != b.isValid()) {
        return a.isValid() == (sortOrder() == Qt::AscendingOrder);
    }
    if (a.typeId() == QMetaType::QString) {
        return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
    }
    return a.toDouble() < b.toDouble();
}

QString HistoryFilter::toCsv(const QList<int>& columns) const
{
    QStringList lines;
    QStringList fields;
    for (const int column : columns) {
        fields << csvField(headerData(column, Qt::Horizontal).toString());
    }
    lines << fields.join(QLatin1Char(','));
    for (int row = 0; row < rowCount(); ++row) {
        fields.clear();
        for (const int column : columns) {
            const QModelIndex cell = index(row, column);
            const QVariant value = cell.data(TableRole::Sort);
            fields << (column == HistoryModel::Created ? QDateTime::fromMSecsSinceEpoch(value.toLongLong()).toString(Qt::ISODate)
                                                       : csvValue(value));
        }
        lines << fields.join(QLatin1Char(','));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace lori::ui
