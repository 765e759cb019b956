// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_kind.h"
#include "core/merging/merge.h"
#include "core/support/home.h"
#include "core/workers/job_options.h"

namespace lori::workers {

/// The weights with the lowest mean loss over the sources of `search`; puts all trials into the result. Throws Exception, and
/// StopRequest when the job is asked to end.
[[nodiscard]] std::vector<double> searchWeights(const Home& home, const MergeJobOptions& options, const SearchOptions& search,
                                                const std::vector<formats::AdapterFiles>& adapters,
                                                const merging::MergeOptions& merge, jobs::JobContext& context,
                                                jobs::JobResult& result);

} // namespace lori::workers
