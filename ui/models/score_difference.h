// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tasks/comparison.h"
#include "database/run_records.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lori::ui {

/// What can be said about a score of one side against the baseline's.
enum class ScoreVerdict : std::uint8_t { NoClearDifference, Better, Worse };

/// The difference of one score to the baseline's. Judged on the common rows when both sides kept theirs (tasks::compareItems, as
/// `lori history compare` does), else by whether the two Wilson intervals overlap.
struct ScoreDifference {
    double points = 0;                           ///< side − baseline, in percentage points
    std::optional<tasks::ItemComparison> paired; ///< on the common rows; its flips say which
    std::string notPaired;                       ///< why the rows could not be matched, "" when there are none or they were
    ScoreVerdict verdict = ScoreVerdict::NoClearDifference;
};

/// A score with its judged rows; nullptr or empty where none were kept.
struct ScoreWithRows {
    database::Score score;
    const std::vector<tasks::ScoredItem>* rows = nullptr;
};

/// Cost: O(n log n) of the rows.
[[nodiscard]] ScoreDifference differenceOf(const ScoreWithRows& baseline, const ScoreWithRows& side, bool higherIsBetter);

/// A number with its sign before it, "+0.012" or "−0.012", in the window's language.
[[nodiscard]] QString signedNumber(double value, int decimals);
/// "+12.5", "−3.9": with a sign and one decimal, in the window's language.
[[nodiscard]] QString signedPoints(double points);
/// "no clear difference", "+12.5 points, better"
[[nodiscard]] QString differenceWords(const ScoreDifference& difference);
/// The interval of the difference, the rows it was judged on, what flipped, or why it was judged by the intervals alone.
[[nodiscard]] QString differenceExplanation(const ScoreDifference& difference, bool higherIsBetter);

} // namespace lori::ui
