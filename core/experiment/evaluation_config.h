// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lori::experiment {

/// How a choice task is answered.
enum class EvaluationHow : std::uint8_t {
    Generate,      ///< the model writes its answer (the paper's way)
    LogLikelihood, ///< the option with the highest log-likelihood after the prompt: faster; choice tasks only
};
enum class ScoringMode : std::uint8_t {
    Strict,    ///< ours: the answer alone, every row
    Reference, ///< prompts, extraction and quirks of the reference, byte for byte (method.md §1.9)
};

/// One thing to score. Safety has two sides and always measures both.
struct EvaluationTask {
    std::string task;       ///< a starter task or a published set
    std::int64_t limit = 0; ///< rows per side; 0 = all evaluation rows
    EvaluationHow how = EvaluationHow::Generate;
    ScoringMode scoring = ScoringMode::Strict;
    std::int64_t samples = 1; ///< answers per row; > 1 samples them (temperature 0.2, top-p 0.95) and gives pass@k
    bool secondScorer = true; ///< safety, strict: also judged by likelihood under the base model, and the disagreement counted
    bool operator==(const EvaluationTask&) const = default;
};

/// A score that training must not lose: when a check finds it further below the best score of the task at an earlier stage's end
/// than this, the run pauses and says so; the checkpoint before the fall is kept.
struct ScoreFloor {
    std::string task;   ///< one of evaluation.tasks
    std::string metric; ///< "refusal_rate", "accuracy", …; "" = the task's first metric
    double points = 10; ///< percentage points, 0–100
    bool operator==(const ScoreFloor&) const = default;
};

struct EvaluationConfig {
    std::vector<EvaluationTask> tasks;
    bool beforeTraining = true;
    std::int64_t everySteps = 0;  ///< 0 = only at the stage's end
    std::int64_t everyLimit = 20; ///< rows per side of the checks during training
    bool afterEachStage = true;
    std::int64_t maxNewTokens = 96;
    std::int64_t batchRows = 16;
    std::int64_t heldOutEverySteps = 10; ///< held-out loss; 0 = only at the stage's end
    /// Masks kept on the way: what calibration would keep if LoRI-D ended then, in so many equal parts of its steps. 0 = none.
    std::int64_t maskMoments = 0;
    std::vector<ScoreFloor> floors; ///< looked at after every scoring; one pause for each fall
    bool operator==(const EvaluationConfig&) const = default;
};

} // namespace lori::experiment
