// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/sequence.h"
#include "core/jobs/run_folder.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace lori::runs {

/// The sequence that a run is one of: sequence.json beside config.json. Nothing for other runs. Errors: those of readSequence.
[[nodiscard]] Result<std::optional<experiment::SequenceConfig>> sequenceOf(const jobs::RunFolder& folder);

/// Makes the run of a sequence: its folder with config.json and sequence.json appears whole. Errors: those of expandSequence and
/// RunFolder::create.
[[nodiscard]] Result<jobs::RunFolder> createSequenceRun(const Home& home, const experiment::SequenceConfig& sequence);

/// Writes transfer.json and transfer.md (transferOf) of a finished sequence, whoever resumed and finished it. Does nothing for
/// other runs, and for a sequence that scored nothing at its end. `result` is the run's result.json.
[[nodiscard]] Result<void> writeTransfer(const jobs::RunFolder& folder, const nlohmann::json& result);

} // namespace lori::runs
