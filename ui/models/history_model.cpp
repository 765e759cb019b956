// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/history_model.h"

#include "ui/models/run_drag.h"

#include <QFont>
#include <QMimeData>

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
    std::set<ScoreKey> compared; // with the baseline
    std::vector<HistoryRow> rows;
    rows.reserve(runs.size());
    for (database::RunSummary& run : runs) {
        for (const database::ScoreSummary& score : run.scores) {
            if (scoreColumn(score.task, score.metric) < 0) {
                found.insert({score.task, score.metric});
            }
        }
        const QString id = QString::fromStdString(run.id);
        const bool isBaseline = !m_baselineId.isEmpty() && id == m_baselineId;
        if (isBaseline) {
            m_baseline = run;
        }
        QString text = searchTextOf(run);
        rows.push_back({std::move(run), std::move(text), m_pinned.contains(id), isBaseline});
    }
    for (const database::ScoreSummary& score : m_baseline ? m_baseline->scores : std::vector<database::ScoreSummary>()) {
        if (score.last && differenceColumn({score.task, score.metric}) < 0) {
            compared.insert({score.task, score.metric});
        }
    }
    std::vector<TableColumn<HistoryRow>> columns;
    columns.reserve(found.size() + compared.size());
    for (const ScoreKey& key : found) {
        columns.push_back(scoreColumnOf(key));
        m_scores.push_back({key, false});
    }
    for (const ScoreKey& key : compared) {
        columns.push_back(differenceColumnOf(key));
        m_scores.push_back({key, true});
    }
    replaceRows(std::move(rows));
    appendColumns(std::move(columns)); // after the rows: who hears of a column may ask at once who has scores
}

void HistoryModel::setMarks(QSet<QString> pinned, QString baseline)
{
    m_pinned = std::move(pinned);
    if (baseline != m_baselineId) {
        m_baselineId = std::move(baseline);
        m_baseline.reset();
    }
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

int HistoryModel::placeOf(const ScoreColumn& column) const
{
    const auto found = std::find(m_scores.begin(), m_scores.end(), column);
    return found == m_scores.end() ? -1 : FixedCount + static_cast<int>(found - m_scores.begin());
}

int HistoryModel::scoreColumn(const std::string& task, const std::string& metric) const
{
    return placeOf({{task, metric}, false});
}

int HistoryModel::differenceColumn(const ScoreKey& key) const
{
    return placeOf({key, true});
}

const database::ScoreSummary* HistoryModel::baselineScore(const ScoreKey& key) const
{
    const database::ScoreSummary* score = m_baseline ? m_baseline->score(key.task, key.metric) : nullptr;
    return score != nullptr && score->last ? score : nullptr;
}

bool HistoryModel::hasScores(int column) const
{
    const int score = column - FixedCount;
    if (score < 0 || score >= static_cast<int>(m_scores.size())) {
        return false;
    }
    const auto& [key, isDifference] = m_scores[static_cast<std::size_t>(score)];
    if (isDifference && baselineScore(key) == nullptr) {
        return false;
    }
    return std::any_of(rows().begin(), rows().end(), [&, &wanted = key](const HistoryRow& row) {
        return row.run.score(wanted.task, wanted.metric) != nullptr;
    });
}

QVariant HistoryModel::rowData(const HistoryRow& row, int role) const
{
    switch (role) {
    case TableRole::Search:
        return row.searchText;
    case TableRole::Id:
        return QString::fromStdString(row.run.id);
    case TableRole::Pinned:
        return row.isPinned;
    case Qt::FontRole: {
        QFont font;
        font.setBold(true);
        return row.isBaseline ? QVariant(font) : QVariant();
    }
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
    const Qt::ItemFlags base = QAbstractTableModel::flags(index) | (index.isValid() ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
    return index.isValid() && index.column() == Name ? base | Qt::ItemIsEditable : base;
}

QMimeData* HistoryModel::mimeData(const QModelIndexList& indexes) const
{
    QStringList ids;
    for (const QModelIndex& index : indexes) {
        if (const QString id = index.data(TableRole::Id).toString(); !ids.contains(id)) {
            ids << id;
        }
    }
    return ids.isEmpty() ? nullptr : runsAsMime(ids).release(); // who asks owns it
}

QStringList HistoryModel::mimeTypes() const
{
    return runsAsMime({})->formats();
}

} // namespace lori::ui
