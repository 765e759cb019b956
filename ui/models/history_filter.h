// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/column_filter.h"

#include <QSortFilterProxyModel>

#include <map>

namespace lori::ui {

/// Sorts the history by typed values (pinned runs come first and runs that lack the value last, in both orders) and keeps the
/// rows that all filters accept.
class HistoryFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit HistoryFilter(QObject* parent = nullptr);
    /// Words that must all occur somewhere in the run.
    void setQuickText(const QString& text);
    /// False when the text cannot be understood; the column's filter is then off.
    bool setColumnFilter(int column, const QString& text);
    void clearFilters();
    [[nodiscard]] bool isFiltering() const { return !m_words.isEmpty() || !m_filters.empty(); }
    /// Visible rows and the given columns as CSV with plain values (C locale), header first.
    [[nodiscard]] QString toCsv(const QList<int>& columns) const;

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    [[nodiscard]] ColumnFilter::Kind kindOf(int column) const;

    QStringList m_words;
    std::map<int, ColumnFilter> m_filters;
};

} // namespace lori::ui
