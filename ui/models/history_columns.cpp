// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the history's columns.
#include "core/experiment/method_table.h"
#include "core/experiment/run_config.h"
#include "ui/icons.h"
#include "ui/models/history_model.h"
#include "ui/models/mask_words.h"
#include "ui/models/score_difference.h"
#include "ui/services/run_name.h"
#include "ui/text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace lori::ui {

namespace {

using database::RunSummary;
using Column = TableColumn<HistoryRow>;
using Kind = ColumnFilter::Kind;

QString durationText(std::int64_t milliseconds)
{
    const qint64 seconds = milliseconds / 1000;
    const auto twoDigits = [](qint64 value) {
        return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
    };
    return QStringLiteral("%1:%2:%3").arg(seconds / 3600).arg(twoDigits(seconds / 60 % 60), twoDigits(seconds % 60));
}

QString tagsText(const RunSummary& run)
{
    QStringList list;
    for (const std::string& word : run.tags) {
        list << QString::fromStdString(word);
    }
    return list.join(QStringLiteral(", "));
}

/// "LoRI-D → Mask → LoRI-S" of the kinds as the recipe writes them; a kind of a newer program stays as it is.
QString stagesText(const std::string& kinds)
{
    static const QString kArrow = QStringLiteral(" → ");
    QStringList titles;
    for (const QString& kind : QString::fromStdString(kinds).split(kArrow, Qt::SkipEmptyParts)) {
        const auto known = std::find_if(experiment::kMethods.begin(), experiment::kMethods.end(),
                                        [&](const auto& each) { return kind.toStdString() == each.name; });
        titles << (known == experiment::kMethods.end() ? kind : Text::stage(known->kind));
    }
    return titles.join(kArrow);
}

/// A preset by its title, one of a person's own by its name; one of another version stays as it is.
QString presetText(const HistoryRow& row)
{
    static const QString kOwn = QStringLiteral("own:"); // as the Experiment page writes it
    const auto& all = experiment::presets();
    const auto known = std::find_if(all.begin(), all.end(), [&](const auto& preset) { return preset.id == row.run.preset; });
    if (known != all.end()) {
        return Text::presetTitle(*known);
    }
    const QString id = QString::fromStdString(row.run.preset);
    return id.startsWith(kOwn) ? id.mid(kOwn.size()) : id;
}

bool hasLoss(const RunSummary& run)
{
    return run.lastLoss && std::isfinite(*run.lastLoss);
}

/// The name with what a person marked the run as.
QString marksOf(const HistoryRow& row)
{
    QStringList parts{QString::fromStdString(row.run.name)};
    if (row.isPinned) {
        parts << HistoryModel::tr("pinned");
    }
    if (row.isBaseline) {
        parts << HistoryModel::tr("the baseline");
    }
    return parts.join(QStringLiteral(" · "));
}

Column words(const char* id, QString (*title)(), std::string RunSummary::*field)
{
    return {.id = QLatin1String(id), .title = title, .text = [field](const HistoryRow& row) {
                return QString::fromStdString(row.run.*field);
            }};
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
        return HistoryModel::tr("Interrupted");
    }
    return {};
}

namespace {

Column nameColumn()
{
    Column name = words(
        "name", [] { return HistoryModel::tr("Name"); }, &RunSummary::name);
    name.icon = [](const HistoryRow& row) {
        return row.isPinned ? lori::ui::icon(QStringLiteral("pin")) : QIcon();
    };
    name.tip = marksOf;
    name.spoken = marksOf;
    return name;
}

} // namespace

namespace {

/// What a run was set to and came to, in numbers.
std::vector<Column> numberColumns()
{
    return {
        {.id = QStringLiteral("rank"),
         .title = [] { return HistoryModel::tr("Rank"); },
         .text =
             [](const HistoryRow& row) {
                 return row.run.rank ? QLocale().toString(static_cast<qlonglong>(*row.run.rank)) : QString();
             },
         .value = [](const HistoryRow& row) { return row.run.rank ? QVariant::fromValue<qlonglong>(*row.run.rank) : QVariant(); },
         .kind = Kind::Number},
        {.id = QStringLiteral("sparsity"),
         .title = [] { return HistoryModel::tr("Sparsity"); },
         .text = [](const HistoryRow& row) { return row.run.sparsityRatio ? percentText(*row.run.sparsityRatio) : QString(); },
         .value = [](const HistoryRow& row) { return row.run.sparsityRatio ? QVariant(*row.run.sparsityRatio) : QVariant(); },
         .kind = Kind::Share},
        {.id = QStringLiteral("loss"),
         .title = [] { return HistoryModel::tr("Loss"); },
         .text =
             [](const HistoryRow& row) { return hasLoss(row.run) ? QLocale().toString(*row.run.lastLoss, 'f', 3) : QString(); },
         .value = [](const HistoryRow& row) { return hasLoss(row.run) ? QVariant(*row.run.lastLoss) : QVariant(); },
         .kind = Kind::Number},
        {.id = QStringLiteral("duration"),
         .title = [] { return HistoryModel::tr("Duration"); },
         .text = [](const HistoryRow& row) { return row.run.durationMs > 0 ? durationText(row.run.durationMs) : QString(); },
         .value =
             [](const HistoryRow& row) {
                 return row.run.durationMs > 0 ? QVariant::fromValue<qlonglong>(row.run.durationMs) : QVariant();
             },
         .right = true},
        {.id = QStringLiteral("tags"),
         .title = [] { return HistoryModel::tr("Tags"); },
         .text =
             [](const HistoryRow& row) {
                 return tagsText(row.run);
             }},
        {.id = QStringLiteral("note"),
         .title = [] { return HistoryModel::tr("Note"); },
         .text =
             [](const HistoryRow& row) {
                 return QString::fromStdString(row.run.note).section(QLatin1Char('\n'), 0, 0);
             }},
        words(
            "purpose", [] { return HistoryModel::tr("Purpose"); }, &RunSummary::purpose),
        words(
            "id", [] { return HistoryModel::tr("Folder"); }, &RunSummary::id),
    };
}

} // namespace

std::vector<Column> HistoryModel::fixedColumns()
{
    std::vector<TableColumn<HistoryRow>> columns{
        nameColumn(),
        {.id = QStringLiteral("state"),
         .title = [] { return tr("State"); },
         .text = [](const HistoryRow& row) { return stateTitle(row.run.state); },
         .tip =
             [](const HistoryRow& row) {
                 return row.run.error.empty() ? stateTitle(row.run.state) : QString::fromStdString(row.run.error);
             }},
        {.id = QStringLiteral("created"),
         .title = [] { return tr("Made"); },
         .text = [](const HistoryRow& row) { return Text::when(row.run.createdMs); },
         .value =
             [](const HistoryRow& row) {
                 return QVariant::fromValue<qlonglong>(row.run.createdMs);
             }},
        {.id = QStringLiteral("data"),
         .title = [] { return tr("Data"); },
         .text = [](const HistoryRow& row) { return RunName::ofSources(row.run.data); },
         .tip =
             [](const HistoryRow& row) {
                 QStringList lines;
                 for (const std::string& each : row.run.data) {
                     lines << QString::fromStdString(each);
                 }
                 return lines.join(QLatin1Char('\n'));
             }},
        {.id = QStringLiteral("preset"), .title = [] { return tr("Preset"); }, .text = presetText},
        words(
            "model", [] { return tr("Model"); }, &RunSummary::model),
        {.id = QStringLiteral("stages"),
         .title = [] { return tr("Stages"); },
         .text =
             [](const HistoryRow& row) {
                 return stagesText(row.run.stages);
             }}};
    std::vector<TableColumn<HistoryRow>> numbers = numberColumns();
    std::move(numbers.begin(), numbers.end(), std::back_inserter(columns));
    return columns;
}

Column HistoryModel::scoreColumnOf(const ScoreKey& key)
{
    const auto scoreOf = [key](const HistoryRow& row) {
        return row.run.score(key.task, key.metric);
    };
    return {.id = QString::fromStdString("score:" + key.task + "." + key.metric),
            .title = [key] { return scoreTitleShort(key); },
            .text =
                [scoreOf](const HistoryRow& row) {
                    const database::ScoreSummary* score = scoreOf(row);
                    return score == nullptr ? QString() : scoreChange(*score);
                },
            .value =
                [scoreOf](const HistoryRow& row) {
                    const database::ScoreSummary* score = scoreOf(row);
                    return score == nullptr || !score->last ? QVariant() : QVariant(score->last->value);
                },
            .tip =
                [scoreOf](const HistoryRow& row) {
                    const database::ScoreSummary* score = scoreOf(row);
                    return score == nullptr ? QString() : scoreTip(*score);
                },
            .kind = Kind::Share};
}

Column HistoryModel::differenceColumnOf(const ScoreKey& key) const
{
    // Of the run's newest score to the baseline's; none for the baseline itself.
    const auto difference = [this, key](const HistoryRow& row) -> std::optional<ScoreDifference> {
        const database::ScoreSummary* score = row.run.score(key.task, key.metric);
        const database::ScoreSummary* baseline = baselineScore(key);
        if (score == nullptr || !score->last || baseline == nullptr || row.isBaseline) {
            return std::nullopt;
        }
        return differenceOf({*baseline->last}, {*score->last}, score->higherIsBetter);
    };
    TableColumn<HistoryRow> column{.id = QString::fromStdString("difference:" + key.task + "." + key.metric),
                                   .title = [key] { return tr("%1 against the baseline").arg(scoreTitleShort(key)); },
                                   .text =
                                       [difference](const HistoryRow& row) {
                                           const auto found = difference(row);
                                           return !found ? QString()
                                                  : found->verdict == ScoreVerdict::NoClearDifference
                                                      ? tr("%1, no clear difference", "points").arg(signedPoints(found->points))
                                                      : differenceWords(*found);
                                       },
                                   .value =
                                       [difference](const HistoryRow& row) {
                                           const auto found = difference(row);
                                           return found ? QVariant(found->points) : QVariant();
                                       },
                                   .kind = Kind::Number};
    column.tip = [difference, key](const HistoryRow& row) {
        const auto found = difference(row);
        const database::ScoreSummary* score = row.run.score(key.task, key.metric);
        return found ? differenceExplanation(*found, score->higherIsBetter) : QString();
    };
    return column;
}

} // namespace lori::ui
