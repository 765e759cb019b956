// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"
#include "core/model/decoder.h"
#include "core/training/batches.h"
#include "core/training/optimizer.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace lori::training {

struct StepResult {
    double loss = 0;         ///< as the configured reduction defines it
    double lossPerToken = 0; ///< mean −log p over the step's scored tokens, whatever the reduction, in nats
    double gradNorm = 0;     ///< over all trained entries, before clipping
    double learningRate = 0;
    std::int64_t tokens = 0;       ///< real tokens; there are no others
    std::int64_t scoredTokens = 0; ///< response tokens: those that the loss counts
    std::int64_t rows = 0;
    double seconds = 0;
};

/// The loss of rows that were not trained on, in nats.
struct EvaluatedLoss {
    double loss = 0;         ///< as the configured reduction defines it
    double lossPerToken = 0; ///< mean over the scored tokens
};

/// One training stage: batches, loss, gradients, update. Knows nothing of files, events or pauses; its owner calls step() as long
/// as it likes. Deterministic on the CPU for a fixed number of threads and GEMM backend.
class Trainer final {
public:
    /// `method` is trained in place and must outlive the trainer. `plan` indexes `rows`.
    Trainer(adapters::Method& method, const experiment::RunConfig& config, const experiment::StageConfig& stage,
            const std::vector<TokenizedRow>& rows, StagePlan plan);

    /// How many the stage has, as far as is known after the steps that are done.
    [[nodiscard]] std::int64_t steps() const;
    [[nodiscard]] std::int64_t stepsDone() const { return m_optimizer.stepsDone(); }
    /// The next optimizer step. Throws Exception(NonFinite) when loss or gradients are not finite; values are then unchanged.
    StepResult step();
    /// What changes from now on: the same stage with more changes, and the plan that belongs to it.
    void follow(const experiment::StageConfig& stage, StagePlan plan);
    /// Loss of rows without training; 0 for no rows.
    [[nodiscard]] EvaluatedLoss evaluateLoss(const std::vector<TokenizedRow>& rows);

    [[nodiscard]] Optimizer& optimizer() { return m_optimizer; }
    [[nodiscard]] adapters::Method& method() { return m_method; }

private:
    [[nodiscard]] std::vector<double> rowWeights(const Batch& batch, std::int64_t stepRows, std::int64_t stepScored) const;

    adapters::Method& m_method;
    experiment::OptimizerConfig m_config;
    experiment::StageConfig m_stage;
    const std::vector<TokenizedRow>& m_rows;
    StagePlan m_plan;
    model::Decoder m_decoder;
    Optimizer m_optimizer;
};

} // namespace lori::training
