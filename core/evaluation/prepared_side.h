// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/evaluation/evaluator.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lori::evaluation {

/// One side of a task, cut to the rows that are answered.
struct PreparedSide {
    tasks::EvaluationSide side;
    std::int64_t available = 0; ///< rows before `limit` and `dropLastBatch`
};

/// Loads a task's sides and refuses what cannot be answered or judged as `options` ask, before any model runs.
/// Throws Exception as evaluateTask's errors.
[[nodiscard]] std::vector<PreparedSide> prepareSides(const std::string& task, const EvaluateOptions& options,
                                                     const tasks::Scorer& scorer);

} // namespace lori::evaluation
