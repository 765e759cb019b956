// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/comparison.h"

#include "database/scored_rows.h"
#include "ui/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_map>
#include <utility>

namespace lori::ui {
namespace {

class ComparisonWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::ComparisonWords)
};

/// The newest score of each kind, or the one before training.
void takeScores(ComparedSide& side, const database::RunDetail& run, std::map<ScoreKey, bool>& known)
{
    for (const database::EvaluationRow& row : run.evaluations) { // oldest first, so the newest stays
        if (side.beforeTraining ? row.score.stage < 0 : row.score.stage >= 0) {
            side.scores[{row.task, row.metric}] = row.score;
            known[{row.task, row.metric}] = row.higherIsBetter;
        }
    }
}

/// Pools of rows are scores that no run measured as such.
void addPooledScores(ComparedSide& side, std::map<ScoreKey, bool>& known)
{
    for (const auto& [key, rows] : side.rows) {
        if (!side.scores.contains(key)) {
            const auto hits = std::count_if(rows.begin(), rows.end(), [](const tasks::ScoredItem& item) { return item.hit; });
            const tasks::Rate rate = tasks::wilson(hits, static_cast<std::int64_t>(rows.size()));
            side.scores[key] = {.value = rate.value, .low = rate.low, .high = rate.high, .hits = rate.hits, .rows = rate.n};
            known[key] = true;
        }
    }
}

ComparedSide makeSide(const database::RunRepository& repository, const Comparison& comparison, std::size_t run,
                      bool beforeTraining, std::map<ScoreKey, bool>& known)
{
    ComparedSide side;
    side.run = run;
    side.beforeTraining = beforeTraining;
    takeScores(side, comparison.runs[run], known);
    const auto moment = beforeTraining ? database::ScoredMoment::BeforeTraining : database::ScoredMoment::Newest;
    auto rows = database::scoredRows(repository, comparison.runs[run], moment).value();
    for (auto& [name, scored] : rows) {
        const ScoreKey key{name.first, name.second};
        const bool isPool =
            name.second == "pooled_accuracy" && std::any_of(side.scores.begin(), side.scores.end(),
                                                            [&](const auto& score) { return score.first.task == name.first; });
        if (side.scores.contains(key) || isPool) { // rows from before training are not those of the trained run
            side.rows[key] = std::move(scored.items);
        }
    }
    addPooledScores(side, known);
    return side;
}

ScoreDifference differenceTo(const ComparedSide& baseline, const ComparedSide& side, const ScoreKey& key, bool higherIsBetter)
{
    const auto withRows = [&](const ComparedSide& of) {
        const auto rows = of.rows.find(key);
        return ScoreWithRows{of.scores.at(key), rows == of.rows.end() ? nullptr : &rows->second};
    };
    return differenceOf(withRows(baseline), withRows(side), higherIsBetter);
}

constexpr std::pair<const char*, const char*> kLosses[]{{"loss", "lossPerToken"}, {"heldOutLoss", "heldOutLossPerToken"}};

std::vector<std::string> keysOf(const database::RunRepository& repository, const std::vector<database::RunDetail>& runs)
{
    std::set<std::string> keys;
    std::set<std::string> notOfAll; // a loss per token beside one of an older program is no comparison
    for (const database::RunDetail& run : runs) {
        std::set<std::string> own;
        for (std::int64_t stage = -1; stage < static_cast<std::int64_t>(run.stages.size()); ++stage) {
            const auto found = repository.seriesKeys(run.summary.id, stage).value();
            own.insert(found.begin(), found.end());
        }
        for (const auto& [asTrained, perToken] : kLosses) {
            if (own.contains(asTrained) && !own.contains(perToken)) {
                notOfAll.insert(perToken);
            }
        }
        keys.merge(own);
    }
    std::vector<std::string> result;
    std::set_difference(keys.begin(), keys.end(), notOfAll.begin(), notOfAll.end(), std::back_inserter(result));
    return result;
}

} // namespace

QString Comparison::signature() const
{
    QString text = QString::number(baseline);
    for (const database::RunDetail& run : runs) {
        text += QStringLiteral("|%1/%2/%3/%4")
                    .arg(QString::fromStdString(run.summary.id), QString::fromStdString(run.summary.name))
                    .arg(run.events)
                    .arg(static_cast<int>(run.summary.state));
    }
    return text;
}

QString Comparison::runTitle(std::size_t run) const
{
    const database::RunSummary& summary = runs[run].summary;
    const QString name = QString::fromStdString(summary.name);
    const auto same =
        std::count_if(runs.begin(), runs.end(), [&](const auto& other) { return other.summary.name == summary.name; });
    return same > 1 ? ComparisonWords::tr("%1, %2", "name and time").arg(name, Text::when(summary.createdMs)) : name;
}

QString Comparison::sideTitle(std::size_t side) const
{
    const QString run = runTitle(sides[side].run);
    return sides[side].beforeTraining ? ComparisonWords::tr("%1 before training").arg(run) : run;
}

std::vector<ScoreKey> Comparison::answersOf(std::size_t first, std::size_t second) const
{
    std::vector<ScoreKey> keys;
    for (const auto& [key, rows] : sides[second].rows) {
        if (sides[first].rows.contains(key)) {
            keys.push_back(key);
        }
    }
    return keys;
}

std::vector<ComparedAnswer> Comparison::answers(const ScoreKey& key, std::size_t first, std::size_t second) const
{
    std::vector<ComparedAnswer> answers;
    const auto before = sides[first].rows.find(key);
    const auto after = sides[second].rows.find(key);
    if (before == sides[first].rows.end() || after == sides[second].rows.end()) {
        return answers;
    }
    std::unordered_map<std::string_view, const tasks::ScoredItem*> byId;
    for (const tasks::ScoredItem& item : before->second) {
        byId.emplace(item.id, &item);
    }
    const bool hitIsGood = scores.at(key);
    for (const tasks::ScoredItem& item : after->second) {
        const auto found = byId.find(item.id);
        if (found != byId.end()) {
            answers.push_back({item.id, item.prompt, item.expected, found->second->answer, item.answer,
                               found->second->hit == hitIsGood, item.hit == hitIsGood});
        }
    }
    return answers;
}

Result<Comparison> loadComparison(const std::filesystem::path& historyFile, const QStringList& runIds, const QString& baseline)
{
    return guard([&] {
        const auto history = database::History::open(historyFile, database::History::Access::ReadOnly).value();
        const database::RunRepository repository(history);
        Comparison comparison;
        for (const QString& id : runIds) {
            auto detail = repository.find(id.toStdString());
            if (!detail && detail.error().code != ErrorCode::NotFound) {
                throw Exception(detail.error());
            }
            if (detail) {
                comparison.settings.push_back(settingsOf(*detail));
                comparison.runs.push_back(std::move(*detail));
            } else {
                comparison.missing << id;
            }
        }
        const bool alone = comparison.runs.size() == 1;
        for (std::size_t run = 0; run < comparison.runs.size(); ++run) {
            if (alone) {
                comparison.sides.push_back(makeSide(repository, comparison, run, true, comparison.scores));
            } else if (comparison.runs[run].summary.id == baseline.toStdString()) {
                comparison.baseline = run;
            }
            comparison.sides.push_back(makeSide(repository, comparison, run, false, comparison.scores));
        }
        for (std::size_t i = 0; i < comparison.sides.size(); ++i) {
            const ComparedSide& base = comparison.sides[comparison.baseline];
            for (const auto& [key, score] : comparison.sides[i].scores) {
                if (i != comparison.baseline && base.scores.contains(key)) {
                    comparison.sides[i].differences[key] =
                        differenceTo(base, comparison.sides[i], key, comparison.scores.at(key));
                }
            }
        }
        comparison.seriesKeys = keysOf(repository, comparison.runs);
        return comparison;
    });
}

} // namespace lori::ui
