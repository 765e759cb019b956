// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/run_folder.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lori::runs {

/// Where another future of a run begins.
enum class BranchStart : std::uint8_t {
    Newest, ///< at its newest checkpoint
    Good,   ///< at the last check of the stage at work at which every floor held
};

/// Another future of a run: what happens from one of its checkpoints on.
struct Branch {
    std::string name;                               ///< of the new run; "" = the parent's with a word behind it
    std::vector<experiment::StageChange> changes{}; ///< of the stage that the checkpoint is of; `step` is not looked at
    BranchStart start = BranchStart::Newest;
};

/// Where a branch of the run would begin: stage and steps done.
struct BranchPoint {
    std::int64_t stage = 0;
    std::int64_t step = 0;
    std::string stageName;
};
/// Errors: NotFound when the run has no such checkpoint.
[[nodiscard]] Result<BranchPoint> branchPoint(const jobs::RunFolder& parent, BranchStart start = BranchStart::Newest);

/// Makes a run that has the parent's past up to that checkpoint (events, scores, adapters and masks of finished stages) and
/// goes on from there with `changes`, which are events of it. It waits as a stopped run does: whoever resumes it trains on. The
/// parent stays as it is; it may be at work. With more steps than the parent had, this extends a finished run.
/// Errors: NotFound without checkpoint; InvalidArgument for a value that cannot be, BadFile, DiskFull, Io.
[[nodiscard]] Result<jobs::RunFolder> branchRun(const Home& home, const jobs::RunFolder& parent, const Branch& branch);

} // namespace lori::runs
