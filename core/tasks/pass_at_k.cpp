// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/pass_at_k.h"

#include <algorithm>
#include <cmath>

namespace lori::tasks {

double passAtK(std::int64_t n, std::int64_t c, std::int64_t k)
{
    if (c < 0 || c > n || k < 1 || k > n) {
        throw Exception(ErrorCode::InvalidArgument,
                        "pass@" + std::to_string(k) + " of " + std::to_string(c) + " passes in " + std::to_string(n) +
                            " samples is not defined",
                        "draw at least as many samples as k");
    }
    if (n - c < k) {
        return 1;
    }
    double allFail = 1;
    for (std::int64_t i = n - c + 1; i <= n; ++i) {
        allFail *= 1 - static_cast<double>(k) / static_cast<double>(i);
    }
    return 1 - allFail;
}

Rate meanPassAtK(std::span<const std::int64_t> passes, std::int64_t samples, std::int64_t k)
{
    constexpr double z = 1.959964;
    const auto problems = static_cast<std::int64_t>(passes.size());
    double sum = 0;
    double squares = 0;
    std::int64_t passed = 0;
    for (const std::int64_t c : passes) {
        const double value = passAtK(samples, c, k);
        sum += value;
        squares += value * value;
        passed += c > 0 ? 1 : 0;
    }
    const double count = static_cast<double>(std::max<std::int64_t>(1, problems));
    const double mean = sum / count;
    const double variance = problems > 1 ? std::max(0.0, (squares - count * mean * mean) / (count - 1)) : 0.0;
    Rate rate = wilson(std::llround(sum), problems);
    if (variance > 1e-12) {
        const double half = z * std::sqrt(variance / count);
        rate.low = std::max(0.0, mean - half);
        rate.high = std::min(1.0, mean + half);
    }
    rate.value = mean;
    rate.hits = passed;
    return rate;
}

} // namespace lori::tasks
