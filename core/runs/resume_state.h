// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event.h"
#include "core/jobs/run_folder.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace lori::runs {

/// Scores by "task.metric".
using Scores = std::map<std::string, events::Score>;

/// What earlier attempts of a run finished, read from its own events.
struct ResumeState {
    bool resumed = false;
    std::string gemmBackend; ///< of the first attempt; a run keeps its backend and threads, because both change rounding
    std::int64_t threads = 0;
    std::string device;
    std::string baseFingerprint; ///< of the first attempt's base model; "" when none was loaded yet
    struct Input {
        std::string path;
        std::string sha256; ///< "" when the file was gone and that was accepted
    };
    /// Files the run reads that are not its own, by (what, name), as of the newest attempt; empty in runs of older versions.
    std::map<std::pair<std::string, std::string>, Input> inputs;
    std::set<std::int64_t> finishedStages; ///< −1 is Prepare
    bool finished = false;                 ///< the last attempt ended with "finished"
    bool discarded = false;                ///< the last attempt ended with "stopped" and nothing was kept
    std::map<std::int64_t, Scores> scores; ///< newest ones at a stage's end, for result.json and the report
    Scores checks;                         ///< newest ones during training
    std::map<std::int64_t, events::Seal> seals;
    /// What people changed while a stage was at work, in the order they did.
    std::map<std::int64_t, std::vector<experiment::StageChange>> changes;
    double secondsBefore = 0; ///< time spent by earlier attempts
};

/// Errors: those of EventFollower::poll.
[[nodiscard]] Result<ResumeState> readResumeState(const jobs::RunFolder& folder);
/// Folds one event into the state; used on the old log and on each new event, so both agree.
void applyEvent(ResumeState& state, const events::Payload& payload);

} // namespace lori::runs
