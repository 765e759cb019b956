// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace lori::experiment {

enum class ClipRule : std::uint8_t {
    PerTensor, ///< the reference: each B by its own norm, after masking (method.md §1.6)
    Global,    ///< one norm over all trained entries
    None,
};
enum class LossReduction : std::uint8_t {
    SequenceSum, ///< the reference: sum over response tokens, mean over rows
    TokenMean,   ///< mean over the response tokens of the batch
};
enum class Schedule : std::uint8_t { Constant, Linear, Cosine };

struct OptimizerConfig {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0; ///< decoupled (AdamW)
    ClipRule clip = ClipRule::PerTensor;
    double maxGradNorm = 1; ///< > 0
    Schedule schedule = Schedule::Constant;
    std::int64_t warmupSteps = 0; ///< factor min(1, (step + 1) / (warmup + 1)), step from 0
    LossReduction loss = LossReduction::SequenceSum;
    bool operator==(const OptimizerConfig&) const = default;
};

} // namespace lori::experiment
