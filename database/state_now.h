// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_life.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace lori::database {

/// What the history keeps of a run's or job's state.
struct StoredState {
    std::filesystem::path folder;
    std::string state; ///< as its events said last
    std::optional<std::int64_t> startedMs;
    std::int64_t lastEventMs = 0;
};

/// Its state at `nowMs`: whether a worker is still behind what the events said, only lock and clock can tell.
/// Throws BadFile (no such state).
[[nodiscard]] jobs::JobState stateNow(const StoredState& stored, std::int64_t nowMs);

/// Errors: BadFile.
[[nodiscard]] jobs::JobState stateFromName(const std::string& name);

} // namespace lori::database
