// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/history_model.h"
#include "core/jobs/job_life.h"

#include "ui/models/mask_words.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace lori::ui {
namespace {

struct ScoreColumn {
    int column;
    const char* task;
    const char* metric;
};
constexpr std::array<ScoreColumn, 5> kScores{{{HistoryModel::Refused, "safety", "refusal_rate"},
                                              {HistoryModel::Needless, "safety", "needless_refusal_rate"},
                                              {HistoryModel::Maths, "maths", "accuracy"},
                                              {HistoryModel::Language, "language", "accuracy"},
                                              {HistoryModel::Code, "code", "pass_rate"}}};

const database::Score* lastScore(const database::RunSummary& run, int column)
{
    for (const ScoreColumn& known : kScores) {
        if (known.column == column) {
            const database::ScoreSummary* summary = run.score(known.task, known.metric);
            return summary != nullptr && summary->last ? &*summary->last : nullptr;
        }
    }
    return nullptr;
}

bool isScore(int column)
{
    return std::any_of(kScores.begin(), kScores.end(), [column](const ScoreColumn& known) { return known.column == column; });
}

QString joined(const std::vector<std::string>& words)
{
    QStringList list;
    for (const std::string& word : words) {
        list << QString::fromStdString(word);
    }
    return list.join(QStringLiteral(", "));
}

QString durationText(std::int64_t milliseconds)
{
    const qint64 seconds = milliseconds / 1000;
    const auto twoDigits = [](qint64 value) {
        return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
    };
    return QStringLiteral("%1:%2:%3").arg(seconds / 3600).arg(twoDigits(seconds / 60 % 60), twoDigits(seconds % 60));
}

} // namespace

QString stateTitle(jobs::JobState state)
{
    switch (state) {
    case jobs::JobState::Waiting:
        return HistoryModel::tr("Waiting");
    case jobs::JobState::Running:
        return HistoryModel::tr("Running");
    case jobs::JobState::Paused:
        return HistoryModel::tr("Paused");
    case jobs::JobState::Finished:
        return HistoryModel::tr("Finished");
    case jobs::JobState::Stopped:
        return HistoryModel::tr("Stopped");
    case jobs::JobState::Failed:
        return HistoryModel::tr("Failed");
    case jobs::JobState::Lost:
        return HistoryModel::tr("Lost");
    }
    return {};
}

ColumnFilter::Kind HistoryModel::filterKind(int column)
{
    if (isScore(column) || column == Sparsity) {
        return ColumnFilter::Kind::Share;
    }
    return column == Rank || column == Loss ? ColumnFilter::Kind::Number : ColumnFilter::Kind::Text;
}

void HistoryModel::setRows(std::vector<database::RunSummary> rows)
{
    std::vector<QString> texts;
    texts.reserve(rows.size());
    for (const database::RunSummary& run : rows) {
        QStringList parts;
        for (const int column : {Name, State, Preset, BaseModel, Stages, Tags, Note, Purpose, Id}) {
            parts << text(run, column);
        }
        texts.push_back(parts.join(QLatin1Char('\n')).toCaseFolded());
    }
    const auto sameId = [](const database::RunSummary& a, const database::RunSummary& b) {
        return a.id == b.id;
    };
    const std::size_t added = rows.size() >= m_rows.size() ? rows.size() - m_rows.size() : 0;
    const bool grows =
        rows.size() >= m_rows.size() &&
        std::equal(m_rows.begin(), m_rows.end(), rows.begin() + static_cast<std::ptrdiff_t>(added), rows.end(), sameId);
    if (!grows || m_rows.empty()) {
        beginResetModel();
        m_rows = std::move(rows);
        m_searchTexts = std::move(texts);
        endResetModel();
        return;
    }
    if (added > 0) {
        beginInsertRows({}, 0, static_cast<int>(added) - 1);
    }
    m_rows = std::move(rows);
    m_searchTexts = std::move(texts);
    if (added > 0) {
        endInsertRows();
    }
    Q_EMIT dataChanged(index(static_cast<int>(added), 0), index(rowCount() - 1, ColumnCount - 1));
}

const database::RunSummary* HistoryModel::run(const QModelIndex& index) const
{
    return index.isValid() && index.row() < rowCount() ? &m_rows[static_cast<std::size_t>(index.row())] : nullptr;
}

int HistoryModel::rowOf(const QString& runId) const
{
    const std::string id = runId.toStdString();
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const database::RunSummary& run) { return run.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HistoryModel::typedValue(const database::RunSummary& run, int column)
{
    switch (column) {
    case Created:
        return QVariant::fromValue<qlonglong>(run.createdMs);
    case Duration:
        return run.durationMs > 0 ? QVariant::fromValue<qlonglong>(run.durationMs) : QVariant();
    case Rank:
        return run.rank ? QVariant::fromValue<qlonglong>(*run.rank) : QVariant();
    case Sparsity:
        return run.sparsityRatio ? QVariant(*run.sparsityRatio) : QVariant();
    case Loss:
        return run.lastLoss && std::isfinite(*run.lastLoss) ? QVariant(*run.lastLoss) : QVariant();
    default:
        break;
    }
    if (isScore(column)) {
        const database::Score* score = lastScore(run, column);
        return score != nullptr ? QVariant(score->value) : QVariant();
    }
    const QString shown = text(run, column);
    return shown.isEmpty() ? QVariant() : QVariant(shown);
}

QString HistoryModel::text(const database::RunSummary& run, int column)
{
    const QLocale locale;
    switch (column) {
    case Name:
        return QString::fromStdString(run.name);
    case State:
        return stateTitle(run.state);
    case Created:
        return locale.toString(QDateTime::fromMSecsSinceEpoch(run.createdMs), QLocale::ShortFormat);
    case Preset:
        return QString::fromStdString(run.preset);
    case BaseModel:
        return QString::fromStdString(run.model);
    case Stages:
        return QString::fromStdString(run.stages);
    case Rank:
        return run.rank ? locale.toString(static_cast<qlonglong>(*run.rank)) : QString();
    case Sparsity:
        return run.sparsityRatio ? percentText(*run.sparsityRatio) : QString();
    case Loss:
        return run.lastLoss && std::isfinite(*run.lastLoss) ? locale.toString(*run.lastLoss, 'f', 3) : QString();
    case Duration:
        return run.durationMs > 0 ? durationText(run.durationMs) : QString();
    case Tags:
        return joined(run.tags);
    case Note:
        return QString::fromStdString(run.note).section(QLatin1Char('\n'), 0, 0);
    case Purpose:
        return QString::fromStdString(run.purpose);
    case Id:
        return QString::fromStdString(run.id);
    default: {
        const database::Score* score = lastScore(run, column);
        return score != nullptr ? percentText(score->value) : QString();
    }
    }
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const database::RunSummary& run = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return text(run, index.column());
    case SortRole:
        return typedValue(run, index.column());
    case TextRole:
        return m_searchTexts[static_cast<std::size_t>(index.row())];
    case IdRole:
        return QString::fromStdString(run.id);
    case Qt::TextAlignmentRole: {
        const bool number = filterKind(index.column()) != ColumnFilter::Kind::Text || index.column() == Duration;
        return QVariant((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case Qt::ToolTipRole: {
        if (const database::Score* score = lastScore(run, index.column())) {
            return tr("%1 [%2 – %3], %4 of %5 answers")
                .arg(percentText(score->value), percentText(score->low), percentText(score->high),
                     QLocale().toString(static_cast<qlonglong>(score->hits)),
                     QLocale().toString(static_cast<qlonglong>(score->rows)));
        }
        return index.column() == State && !run.error.empty() ? QString::fromStdString(run.error) : text(run, index.column());
    }
    default:
        return {};
    }
}

bool HistoryModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid) || index.column() != Name ||
        value.toString() == text(m_rows[static_cast<std::size_t>(index.row())], Name)) {
        return false;
    }
    Q_EMIT renameRequested(index.data(IdRole).toString(), value.toString().trimmed());
    return true;
}

Qt::ItemFlags HistoryModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags base = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == Name ? base | Qt::ItemIsEditable : base;
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || role != Qt::DisplayRole || section < 0 || section >= ColumnCount) {
        return {};
    }
    static constexpr std::array<const char*, ColumnCount> kTitles{QT_TR_NOOP("Name"),
                                                                  QT_TR_NOOP("State"),
                                                                  QT_TR_NOOP("Made"),
                                                                  QT_TR_NOOP("Preset"),
                                                                  QT_TR_NOOP("Model"),
                                                                  QT_TR_NOOP("Stages"),
                                                                  QT_TR_NOOP("Rank"),
                                                                  QT_TR_NOOP("Sparsity"),
                                                                  QT_TR_NOOP("Loss"),
                                                                  QT_TR_NOOP("Harmful refused"),
                                                                  QT_TR_NOOP("Needless refusals"),
                                                                  QT_TR_NOOP("Maths"),
                                                                  QT_TR_NOOP("Language"),
                                                                  QT_TR_NOOP("Code"),
                                                                  QT_TR_NOOP("Duration"),
                                                                  QT_TR_NOOP("Tags"),
                                                                  QT_TR_NOOP("Note"),
                                                                  QT_TR_NOOP("Purpose"),
                                                                  QT_TR_NOOP("Folder")};
    return tr(kTitles[static_cast<std::size_t>(section)]);
}

} // namespace lori::ui
