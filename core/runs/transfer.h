// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/sequence.h"
#include "core/jobs/run_folder.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lori::runs {

/// A change of a rate on the same rows, in −1 … 1, with its paired 95 % interval (tasks::compareItems).
struct Change {
    double value = 0;
    double low = 0;
    double high = 0;
    double pValue = 1; ///< McNemar, exact
};

/// One measured score over a sequence.
struct TransferRow {
    std::string task;
    std::string metric;
    bool higherIsBetter = true;
    std::vector<double> rates;        ///< base model, then the end of each task that was scored
    std::int64_t learnedAt = -1;      ///< the task of the sequence that trains it, −1 when none does
    std::int64_t bestAt = -1;         ///< before the last task: index in `rates`
    std::optional<Change> forgetting; ///< best before the last task → last; negative is worse where higher is better
    std::optional<Change> backward;   ///< end of the task that learned it → last (backward transfer)
};

/// Forgetting and backward transfer of a finished sequence, from the stored items of its run. `result` is the run's result.json.
/// Errors: InvalidArgument when the result has no scores at its last stage; those of reading items.
[[nodiscard]] Result<std::vector<TransferRow>> transferOf(const jobs::RunFolder& folder, const experiment::SequenceConfig& config,
                                                          const nlohmann::json& result);
[[nodiscard]] nlohmann::json toJson(const std::vector<TransferRow>& rows);
/// A Markdown table: one row per score, one column per task, then forgetting and backward transfer in points with intervals.
[[nodiscard]] std::string transferText(const std::vector<TransferRow>& rows, const experiment::SequenceConfig& config);

} // namespace lori::runs
