// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/estimate.h"

namespace lori::experiment {

/// Sizes that every part of an estimate needs.
struct ModelSizes {
    std::int64_t linearParameters = 0; ///< the seven projections of all layers
    std::int64_t allParameters = 0;    ///< with embeddings, head and norms
    std::int64_t outFeatures = 0;      ///< of the chosen projections of one layer
    std::int64_t inFeatures = 0;
};
[[nodiscard]] ModelSizes modelSizes(const RunConfig& config, const ModelShape& shape);

/// How much work the run is, with assumptions in place of unknown lengths.
struct WorkPlan {
    double rowTokens = 0;      ///< mean tokens of a row
    double responseTokens = 0; ///< mean response tokens of a row
    double rows = 0;           ///< training rows, held-out rows taken off
    bool lengthsAssumed = false;
    double optimizerSteps = 0; ///< of all training stages
    double trainedTokens = 0;
    double trainedResponseTokens = 0;
    double heldOutTokens = 0; ///< forward only
    double heldOutResponseTokens = 0;
    double scoredAnswers = 0; ///< generated answers of all evaluations
    double comparedRows = 0;  ///< rows whose options are compared
    std::int64_t trainingStages = 0;
    double stepTokens = 0;        ///< tokens of a step, mean over the training stages' steps
    double largestPartTokens = 0; ///< tokens of the largest part that goes through the model at once
};
[[nodiscard]] WorkPlan workPlan(const RunConfig& config, const DataLengths& lengths);

} // namespace lori::experiment
