// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/history_model.h"

#include <algorithm>
#include <set>

namespace lori::ui {

namespace {

QString searchTextOf(const database::RunSummary& run)
{
    QStringList parts;
    for (const std::string& part : {run.name, run.preset, run.model, run.stages, run.note, run.purpose, run.id}) {
        parts << QString::fromStdString(part);
    }
    for (const std::string& tag : run.tags) {
        parts << QString::fromStdString(tag);
    }
    parts << stateTitle(run.state);
    return parts.join(QLatin1Char('\n')).toCaseFolded();
}

} // namespace

HistoryModel::HistoryModel(QObject* parent) : TableModel(parent)
{
    reset(fixedColumns());
}

void HistoryModel::setRows(std::vector<database::RunSummary> runs)
{
    std::set<ScoreKey> found;
    std::vector<HistoryRow> rows;
    rows.reserve(runs.size());
    for (database::RunSummary& run : runs) {
        for (const database::ScoreSummary& score : run.scores) {
            if (scoreColumn(score.task, score.metric) < 0) {
                found.insert({score.task, score.metric});
            }
        }
        QString text = searchTextOf(run);
        rows.push_back({std::move(run), std::move(text)});
    }
    std::vector<TableColumn<HistoryRow>> columns;
    for (const ScoreKey& key : found) {
        columns.push_back(scoreColumnOf(key));
    }
    m_scores.insert(m_scores.end(), found.begin(), found.end());
    replaceRows(std::move(rows));
    appendColumns(std::move(columns)); // after the rows: who hears of a column may ask at once who has scores
}

const database::RunSummary* HistoryModel::run(const QModelIndex& index) const
{
    const HistoryRow* row = rowAt(index);
    return row == nullptr ? nullptr : &row->run;
}

int HistoryModel::rowOf(const QString& runId) const
{
    const std::string id = runId.toStdString();
    const auto found = std::find_if(rows().begin(), rows().end(), [&](const HistoryRow& row) { return row.run.id == id; });
    return found == rows().end() ? -1 : static_cast<int>(found - rows().begin());
}

int HistoryModel::scoreColumn(const std::string& task, const std::string& metric) const
{
    const auto found = std::find(m_scores.begin(), m_scores.end(), ScoreKey{task, metric});
    return found == m_scores.end() ? -1 : FixedCount + static_cast<int>(found - m_scores.begin());
}

bool HistoryModel::hasScores(int column) const
{
    const int score = column - FixedCount;
    if (score < 0 || score >= static_cast<int>(m_scores.size())) {
        return false;
    }
    const ScoreKey& key = m_scores[static_cast<std::size_t>(score)];
    return std::any_of(rows().begin(), rows().end(),
                       [&](const HistoryRow& row) { return row.run.score(key.task, key.metric) != nullptr; });
}

QVariant HistoryModel::rowData(const HistoryRow& row, int role) const
{
    switch (role) {
    case TableRole::Search:
        return row.searchText;
    case TableRole::Id:
        return QString::fromStdString(row.run.id);
    default:
        return {};
    }
}

bool HistoryModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid) || index.column() != Name ||
        value.toString() == index.data(Qt::EditRole).toString()) {
        return false;
    }
    Q_EMIT renameRequested(index.data(TableRole::Id).toString(), value.toString().trimmed());
    return true;
}

Qt::ItemFlags HistoryModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags base = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == Name ? base | Qt::ItemIsEditable : base;
}

} // namespace lori::ui
