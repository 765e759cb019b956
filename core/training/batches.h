// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/model/decoder.h"
#include "core/model/loss_head.h"
#include "core/training/training_rows.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace lori::training {

/// Row indices of each optimizer step, in order. A pure function of the data's lengths, the stage and the seed, so resuming needs
/// nothing but the step number.
using BatchPlan = std::vector<std::vector<std::int32_t>>;

/// Seeded: a new permutation each epoch, the last short batch is used. Reference: method.md §1.4, short batches dropped.
/// Errors: InvalidArgument when the data cannot fill a single batch.
[[nodiscard]] Result<BatchPlan> planBatches(const std::vector<TokenizedRow>& rows, const experiment::StageConfig& stage,
                                            experiment::RowOrder order, std::uint64_t seed);

/// The batches of a stage with everything that changes on the way.
struct StagePlan {
    /// A plan that nothing changes.
    [[nodiscard]] static StagePlan of(BatchPlan all)
    {
        const auto count = static_cast<std::int64_t>(all.size());
        return {std::move(all), count};
    }
    BatchPlan batches;        ///< as many as the stage can come to
    std::int64_t planned = 0; ///< how many it has before any change
};
/// Errors: as planBatches().
[[nodiscard]] Result<StagePlan> planStage(const std::vector<TokenizedRow>& rows, const experiment::StageConfig& stage,
                                          experiment::RowOrder order, std::uint64_t seed);

/// A batch ready for the decoder: rows end to end and which of their tokens are scored (answers and EOS).
struct Batch {
    model::PackedRows rows;
    model::LossTargets targets;
    std::int64_t rowCount = 0;
    std::int64_t tokens = 0;
    std::int64_t scoredTokens = 0;
};
[[nodiscard]] Batch makeBatch(const std::vector<const TokenizedRow*>& rows, at::Device device);

} // namespace lori::training
