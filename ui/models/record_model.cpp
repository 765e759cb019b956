// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/record_model.h"

#include "ui/icons.h"

#include <algorithm>
#include <utility>

namespace lori::ui {

namespace {

constexpr std::size_t kShownBytes = 400; // of a cell; a row may hold megabytes
constexpr std::size_t kTipBytes = 4'000;

QString start(const std::string& text, std::size_t bytes)
{
    if (text.size() <= bytes) {
        return QString::fromStdString(text);
    }
    QString shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(bytes));
    while (shown.endsWith(QChar::ReplacementCharacter)) { // a letter that was cut in two
        shown.chop(1);
    }
    return shown + QStringLiteral(" …");
}

} // namespace

void RecordModel::setPage(RecordPage page)
{
    beginResetModel();
    m_page = std::move(page);
    endResetModel();
}

void RecordModel::setProblems(std::map<std::int64_t, QString> problems)
{
    m_problems = std::move(problems);
    if (rowCount() > 0) {
        Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
        if (columnCount() > 0) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        }
    }
}

const ShownRecord* RecordModel::record(int row) const
{
    return row >= 0 && row < rowCount() ? &m_page.records[static_cast<std::size_t>(row)] : nullptr;
}

int RecordModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_page.records.size());
}

int RecordModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_page.fields.size());
}

QString RecordModel::problemOf(const ShownRecord& record) const
{
    const auto known = m_problems.find(record.line);
    return known != m_problems.end() ? known->second : QString::fromStdString(record.problem);
}

QVariant RecordModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ShownRecord& record = m_page.records[static_cast<std::size_t>(index.row())];
    const std::string& cell = record.cells[static_cast<std::size_t>(index.column())];
    const QString problem = problemOf(record);
    switch (role) {
    case Qt::DisplayRole:
        return start(cell, kShownBytes).simplified();
    case Qt::ToolTipRole:
        return problem.isEmpty() ? start(cell, kTipBytes) : problem;
    case Qt::DecorationRole:
        return index.column() == 0 && !problem.isEmpty() ? QVariant(icon(QStringLiteral("warning"))) : QVariant();
    case Qt::AccessibleTextRole:
        return problem.isEmpty()
                   ? start(cell, kShownBytes).simplified()
                   : tr("%1; %2", "text of a cell; what is wrong with its row").arg(start(cell, kShownBytes), problem);
    default:
        return {};
    }
}

QVariant RecordModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || section < 0) {
        return {};
    }
    if (orientation == Qt::Vertical) {
        const ShownRecord* shown = record(section);
        return shown == nullptr ? QVariant() : QVariant(static_cast<qlonglong>(shown->line));
    }
    return section < columnCount() ? QVariant(QString::fromStdString(m_page.fields[static_cast<std::size_t>(section)]))
                                   : QVariant();
}

} // namespace lori::ui
