// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_log.h"
#include "core/jobs/run_folder.h"

#include <nlohmann/json.hpp>

#include <atomic>
#include <string>

namespace lori::runs {

struct WorkerOptions {
    Home home;
    jobs::EventObserver observer; ///< sees every event after it is on disk; called from several threads, one at a time
    const std::atomic<bool>* interrupt = nullptr; ///< set by signal handlers: stop and keep
    bool acceptChangedData = false; ///< go on with data, masks and adapters that changed since the run began, and record it
};

/// Does (or goes on with) the run of a folder: Prepare → the configured stages, each with checkpoints, scores and a seal. Takes
/// the run's lock for as long as it works. Exactly one terminal event ends the attempt, whatever happens. Returns result.json's
/// content. Errors: Busy (another worker has it), Stopped (kept or discarded), Interrupted (before anything could be kept), and
/// Mismatch (the base model, or a file of rows, a mask or an adapter that the run reads, changed since it began), and
/// every failure of the work; a finished run returns its result again.
[[nodiscard]] Result<nlohmann::json> runWorker(const jobs::RunFolder& folder, const WorkerOptions& options);

} // namespace lori::runs
