// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/sequence_outcome.h"

#include "ui/models/score_words.h"

#include <nlohmann/json.hpp>

#include <QLocale>

#include <algorithm>
#include <map>

namespace lori::ui {

using experiment::SequenceConfig;
using jobs::JobState;
using nlohmann::json;

namespace {

QString pointsText(double points)
{
    return QLocale().toString(points, 'f', 1);
}

/// Whether the scores of a stage of the run are those of its end: checks while it trains are not.
bool isOver(const RunProgress& progress, JobState state, int stage)
{
    if (stage < progress.stage() || state == JobState::Finished) {
        return true;
    }
    const auto steps = progress.strip(state, progress.lastEventMs()); // Prepare, then the run's stages
    const auto place = static_cast<std::size_t>(stage) + 1;
    return place < steps.size() && steps[place].state == StepState::Done;
}

/// The best before the last one, as the engine's table has it: the base model is not counted.
std::optional<SequenceLoss> lossSoFar(const SequenceScore& score)
{
    std::vector<double> known;
    for (std::size_t i = 1; i < score.rates.size() && score.rates[i]; ++i) {
        known.push_back(score.rates[i]->value);
    }
    if (known.size() < 2) {
        return std::nullopt;
    }
    const double sign = score.higherIsBetter ? 1 : -1;
    double best = known.front();
    for (std::size_t i = 1; i + 1 < known.size(); ++i) {
        best = sign * known[i] > sign * best ? known[i] : best;
    }
    SequenceLoss loss;
    loss.points = 100 * sign * (best - known.back());
    return loss;
}

} // namespace

SequenceOutcome::SequenceOutcome(const SequenceConfig& config, const RunProgress& progress, JobState state, const json& transfer)
{
    std::map<int, std::size_t> placeOf{{-1, 0}}; // which stage's end is which column
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        placeOf[static_cast<int>(experiment::lastStageOfTask(config, i))] = i + 1;
        m_tasks.append(QString::fromStdString(config.stages[i].name));
    }
    std::map<ScoreKey, SequenceScore> byKey;
    for (const ScoreValue& value : progress.scores()) {
        const ScoreKey key{value.task, value.metric};
        const auto place = placeOf.find(value.stage);
        if (isSecondScorer(key) || place == placeOf.end() || !isOver(progress, state, value.stage)) {
            continue;
        }
        SequenceScore& score = byKey[key];
        score.task = value.task;
        score.metric = value.metric;
        score.higherIsBetter = value.higherIsBetter;
        score.rates.resize(config.stages.size() + 1);
        score.rates[place->second] = SequenceRate{value.value, value.low, value.high, value.n};
    }
    for (auto& [key, score] : byKey) {
        score.loss = lossSoFar(score);
        m_scores.push_back(std::move(score));
    }
    takeLosses(transfer, &SequenceScore::loss);
}

/// A damaged or older file takes nothing away: the losses that can be seen stay, without intervals.
void SequenceOutcome::takeLosses(const json& transfer, std::optional<SequenceLoss> SequenceScore::*loss)
{
    const auto number = [](const json& object, const char* name) {
        const auto found = object.find(name);
        return found != object.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
    };
    for (const json& row : transfer.is_array() ? transfer : json::array()) {
        const json change = row.is_object() ? row.value("forgetting", json()) : json();
        if (!change.is_object() || !row.value("task", json()).is_string() || !row.value("metric", json()).is_string()) {
            continue;
        }
        const auto value = number(change, "value");
        const auto low = number(change, "low");
        const auto high = number(change, "high");
        const auto score = std::find_if(m_scores.begin(), m_scores.end(), [&](const SequenceScore& one) {
            return one.task == row["task"].get<std::string>() && one.metric == row["metric"].get<std::string>();
        });
        if (score == m_scores.end() || !value || !low || !high) {
            continue;
        }
        const bool higher = score->higherIsBetter;
        (*score).*loss =
            SequenceLoss{100 * (higher ? -*value : *value), true, 100 * (higher ? -*high : *low), 100 * (higher ? -*low : *high)};
    }
}

QString SequenceOutcome::sentence() const
{
    QStringList lost;
    double widest = -1;
    for (const SequenceScore& score : m_scores) {
        if (score.loss && score.loss->isSure()) {
            lost.append(tr("%1 lost %2", "a score and its loss with interval")
                            .arg(scoreTitleShort({score.task, score.metric}), lossText(*score.loss)));
        } else if (score.loss && score.loss->hasInterval) {
            widest = std::max(widest, score.loss->high);
        }
    }
    if (!lost.isEmpty()) {
        return tr("Forgotten: %1.").arg(lost.join(QStringLiteral("; ")));
    }
    return widest < 0
               ? QString()
               : tr("Nothing fell below its best by more than chance explains. With the rows measured here, a loss of up to "
                    "%1 points could go unseen.")
                     .arg(pointsText(widest));
}

std::vector<StripStep> sequenceSteps(const SequenceConfig& config, const RunProgress& progress, JobState state,
                                     std::int64_t nowMs)
{
    const auto parts = progress.strip(state, nowMs); // Prepare, the run's stages, Evaluate
    std::vector<StripStep> steps;
    StripStep base = parts.empty() ? StripStep() : parts.front();
    base.title = SequenceOutcome::tr("Base");
    steps.push_back(base);
    std::size_t first = 0;
    for (std::size_t task = 0; task < config.stages.size(); ++task) {
        const auto last = static_cast<std::size_t>(experiment::lastStageOfTask(config, task));
        StripStep step{QString::fromStdString(config.stages[task].name), StepState::Waiting, -1};
        bool allDone = true;
        for (std::size_t i = first; i <= last && i + 1 < parts.size(); ++i) {
            const StripStep& part = parts[i + 1];
            allDone = allDone && part.state == StepState::Done;
            if (part.state != StepState::Waiting && part.state != StepState::Done) {
                step.state = part.state;
            }
            if (part.seconds >= 0) {
                step.seconds = std::max(0.0, step.seconds) + part.seconds;
            }
        }
        const bool began = step.seconds >= 0;
        const bool ended = state != JobState::Running && state != JobState::Paused && state != JobState::Waiting;
        if (allDone) {
            step.state = StepState::Done;
        } else if (step.state == StepState::Waiting && began) { // between two of its stages
            step.state = ended ? StepState::Stopped : state == JobState::Paused ? StepState::Paused : StepState::Running;
        }
        steps.push_back(step);
        first = last + 1;
    }
    return steps;
}

QString lossText(const SequenceLoss& loss)
{
    return loss.hasInterval ? SequenceOutcome::tr("%1 points [%2 to %3]")
                                  .arg(pointsText(loss.points), pointsText(loss.low), pointsText(loss.high))
                            : SequenceOutcome::tr("%1 points").arg(pointsText(loss.points));
}

} // namespace lori::ui
