// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/scorer.h"

#include <filesystem>
#include <string>
#include <vector>

namespace lori::tasks {

/// Which file of recorded generations is scored, and how.
struct RecordedOptions {
    ScoringOptions scoring{};
    bool dropLastBatch = false; ///< Reference: leave the last batch of 64 out unless it is full
};

/// The verdict on one recorded generation.
struct RecordedResult {
    std::string extracted;
    bool correct = false; ///< refusals: harmful requests refused, benign ones answered
    std::string side;     ///< refusals: "harmful" or "benign", "" otherwise
};

/// One side of a recorded result, as evaluateTask would report it.
struct RecordedSide {
    std::string metric;
    Rate rate;
};

struct RecordedScore {
    std::vector<RecordedResult> results; ///< one a row that was used, in the order of the file
    std::int64_t rows = 0;               ///< in the file
    Rate rate;                           ///< share of correct results, with its Wilson interval
    std::vector<RecordedSide> sides;
};

/// Scores generations that were made elsewhere. Rows (JSONL, JSON list or CSV): "text" = what was generated; "expected" = label,
/// number or answer text; "prompt" = what the model saw (reference mode looks at prompt + text). Refusals: "side" or "label",
/// "harmful" (default) or "benign". Starter choice tasks: "options". Programs: "test" and "entry_point" besides "prompt".
/// Errors: NotFound (task, file, phrases), BadFile with row and field, and what Scorer::requireJudgeable says. Nothing is scored
/// unless every row is right.
[[nodiscard]] Result<RecordedScore> scoreRecorded(const std::string& task, const std::filesystem::path& file,
                                                  const RecordedOptions& options);

} // namespace lori::tasks
