// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lori::tasks {

/// Token counts of one row; the response includes its EOS.
struct RowLength {
    std::int64_t prompt = 0;
    std::int64_t response = 0;
};

/// One bar: rows with low <= tokens < high.
struct LengthBin {
    std::int64_t low = 0;
    std::int64_t high = 0;
    std::int64_t rows = 0;
};

/// Percentiles are nearest-rank: the smallest length that at least that share of the rows does not exceed.
struct LengthStats {
    std::int64_t rows = 0;
    double meanPrompt = 0;
    double meanResponse = 0;
    double meanTotal = 0;
    std::int64_t shortest = 0;
    std::int64_t median = 0;
    std::int64_t percentile90 = 0;
    std::int64_t percentile99 = 0;
    std::int64_t longest = 0;
    std::int64_t truncatedRows = 0;   ///< rows longer than the limit
    std::vector<LengthBin> histogram; ///< of prompt + response; covers 0 to the longest, bars of equal width
};

/// Lengths of prompt and response together against a limit of `maxTokens`. At most `bins` bars. Cost O(n log n).
[[nodiscard]] LengthStats lengthStats(std::span<const RowLength> rows, std::int64_t maxTokens, std::int64_t bins = 24);

} // namespace lori::tasks
