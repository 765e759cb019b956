// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/length_stats.h"

#include <algorithm>
#include <cmath>

namespace lori::tasks {

LengthStats lengthStats(std::span<const RowLength> rows, std::int64_t maxTokens, std::int64_t bins)
{
    LengthStats stats;
    stats.rows = static_cast<std::int64_t>(rows.size());
    if (rows.empty()) {
        return stats;
    }
    std::vector<std::int64_t> totals;
    totals.reserve(rows.size());
    for (const RowLength& row : rows) {
        stats.meanPrompt += static_cast<double>(row.prompt);
        stats.meanResponse += static_cast<double>(row.response);
        totals.push_back(row.prompt + row.response);
    }
    const auto n = static_cast<double>(rows.size());
    stats.meanPrompt /= n;
    stats.meanResponse /= n;
    stats.meanTotal = stats.meanPrompt + stats.meanResponse;
    std::sort(totals.begin(), totals.end());
    const auto percentile = [&](double share) {
        const auto rank = static_cast<std::size_t>(std::ceil(share * n));
        return totals[std::clamp<std::size_t>(rank, 1, totals.size()) - 1];
    };
    stats.shortest = totals.front();
    stats.median = percentile(0.5);
    stats.percentile90 = percentile(0.9);
    stats.percentile99 = percentile(0.99);
    stats.longest = totals.back();
    stats.truncatedRows = totals.end() - std::upper_bound(totals.begin(), totals.end(), maxTokens);

    const std::int64_t width =
        std::max<std::int64_t>(1, (stats.longest + std::max<std::int64_t>(1, bins)) / std::max<std::int64_t>(1, bins));
    for (std::int64_t low = 0; low <= stats.longest; low += width) {
        const auto first = std::lower_bound(totals.begin(), totals.end(), low);
        const auto last = std::lower_bound(first, totals.end(), low + width);
        stats.histogram.push_back({low, low + width, last - first});
    }
    return stats;
}

} // namespace lori::tasks
