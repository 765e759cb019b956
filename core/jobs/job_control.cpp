// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_control.h"

#include <chrono>
#include <thread>
#include <utility>

namespace lori::jobs {

JobControl::JobControl(const JobFolder& folder, JobLog& log, const std::atomic<bool>* interrupt)
    : m_reader(folder), m_folder(folder.path()), m_log(log), m_interrupt(interrupt)
{
}

void JobControl::poll()
{
    m_folder.require();
    if (isInterrupted()) {
        throw StopRequest{StopRequest::Kind::Interrupt};
    }
    for (const Command command : m_reader.poll()) {
        switch (command) {
        case Command::Pause:
            m_paused = true;
            break;
        case Command::Continue:
            m_paused = false;
            break;
        case Command::StopAndKeep:
            throw StopRequest{StopRequest::Kind::Keep};
        case Command::Discard:
            throw StopRequest{StopRequest::Kind::Discard};
        case Command::Checkpoint:
            m_checkpoint = true;
            break;
        case Command::EvaluateNow:
            m_evaluate = true;
            break;
        case Command::Change:
            break; // takeChanges() asks the reader
        }
    }
}

void JobControl::waitWhilePaused(std::int64_t stage, std::int64_t step, const std::function<void()>& beforeWaiting)
{
    poll();
    if (!m_paused) {
        return;
    }
    beforeWaiting();
    m_log.setState("paused", stage, step);
    m_log.append(events::Paused{stage, step});
    const auto begin = std::chrono::steady_clock::now();
    while (m_paused) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        poll();
    }
    m_pausedSeconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    m_log.setState("running", stage, step);
    m_log.append(events::Continued{stage, step});
}

std::vector<Command> JobControl::take()
{
    m_folder.require();
    return m_reader.poll();
}

bool JobControl::takeCheckpointRequest()
{
    return std::exchange(m_checkpoint, false);
}

std::vector<experiment::StageChange> JobControl::takeChanges()
{
    return m_reader.takeChanges();
}

bool JobControl::takeEvaluationRequest()
{
    return std::exchange(m_evaluate, false);
}

} // namespace lori::jobs
