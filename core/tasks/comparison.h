// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/task.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lori::tasks {

/// One judged row, as a result stores it.
struct ScoredItem {
    std::string id;
    std::string prompt;
    std::string expected;
    std::string answer;
    bool hit = false;
};

/// A row that the two results judge differently.
struct Flip {
    std::string id;
    std::string prompt;
    std::string expected;
    std::string firstAnswer;
    std::string secondAnswer;
};

enum class ComparisonVerdict : std::uint8_t { NoClearDifference, FirstHigher, SecondHigher };

/// Two results on the same rows. "Right" = hit; on a metric where lower is better a hit is the unwanted thing.
struct ItemComparison {
    Rate first; ///< over the common rows
    Rate second;
    std::int64_t bothRight = 0;
    std::int64_t bothWrong = 0;
    std::vector<Flip> rightToWrong; ///< right in the first, wrong in the second
    std::vector<Flip> wrongToRight;
    std::int64_t onlyInFirst = 0; ///< rows that the other result does not have
    std::int64_t onlyInSecond = 0;
    double pValue = 1;     ///< McNemar's exact two-sided test
    double difference = 0; ///< second − first, −1 … 1
    double low = 0;        ///< its 95 % interval, rows paired
    double high = 0;
    ComparisonVerdict verdict = ComparisonVerdict::NoClearDifference; ///< a difference is clear when p < 0.05
};

/// McNemar's exact test of b flips one way and c the other: min(1, 2·P(X ≤ min(b, c))), X binomial(b + c, ½); 1 without flips.
/// Source: McNemar, Psychometrika 12, 1947. Throws Exception(InvalidArgument) for negative counts.
[[nodiscard]] double mcNemarExact(std::int64_t b, std::int64_t c);

/// Matches rows by id and compares them. The interval is Bonett and Price's (Br. J. Math. Stat. Psychol. 65, 2012):
///   p12 = (b+1)/(n+2), p21 = (c+1)/(n+2); difference p21 − p12 ± z·√((p12 + p21 − (p12 − p21)²)/(n+2)).
/// Errors: InvalidArgument (an id twice; samples, whose ids hold "#"; no common row), Mismatch (a row with the same id but
/// another question or expected answer). Cost O(n log n).
[[nodiscard]] Result<ItemComparison> compareItems(const std::vector<ScoredItem>& first, const std::vector<ScoredItem>& second);

/// One sentence: "no clear difference (+1.2 points [-2.1, +4.5], p = 0.47)" or "the second is higher by …".
[[nodiscard]] std::string verdictSentence(const ItemComparison& comparison);

} // namespace lori::tasks
