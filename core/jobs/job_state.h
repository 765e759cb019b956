// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_life.h"

#include <cstdint>
#include <string>

namespace lori::jobs {

/// What a job's folder says about its state, and why it failed.
struct StateOfJob {
    JobState state = JobState::Waiting;
    std::string error;      ///< sentence of the newest `failed`, "" otherwise
    bool discarded = false; ///< stopped, and what was done was thrown away: it cannot go on
};

/// The state by the events from byte `fromByte` of events.jsonl on, lock and clock: with the size that the file had once, what
/// became of the job since. A job without an event since then is Waiting, or Running when somebody holds its lock.
/// Errors: Io. Cost: reads those events.
[[nodiscard]] Result<StateOfJob> stateSince(const JobFolder& folder, std::uint64_t fromByte, std::int64_t nowMs);

} // namespace lori::jobs
