// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/runs/resume_state.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lori::runs {

/// A file that a run reads and that is not its own: rows to train on or to score, masks, the adapter it starts from. (The base
/// model has a fingerprint of its own.)
struct RunInput {
    std::string what;           ///< "data", "task", "evaluation", "mask", "adapter"
    std::string name;           ///< what the configuration calls it: the file's path as written there, or "safety/train.jsonl"
    std::filesystem::path path; ///< where it lies
    std::int64_t bytes = 0;
    std::string sha256; ///< of the file's bytes
};

/// Every input of a configuration, each once. What cannot be found is left out: who reads it says so better.
/// Errors: Io. Cost: reads every file once.
[[nodiscard]] Result<std::vector<RunInput>> runInputs(const experiment::RunConfig& config);

/// What became of the inputs since a run began.
struct InputChanges {
    std::vector<RunInput> added; ///< seen for the first time
    struct Change {
        RunInput now; ///< its sha256 is "" when the file is gone
        std::string was;
    };
    std::vector<Change> changed;
};
[[nodiscard]] InputChanges compareInputs(const ResumeState& state, const std::vector<RunInput>& inputs);

/// The error that says so, naming the first changed file and how to go on. `run` is the run's id.
[[nodiscard]] Error changedInputsError(const InputChanges& changes, const std::string& run);

} // namespace lori::runs
