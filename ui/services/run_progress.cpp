// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/run_progress.h"
#include "core/experiment/config_words.h"
#include "core/jobs/job_life.h"

#include "ui/text.h"

#include <algorithm>
#include <cmath>

namespace lori::ui {

using jobs::JobState;

void RunProgress::append(const std::vector<events::Event>& events)
{
    for (const events::Event& event : events) {
        m_timeMs = event.timeMs;
        if (event.as<events::Started>() != nullptr && m_lastMs != 0) { // another attempt: nobody worked in between
            m_idleMs += std::max<std::int64_t>(0, event.timeMs - (m_pausedMs != 0 ? m_pausedMs : m_lastMs));
            m_pausedMs = 0;
        }
        m_firstMs = m_firstMs == 0 ? event.timeMs : m_firstMs;
        m_lastMs = event.timeMs;
        std::visit([this](const auto& e) { take(e); }, event.payload);
    }
}

void RunProgress::take(const events::Started& e)
{
    m_device = e.device;
    m_terminalMs = 0;
    m_discarded = false;
    m_failure.reset();
    m_activity.clear();
    m_eta = -1; // of the attempt before
}

void RunProgress::take(const events::Paused& /*e*/)
{
    m_pausedMs = m_pausedMs == 0 ? m_timeMs : m_pausedMs;
}

void RunProgress::take(const events::Continued& /*e*/)
{
    m_idleMs += m_pausedMs == 0 ? 0 : std::max<std::int64_t>(0, m_timeMs - m_pausedMs);
    m_pausedMs = 0;
}

void RunProgress::take(const events::Changed& e)
{
    const auto what = fromWord<experiment::Setting>(e.what);
    if (!what || e.stage < 0) {
        return;
    }
    experiment::addChange(m_changes[static_cast<int>(e.stage)], {e.step, *what, e.value});
    if (*what == experiment::Setting::Steps) {
        m_stages[static_cast<int>(e.stage)].steps = std::max(e.step, static_cast<std::int64_t>(e.value));
    }
}

std::optional<experiment::StageConfig> RunProgress::stageNow() const
{
    if (m_stage < 0 || m_stage >= static_cast<int>(m_config.stages.size()) ||
        m_config.stages[static_cast<std::size_t>(m_stage)].kind == experiment::StageKind::Mask) {
        return std::nullopt;
    }
    experiment::StageConfig stage = m_config.stages[static_cast<std::size_t>(m_stage)];
    if (const auto found = m_changes.find(m_stage); found != m_changes.end()) {
        for (const experiment::StageChange& change : found->second) {
            experiment::addChange(stage.changes, change);
        }
    }
    return stage;
}

void RunProgress::take(const events::Plan& e)
{
    for (const events::PlannedStage& planned : e.stages) {
        m_stages[static_cast<int>(planned.index)].steps = planned.steps;
    }
}

void RunProgress::take(const events::StageStarted& e)
{
    StageTimes& times = m_stages[static_cast<int>(e.stage)];
    times.startedMs = times.startedMs == 0 ? worked(m_timeMs) : times.startedMs;
    times.seconds = -1;
    times.steps = std::max(times.steps, e.steps);
    m_stage = static_cast<int>(e.stage);
    m_step = 0;
    m_preparing = false;
    m_trainedMs = 0;
    m_activity.clear();
}

void RunProgress::take(const events::StageFinished& e)
{
    StageTimes& times = m_stages[static_cast<int>(e.stage)];
    times.seconds = e.seconds.value_or(static_cast<double>(worked(m_timeMs) - times.startedMs) / 1000);
    times.doneSteps = std::max(times.doneSteps, times.steps);
    m_trainedMs = worked(m_timeMs);
}

void RunProgress::take(const events::Progress& e)
{
    m_activity = e.what;
    m_activityShare = e.total > 0 ? static_cast<double>(e.done) / static_cast<double>(e.total) : -1;
    m_activityDone = e.done;
    m_activityTotal = e.total;
    m_activityEta = e.etaSeconds;
    m_activityEtaMs = worked(m_timeMs);
}

void RunProgress::take(const events::Step& e)
{
    m_stage = static_cast<int>(e.stage);
    m_etaMs = worked(m_timeMs);
    m_step = e.step;
    m_stages[m_stage].doneSteps = e.step;
    m_loss = e.lossPerToken ? e.lossPerToken : e.loss;
    m_tokensPerSecond = e.tokensPerSecond;
    m_eta = e.etaSeconds;
    m_activity.clear();
    m_activityShare = -1;
}

void RunProgress::take(const events::Score& e)
{
    m_scores.push_back({e.task, e.metric, e.higherIsBetter, static_cast<int>(e.stage), e.step, e.value.value_or(0),
                        e.low.value_or(0), e.high.value_or(1), e.hits, e.n});
}

void RunProgress::take(const events::Seal& e)
{
    std::erase_if(m_seals, [&](const events::Seal& seal) { return seal.stage == e.stage; });
    m_seals.push_back(e);
}

void RunProgress::take(const events::Heartbeat& e)
{
    m_memoryBytes = e.rssBytes ? static_cast<double>(*e.rssBytes) : m_memoryBytes;
    m_freeDiskBytes = e.freeDiskBytes ? static_cast<double>(*e.freeDiskBytes) : m_freeDiskBytes;
}

void RunProgress::end()
{
    m_terminalMs = worked(m_timeMs);
    m_activity.clear();
}

void RunProgress::take(const events::Finished& /*e*/)
{
    end();
}

void RunProgress::take(const events::Stopped& e)
{
    end();
    m_discarded = !e.kept;
}

void RunProgress::take(const events::Failed& e)
{
    end();
    m_failure = events::errorOf(e);
}

std::int64_t RunProgress::worked(std::int64_t timeMs) const
{
    return (m_pausedMs != 0 ? std::min(timeMs, m_pausedMs) : timeMs) - m_idleMs;
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

double RunProgress::activityEtaSeconds(std::int64_t nowMs) const
{
    if (m_activity.empty() || m_activityEta < 0 || m_terminalMs != 0) {
        return -1;
    }
    return std::max(0.0, m_activityEta - static_cast<double>(worked(nowMs) - m_activityEtaMs) / 1000);
}

QString RunProgress::activityText(std::int64_t nowMs) const
{
    return m_activity.empty() ? QString()
                              : Text::activity(m_activity, m_activityDone, m_activityTotal, activityEtaSeconds(nowMs));
}

double RunProgress::shareBeforeSteps() const
{
    return share() > 0 || m_activity.empty() ? -1 : m_activityShare;
}

double RunProgress::etaSeconds(std::int64_t nowMs) const
{
    if (m_eta < 0 || m_terminalMs != 0) {
        return -1;
    }
    return std::max(0.0, m_eta - static_cast<double>(worked(nowMs) - m_etaMs) / 1000);
}

std::vector<StripStep> RunProgress::strip(JobState state, std::int64_t nowMs) const
{
    const bool ended =
        state == JobState::Finished || state == JobState::Stopped || state == JobState::Failed || state == JobState::Lost;
    const StepState open = state == JobState::Paused   ? StepState::Paused
                           : state == JobState::Failed ? StepState::Failed
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
    if (state == JobState::Finished) {
        evaluate.state = StepState::Done;
        const double took = since(m_trainedMs, m_terminalMs);
        evaluate.seconds = took < 1 ? -1 : took; // the stages measured on their way: "0 s" would look as if nothing was
    } else if (allDone) {
        evaluate.state = open;
        evaluate.seconds = since(m_trainedMs, end);
    }
    steps.push_back(evaluate);
    return steps;
}

} // namespace lori::ui
