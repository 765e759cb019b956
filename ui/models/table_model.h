// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/column_filter.h"

#include <QAbstractTableModel>
#include <QCoreApplication>
#include <QIcon>

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>
#include <vector>

namespace lori::ui {

/// Roles beside Qt's own, the same in every table.
namespace TableRole {
enum : int {
    Sort = Qt::UserRole + 1, ///< of a cell: its typed value, invalid when missing
    Search,                  ///< of a row: all that a quick search looks at, case-folded
    Pinned,                  ///< of a row: true when it stays above the others in every order
    Id,                      ///< of a row: what it is about, where the table has such a thing
    ColumnId,                ///< of a header: stable, for what is remembered about the column
    FilterKind,              ///< of a header: a ColumnFilter::Kind
};
} // namespace TableRole

/// A column as data: what stands above it, and what a row says in it. Title and text suffice; the rest has defaults.
template <typename Row>
struct TableColumn {
    QString id;                                  ///< stable, in settings
    std::function<QString()> title;              ///< in the person's language, asked each time
    std::function<QString(const Row&)> text;     ///< for people
    std::function<QVariant(const Row&)> value{}; ///< to sort and filter by; else the text, or missing when that is empty
    std::function<QString(const Row&)> tip{};    ///< else the text
    std::function<QString(const Row&)> spoken{}; ///< for screen readers; else the text, or "no value"
    std::function<QIcon(const Row&)> icon{};     ///< else none
    ColumnFilter::Kind kind = ColumnFilter::Kind::Text;
    bool right = false; ///< aligned right, as numbers are anyway
};

/// A table of rows held by value, described by its columns. A leaf class fills the columns, says which rows are the same one, and
/// has what is particular to it; index arithmetic, roles and change notices are here.
template <typename Row>
class TableModel : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    /// nullptr when the index is none of this table.
    [[nodiscard]] const Row* rowAt(const QModelIndex& index) const
    {
        return index.isValid() && index.row() < rowCount() ? &m_rows[static_cast<std::size_t>(index.row())] : nullptr;
    }
    /// -1 when no column has this id.
    [[nodiscard]] int columnOf(const QString& id) const
    {
        const auto found = std::find_if(m_columns.begin(), m_columns.end(), [&](const auto& column) { return column.id == id; });
        return found == m_columns.end() ? -1 : static_cast<int>(found - m_columns.begin());
    }
    /// All texts were asked for in another language.
    void retranslate()
    {
        if (columnCount() > 0) {
            Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
            rowsChanged(0, rowCount());
        }
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const final
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
            return {};
        }
        const Row& row = m_rows[static_cast<std::size_t>(index.row())];
        const TableColumn<Row>& column = m_columns[static_cast<std::size_t>(index.column())];
        switch (role) {
        case Qt::DisplayRole:
        case Qt::EditRole:
            return text(column, row);
        case Qt::ToolTipRole:
            return column.tip ? column.tip(row) : text(column, row);
        case Qt::DecorationRole:
            return column.icon ? QVariant(column.icon(row)) : QVariant();
        case Qt::AccessibleTextRole:
            return column.spoken ? column.spoken(row) : spokenText(column, row);
        case Qt::TextAlignmentRole: {
            const bool right = column.right || column.kind != ColumnFilter::Kind::Text;
            return QVariant((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        }
        case TableRole::Sort: {
            if (column.value) {
                return column.value(row);
            }
            const QVariant shown = text(column, row);
            return shown.toString().isEmpty() ? QVariant() : shown;
        }
        default:
            return rowData(row, role);
        }
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const final
    {
        if (orientation == Qt::Vertical) {
            return role == Qt::DisplayRole && section >= 0 && section < rowCount() ? rowTitle(section) : QVariant();
        }
        if (section < 0 || section >= columnCount()) {
            return {};
        }
        const TableColumn<Row>& column = m_columns[static_cast<std::size_t>(section)];
        switch (role) {
        case Qt::DisplayRole:
            return column.title();
        case TableRole::ColumnId:
            return column.id;
        case TableRole::FilterKind:
            return static_cast<int>(column.kind);
        default:
            return {};
        }
    }

protected:
    /// Whether two rows are about the same thing, whatever they say of it.
    [[nodiscard]] virtual bool isSame(const Row& a, const Row& b) const = 0;
    /// TableRole::Search, TableRole::Id and other roles of a whole row.
    [[nodiscard]] virtual QVariant rowData(const Row& /*row*/, int /*role*/) const { return {}; }
    /// What stands left of a row.
    [[nodiscard]] virtual QVariant rowTitle(int row) const { return row + 1; }

    /// Columns and rows anew; views forget selection and place.
    void reset(std::vector<TableColumn<Row>> columns, std::vector<Row> rows = {})
    {
        beginResetModel();
        m_columns = std::move(columns);
        m_rows = std::move(rows);
        endResetModel();
    }
    /// More columns behind the others, whose places stay.
    void appendColumns(std::vector<TableColumn<Row>> columns)
    {
        if (columns.empty()) {
            return;
        }
        beginInsertColumns({}, columnCount(), columnCount() + static_cast<int>(columns.size()) - 1);
        std::move(columns.begin(), columns.end(), std::back_inserter(m_columns));
        endInsertColumns();
    }
    /// Rows that only changed keep their place and selection; new ones in front are inserted; anything else is a reset.
    void replaceRows(std::vector<Row> rows)
    {
        const std::size_t added = rows.size() >= m_rows.size() ? rows.size() - m_rows.size() : 0;
        const bool grows = !m_rows.empty() && rows.size() >= m_rows.size() &&
                           std::equal(m_rows.begin(), m_rows.end(), rows.begin() + static_cast<std::ptrdiff_t>(added),
                                      [this](const Row& a, const Row& b) { return isSame(a, b); });
        if (!grows) {
            beginResetModel();
            m_rows = std::move(rows);
            endResetModel();
            return;
        }
        if (added > 0) {
            beginInsertRows({}, 0, static_cast<int>(added) - 1);
        }
        m_rows = std::move(rows);
        if (added > 0) {
            endInsertRows();
        }
        rowsChanged(static_cast<int>(added), rowCount());
    }
    void replaceRow(int place, Row row)
    {
        m_rows[static_cast<std::size_t>(place)] = std::move(row);
        rowsChanged(place, place + 1);
    }

private:
    static QVariant text(const TableColumn<Row>& column, const Row& row)
    {
        const QString shown = column.text(row);
        return shown.isNull() ? QVariant() : QVariant(shown);
    }
    static QString spokenText(const TableColumn<Row>& column, const Row& row)
    {
        const QString shown = column.text(row);
        return shown.isEmpty() ? QCoreApplication::translate("TableModel", "no value") : shown;
    }
    void rowsChanged(int begin, int end)
    {
        if (begin < end && columnCount() > 0) {
            Q_EMIT dataChanged(index(begin, 0), index(end - 1, columnCount() - 1));
        }
    }

    std::vector<TableColumn<Row>> m_columns;
    std::vector<Row> m_rows;
};

} // namespace lori::ui
