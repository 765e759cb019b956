// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/experiment/run_config.h"
#include "core/jobs/job_life.h"
#include "core/jobs/run_folder.h"

#include <QString>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lori::ui {

enum class StepState { Waiting, Running, Paused, Done, Stopped, Failed };

/// One cell of the stage strip.
struct StripStep {
    QString title;
    StepState state = StepState::Waiting;
    double seconds = -1; ///< time so far or in all, -1 before it began
};

/// One rate as the newest score event of (task, metric) says.
struct ScoreValue {
    std::string task;
    std::string metric;
    bool higherIsBetter = true;
    int stage = -1;
    std::int64_t step = 0;
    double value = 0;
    double low = 0;
    double high = 1;
    std::int64_t hits = 0;
    std::int64_t n = 0;
};

/// What a run's events say in sum: the numbers of the stage strip, the job card, the status bar and the score table.
/// Pure bookkeeping; feed it every event once, in order.
class RunProgress final {
public:
    RunProgress() = default;
    explicit RunProgress(experiment::RunConfig config) : m_config(std::move(config)) {}

    void append(const std::vector<events::Event>& events);

    /// Prepare, the stages of the configuration, Evaluate; `state` closes what is still open. Times are times of work: pauses and
    /// the time between two attempts do not count, here and in etaSeconds(). Evaluate has none when nothing was left to do there.
    [[nodiscard]] std::vector<StripStep> strip(jobs::JobState state, std::int64_t nowMs) const;
    /// Unix time since which the run is paused, 0 when it is not.
    [[nodiscard]] std::int64_t pausedSinceMs() const { return m_pausedMs; }
    /// Its last attempt was thrown away: nothing is left to go on from.
    [[nodiscard]] bool isDiscarded() const { return m_discarded; }
    /// 0–1 of all optimizer steps; -1 before the plan is known.
    [[nodiscard]] double share() const;
    [[nodiscard]] double etaSeconds(std::int64_t nowMs) const;               ///< -1 when unknown
    [[nodiscard]] const std::string& activity() const { return m_activity; } ///< "evaluating safety", "" while training
    [[nodiscard]] double activityShare() const { return m_activityShare; }   ///< -1 when unknown
    /// Answers, files or whatever the activity counts; total 0 when nobody counts.
    [[nodiscard]] std::int64_t activityDone() const { return m_activityDone; }
    [[nodiscard]] std::int64_t activityTotal() const { return m_activityTotal; }
    /// Until this activity ends, which is one part of the run; -1 when unknown.
    [[nodiscard]] double activityEtaSeconds(std::int64_t nowMs) const;
    /// The activity with its count and time as Text::activity says it; "" while training.
    [[nodiscard]] QString activityText(std::int64_t nowMs) const;
    /// 0–1 of the activity before the first step, when a bar of all steps would stand at nothing for minutes; else, and when
    /// nobody counts, -1.
    [[nodiscard]] double shareBeforeSteps() const;
    [[nodiscard]] int stage() const { return m_stage; }
    [[nodiscard]] std::int64_t step() const { return m_step; }
    /// The stage at work, or that was last, as its configuration and every change since say; nothing before the first stage that
    /// trains.
    [[nodiscard]] std::optional<experiment::StageConfig> stageNow() const;
    [[nodiscard]] std::int64_t stageSteps() const;
    /// Of the newest step: per token, or as an older program counted it.
    [[nodiscard]] std::optional<double> loss() const { return m_loss; }
    [[nodiscard]] double tokensPerSecond() const { return m_tokensPerSecond; }
    [[nodiscard]] double memoryBytes() const { return m_memoryBytes; }
    [[nodiscard]] double freeDiskBytes() const { return m_freeDiskBytes; }
    [[nodiscard]] std::int64_t firstEventMs() const { return m_firstMs; } ///< 0 before the first
    [[nodiscard]] std::int64_t lastEventMs() const { return m_lastMs; }
    /// How the newest attempt failed; nothing while it did not.
    [[nodiscard]] const std::optional<Error>& failure() const { return m_failure; }
    [[nodiscard]] const std::string& device() const { return m_device; }
    [[nodiscard]] const std::vector<events::Seal>& seals() const { return m_seals; }
    /// A mask was found: from then on something is outside of it.
    [[nodiscard]] bool hasMask() const { return m_hasMask; }
    /// Every score event, oldest first.
    [[nodiscard]] const std::vector<ScoreValue>& scores() const { return m_scores; }
    /// Value before training and newest value since, by (task, metric).
    struct Change {
        std::optional<ScoreValue> before;
        std::optional<ScoreValue> now;
    };
    [[nodiscard]] std::map<std::pair<std::string, std::string>, Change> changes() const;
    [[nodiscard]] const experiment::RunConfig& config() const { return m_config; }

private:
    void take(const events::Started& e);
    void take(const events::Plan& e);
    void take(const events::StageStarted& e);
    void take(const events::StageFinished& e);
    void take(const events::Progress& e);
    void take(const events::Step& e);
    void take(const events::Score& e);
    void take(const events::Seal& e);
    void take(const events::Mask& /*e*/) { m_hasMask = true; }
    void take(const events::Heartbeat& e);
    void take(const events::Paused& e);
    void take(const events::Continued& e);
    void take(const events::Changed& e);
    void take(const events::Finished& e);
    void take(const events::Stopped& e);
    void take(const events::Failed& e);
    template <typename Other>
    void take(const Other& /*says nothing here*/)
    {
    }
    void end();

    /// A point on the clock that stands still while nobody works; 0 stays 0.
    [[nodiscard]] std::int64_t worked(std::int64_t timeMs) const;

    struct StageTimes {
        std::int64_t startedMs = 0; ///< by worked(), as every time below
        double seconds = -1;
        std::int64_t steps = 0;
        std::int64_t doneSteps = 0;
    };

    experiment::RunConfig m_config;
    std::map<int, StageTimes> m_stages;
    std::vector<ScoreValue> m_scores;
    std::vector<events::Seal> m_seals;
    bool m_hasMask = false;
    std::string m_activity;
    std::string m_device;
    double m_activityShare = -1;
    std::int64_t m_activityDone = 0;
    std::int64_t m_activityTotal = 0;
    double m_activityEta = -1;
    std::int64_t m_activityEtaMs = 0;
    std::optional<Error> m_failure;
    std::int64_t m_timeMs = 0; ///< of the event being taken
    std::int64_t m_firstMs = 0;
    std::int64_t m_lastMs = 0;   ///< by the wall
    std::int64_t m_pausedMs = 0; ///< by the wall, 0 when not paused
    std::int64_t m_idleMs = 0;   ///< pauses and times between attempts that are over
    bool m_discarded = false;
    std::int64_t m_terminalMs = 0;
    std::int64_t m_trainedMs = 0; ///< when the last stage ended
    int m_stage = -1;
    std::int64_t m_step = 0;
    std::map<int, std::vector<experiment::StageChange>> m_changes;
    std::optional<double> m_loss;
    double m_tokensPerSecond = 0;
    double m_memoryBytes = 0;
    double m_freeDiskBytes = 0;
    double m_eta = -1;
    std::int64_t m_etaMs = 0;
    bool m_preparing = true;
};

} // namespace lori::ui
