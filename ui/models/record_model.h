// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/data_reading.h"

#include <QAbstractTableModel>

#include <map>

namespace lori::ui {

/// A page of records of a data file: a column for each field, a row for each record, broken ones marked.
class RecordModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setPage(RecordPage page);
    /// What is wrong with records, by their line.
    void setProblems(std::map<std::int64_t, QString> problems);
    [[nodiscard]] const RecordPage& page() const { return m_page; }
    /// nullptr when there is no such row.
    [[nodiscard]] const ShownRecord* record(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString problemOf(const ShownRecord& record) const;

    RecordPage m_page;
    std::map<std::int64_t, QString> m_problems;
};

} // namespace lori::ui
