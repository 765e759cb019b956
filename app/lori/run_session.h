// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/command.h"
#include "core/jobs/run_folder.h"

#include <nlohmann/json.hpp>

#include <atomic>
#include <string>

namespace lori::app {

/// What a run leaves for the person who started it.
struct SessionResult {
    nlohmann::json result; ///< result.json
    std::string history;   ///< what became of the history, in a few words
};

/// Works in a run's folder: progress on the terminal, the history kept up to date, Ctrl+C stops and keeps. `acceptChangedData` as
/// in runs::WorkerOptions.
[[nodiscard]] Result<SessionResult> workInFolder(const Context& context, const jobs::RunFolder& folder,
                                                 bool acceptChangedData = false);

/// Set by SIGINT and SIGTERM once workInFolder() or catchInterrupts() was called.
[[nodiscard]] const std::atomic<bool>& catchInterrupts();

} // namespace lori::app
