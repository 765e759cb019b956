// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/control.h"
#include "core/jobs/folder_watch.h"
#include "core/jobs/job_folder.h"
#include "core/jobs/job_log.h"

#include <atomic>
#include <functional>
#include <vector>

namespace lori::jobs {

/// Thrown through the worker when somebody asked the run to end.
struct StopRequest {
    enum class Kind : std::uint8_t { Keep, Discard, Interrupt };
    Kind kind = Kind::Keep;
};

/// What others ask of the worker while it works: control.jsonl and the interrupt flag that signal handlers set.
class JobControl final {
public:
    JobControl(const JobFolder& folder, JobLog& log, const std::atomic<bool>* interrupt);

    /// Looks for commands; throws StopRequest, and Exception(Io) when the run's folder is gone. A pause is only remembered here,
    /// because it belongs between two steps or two answers.
    void poll();
    /// Between two steps or answers: waits while paused, after `beforeWaiting` (which writes a checkpoint). Throws as poll().
    void waitWhilePaused(std::int64_t stage, std::int64_t step, const std::function<void()>& beforeWaiting);
    /// Asks for a pause from within: the next waitWhilePaused() waits until somebody continues the run.
    void pause() { m_paused = true; }
    /// What was asked since the last look, undone: for work that only passes it on. Throws Exception(Io) when the folder is gone.
    [[nodiscard]] std::vector<Command> take();
    /// Counts time that others paused for us.
    void addPaused(double seconds) { m_pausedSeconds += seconds; }
    [[nodiscard]] bool isInterrupted() const { return m_interrupt != nullptr && m_interrupt->load(); }
    /// True once after somebody asked for a checkpoint.
    [[nodiscard]] bool takeCheckpointRequest();
    /// True once after somebody asked for an evaluation now.
    [[nodiscard]] bool takeEvaluationRequest();
    /// What somebody asked to change since the last call, oldest first; their steps are 0.
    [[nodiscard]] std::vector<experiment::StageChange> takeChanges();
    /// Time spent paused so far: no work, so it counts for no speed.
    [[nodiscard]] double pausedSeconds() const { return m_pausedSeconds; }
    [[nodiscard]] const FolderWatch& folder() const { return m_folder; }

private:
    ControlReader m_reader;
    FolderWatch m_folder;
    JobLog& m_log;
    const std::atomic<bool>* m_interrupt;
    bool m_paused = false;
    bool m_checkpoint = false;
    bool m_evaluate = false;
    double m_pausedSeconds = 0;
};

} // namespace lori::jobs
