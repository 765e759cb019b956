// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_folder.h"

#include <optional>
#include <string>

namespace lori::experiment {

/// What run.lock says about the worker that took it last, dead or alive.
struct LockRecord {
    std::int64_t pid = 0;
    std::int64_t startTimeMs = 0;
    std::string host;
};
[[nodiscard]] std::optional<LockRecord> readLockRecord(const RunFolder& folder);

} // namespace lori::experiment
