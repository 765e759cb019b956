// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/runs/run_context.h"
#include "core/training/batches.h"

#include <cstdint>

namespace lori::runs {

/// A stage's configuration with what people changed in earlier attempts. A change lies between two steps, so steps that are done
/// again after a kill are done as they were.
[[nodiscard]] experiment::StageConfig stageWithChanges(const RunContext& run, std::int64_t stage);

/// The batches of `config`, which is stage `stage` with more or fewer changes. Throws as planBatches().
[[nodiscard]] training::StagePlan planOf(const RunContext& run, std::int64_t stage, const experiment::StageConfig& config);

/// Training tokens of the batches from `from` to `to`.
[[nodiscard]] double tokensOf(const RunContext& run, std::int64_t stage, const training::BatchPlan& batches, std::int64_t from,
                              std::int64_t to);

/// Checks before the stage's end after `done` of `steps` steps.
[[nodiscard]] std::int64_t checksLeft(std::int64_t every, std::int64_t done, std::int64_t steps);

} // namespace lori::runs
