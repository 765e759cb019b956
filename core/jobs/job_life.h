// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event.h"
#include "core/jobs/job_folder.h"

namespace lori::jobs {

enum class JobState : std::uint8_t { Waiting, Running, Paused, Finished, Stopped, Failed, Lost };
[[nodiscard]] std::string_view jobStateName(JobState state);

/// What the events of a job say about its life, folded one by one.
class JobLife final {
public:
    void fold(const events::Event& event);
    /// State from the events so far, lock and clock: Lost when no terminal event, no live lock holder, or silent for over 30 s.
    [[nodiscard]] JobState state(const JobFolder& folder, std::int64_t nowMs) const;

private:
    JobState m_said = JobState::Waiting; ///< Waiting, Running, Paused, or how the newest attempt ended
    std::int64_t m_lastMs = 0;
};

} // namespace lori::jobs
