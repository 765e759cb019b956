// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_kind.h"

#include <functional>
#include <string>

namespace lori::jobs {

/// How far a child is, by its own events.
struct ChildProgress {
    std::string what;        ///< its work in words
    double secondsLeft = -1; ///< -1 when it does not know
};

/// Works in a job inside of another one, whose process and interrupt it shares: what is asked of the parent (pause, continue,
/// stop, checkpoint) is asked of the child, and the parent is paused while the child is. `say` is called when the child begins
/// other work, else at most twice a second. Throws StopRequest when the parent is to end, or somebody stopped the child itself;
/// the child is kept then. Errors: those of workInJob(), Busy before anything was done.
[[nodiscard]] Result<JobResult> workInChild(JobContext& parent, const JobFolder& folder, JobKind& kind,
                                            const std::function<void(const ChildProgress&)>& say);

} // namespace lori::jobs
