// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/run_progress.h"

#include "ui/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace lori::ui {

using experiment::Event;
using experiment::RunState;
using nlohmann::json;

namespace {

/// A number of an event, whatever else is in its place: events come from files.
double numberOf(const json& values, const char* key, double otherwise)
{
    const auto found = values.find(key);
    return found != values.end() && found->is_number() ? found->get<double>() : otherwise;
}

std::int64_t wholeOf(const json& values, const char* key, std::int64_t otherwise)
{
    const auto found = values.find(key);
    return found != values.end() && found->is_number_integer() ? found->get<std::int64_t>() : otherwise;
}

std::string textOf(const json& values, const char* key)
{
    const auto found = values.find(key);
    return found != values.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool boolOf(const json& values, const char* key, bool otherwise)
{
    const auto found = values.find(key);
    return found != values.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

} // namespace

void RunProgress::append(const std::vector<Event>& events)
{
    for (const Event& event : events) {
        take(event);
    }
}

void RunProgress::take(const Event& event)
{
    const json& values = event.values;
    if (event.type == "started" && m_lastMs != 0) { // another attempt: nobody worked in between
        m_idleMs += std::max<std::int64_t>(0, event.timeMs - (m_pausedMs != 0 ? m_pausedMs : m_lastMs));
        m_pausedMs = 0;
    }
    m_firstMs = m_firstMs == 0 ? event.timeMs : m_firstMs;
    m_lastMs = event.timeMs;
    const int stage = static_cast<int>(wholeOf(values, "stage", m_stage));
    if (event.type == "started") {
        m_device = textOf(values, "device");
        m_terminalMs = 0;
        m_discarded = false;
        m_activity.clear();
        m_eta = -1; // of the attempt before
    } else if (event.type == "paused") {
        m_pausedMs = m_pausedMs == 0 ? event.timeMs : m_pausedMs;
    } else if (event.type == "continued") {
        m_idleMs += m_pausedMs == 0 ? 0 : std::max<std::int64_t>(0, event.timeMs - m_pausedMs);
        m_pausedMs = 0;
    } else if (event.type == "plan") {
        takePlan(values);
    } else if (event.type == "stage_started") {
        startStage(stage, event);
    } else if (event.type == "progress") {
        takeProgress(event);
    } else if (event.type == "step") {
        m_stage = stage;
        m_etaMs = worked(event.timeMs);
        takeStep(values);
    } else if (event.type == "score") {
        takeScore(values);
    } else if (event.type == "seal") {
        std::erase_if(m_seals, [&](const Seal& seal) { return seal.stage == stage; });
        m_seals.push_back({stage, boolOf(values, "aUnchanged", false), boolOf(values, "baseUnchanged", false),
                           boolOf(values, "outsideMaskZero", false), textOf(values, "aHash")});
    } else if (event.type == "stage_finished") {
        StageTimes& times = m_stages[stage];
        times.seconds = numberOf(values, "seconds", static_cast<double>(worked(event.timeMs) - times.startedMs) / 1000);
        times.doneSteps = std::max(times.doneSteps, times.steps);
        m_trainedMs = worked(event.timeMs);
    } else if (event.type == "heartbeat") {
        m_memoryBytes = numberOf(values, "rssBytes", m_memoryBytes);
        m_freeDiskBytes = numberOf(values, "freeDiskBytes", m_freeDiskBytes);
    } else if (experiment::isTerminal(event.type)) {
        m_terminalMs = worked(event.timeMs);
        m_discarded = event.type == "stopped" && !boolOf(values, "kept", true);
        m_activity.clear();
    }
}

std::int64_t RunProgress::worked(std::int64_t timeMs) const
{
    return (m_pausedMs != 0 ? std::min(timeMs, m_pausedMs) : timeMs) - m_idleMs;
}

void RunProgress::takePlan(const json& values)
{
    const auto stages = values.find("stages");
    if (stages == values.end() || !stages->is_array()) {
        return;
    }
    for (const json& planned : *stages) {
        if (planned.is_object()) {
            m_stages[static_cast<int>(wholeOf(planned, "index", 0))].steps = wholeOf(planned, "steps", 0);
        }
    }
}

void RunProgress::startStage(int stage, const Event& event)
{
    StageTimes& times = m_stages[stage];
    times.startedMs = times.startedMs == 0 ? worked(event.timeMs) : times.startedMs;
    times.seconds = -1;
    times.steps = std::max(times.steps, wholeOf(event.values, "steps", 0));
    m_stage = stage;
    m_step = 0;
    m_preparing = false;
    m_trainedMs = 0;
    m_activity.clear();
}

void RunProgress::takeProgress(const Event& event)
{
    const double total = numberOf(event.values, "total", 0);
    m_activity = textOf(event.values, "what");
    m_activityShare = total > 0 ? numberOf(event.values, "done", 0) / total : -1;
    if (const double eta = numberOf(event.values, "etaSeconds", -1); eta >= 0 && m_eta < 0) {
        m_eta = eta;
        m_etaMs = worked(event.timeMs);
    }
}

void RunProgress::takeStep(const json& values)
{
    m_step = wholeOf(values, "step", m_step);
    m_stages[m_stage].doneSteps = m_step;
    const auto loss = values.find("loss");
    m_loss = loss != values.end() && loss->is_number() ? std::optional(loss->get<double>()) : std::nullopt;
    m_tokensPerSecond = numberOf(values, "tokensPerSecond", m_tokensPerSecond);
    m_eta = numberOf(values, "etaSeconds", m_eta);
    m_activity.clear();
    m_activityShare = -1;
}

void RunProgress::takeScore(const json& values)
{
    ScoreValue score;
    score.task = textOf(values, "task");
    score.metric = textOf(values, "metric");
    score.higherIsBetter = boolOf(values, "higherIsBetter", true);
    score.stage = static_cast<int>(wholeOf(values, "stage", -1));
    score.step = wholeOf(values, "step", 0);
    score.value = numberOf(values, "value", 0);
    score.low = numberOf(values, "low", 0);
    score.high = numberOf(values, "high", 1);
    score.hits = wholeOf(values, "hits", 0);
    score.n = wholeOf(values, "n", 0);
    m_scores.push_back(std::move(score));
}

std::map<std::pair<std::string, std::string>, RunProgress::Change> RunProgress::changes() const
{
    std::map<std::pair<std::string, std::string>, Change> byMetric;
    for (const ScoreValue& score : m_scores) {
        Change& change = byMetric[{score.task, score.metric}];
        (score.stage < 0 ? change.before : change.now) = score;
    }
    return byMetric;
}

std::int64_t RunProgress::stageSteps() const
{
    const auto found = m_stages.find(m_stage);
    return found == m_stages.end() ? 0 : found->second.steps;
}

double RunProgress::share() const
{
    double done = 0;
    double total = 0;
    for (const auto& [index, times] : m_stages) {
        done += static_cast<double>(std::min(times.doneSteps, times.steps));
        total += static_cast<double>(times.steps);
    }
    return total > 0 ? done / total : -1;
}

double RunProgress::etaSeconds(std::int64_t nowMs) const
{
    if (m_eta < 0 || m_terminalMs != 0) {
        return -1;
    }
    return std::max(0.0, m_eta - static_cast<double>(worked(nowMs) - m_etaMs) / 1000);
}

std::vector<StripStep> RunProgress::strip(RunState state, std::int64_t nowMs) const
{
    const bool ended =
        state == RunState::Finished || state == RunState::Stopped || state == RunState::Failed || state == RunState::Lost;
    const StepState open = state == RunState::Paused   ? StepState::Paused
                           : state == RunState::Failed ? StepState::Failed
                           : ended                     ? StepState::Stopped
                                                       : StepState::Running;
    const std::int64_t end = worked(ended ? m_lastMs : nowMs);
    const auto since = [&](std::int64_t from, std::int64_t to) {
        return from == 0 ? -1 : static_cast<double>(to - from) / 1000;
    };

    std::vector<StripStep> steps;
    StripStep prepare{Text::tr("Prepare"), StepState::Waiting, -1};
    if (m_firstMs != 0 && m_preparing) {
        prepare.state = open;
        prepare.seconds = since(m_firstMs, end);
    } else if (m_firstMs != 0) {
        prepare.state = StepState::Done;
        std::int64_t first = 0;
        for (const auto& [index, times] : m_stages) {
            first = times.startedMs != 0 && (first == 0 || times.startedMs < first) ? times.startedMs : first;
        }
        prepare.seconds = since(m_firstMs, first);
    }
    steps.push_back(prepare);

    bool allDone = !m_config.stages.empty();
    for (std::size_t i = 0; i < m_config.stages.size(); ++i) {
        StripStep step{Text::stage(m_config.stages[i].kind), StepState::Waiting, -1};
        if (const auto found = m_stages.find(static_cast<int>(i)); found != m_stages.end() && found->second.startedMs != 0) {
            const bool done = found->second.seconds >= 0;
            step.state = done ? StepState::Done : open;
            step.seconds = done ? found->second.seconds : since(found->second.startedMs, end);
        }
        allDone = allDone && step.state == StepState::Done;
        steps.push_back(step);
    }
    StripStep evaluate{Text::tr("Evaluate"), StepState::Waiting, -1};
    if (state == RunState::Finished) {
        evaluate.state = StepState::Done;
        evaluate.seconds = since(m_trainedMs, m_terminalMs);
    } else if (allDone) {
        evaluate.state = open;
        evaluate.seconds = since(m_trainedMs, end);
    }
    steps.push_back(evaluate);
    return steps;
}

} // namespace lori::ui
