// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/comparison.h"
#include "database/run_repository.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace lori::database {

/// Task and metric of an evaluation.
using ScoreName = std::pair<std::string, std::string>;

/// One evaluation of a run with its judged rows, as tasks::compareItems wants them.
struct ScoredRows {
    bool higherIsBetter = true;
    std::vector<tasks::ScoredItem> items; ///< in file order, never empty
};

enum class ScoredMoment : std::uint8_t { BeforeTraining, Newest };

/// The evaluations of a run that kept their rows, and of every task that has several accuracies its rows pooled as
/// "pooled_accuracy". Errors: as RunRepository::items. Cost: reads every row of the chosen evaluations.
[[nodiscard]] Result<std::map<ScoreName, ScoredRows>> scoredRows(const RunRepository& repository, const RunDetail& run,
                                                                 ScoredMoment moment, const std::string& onlyTask = {});

} // namespace lori::database
