// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/comparison.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <unordered_map>

namespace lori::tasks {

namespace {

constexpr double kZ = 1.959964;
constexpr double kClear = 0.05;

using Index = std::unordered_map<std::string_view, const ScoredItem*>;

Index indexOf(const std::vector<ScoredItem>& items)
{
    Index index;
    for (const ScoredItem& item : items) {
        if (item.id.find('#') != std::string::npos) {
            throw Exception(ErrorCode::InvalidArgument, "the result was sampled: \"" + item.id + "\" is one of several answers",
                            "compare results with one answer a row");
        }
        if (!index.emplace(item.id, &item).second) {
            throw Exception(ErrorCode::InvalidArgument, "the row \"" + item.id + "\" is there more than once",
                            "compare results with one answer a row");
        }
    }
    return index;
}

void requireSameQuestion(const ScoredItem& a, const ScoredItem& b)
{
    if (a.prompt != b.prompt || a.expected != b.expected) {
        throw Exception(ErrorCode::Mismatch,
                        "the row \"" + a.id + "\" has another question or expected answer in the other result",
                        "compare results on the same data");
    }
}

/// Difference and interval of c gained and b lost among n rows.
void setInterval(ItemComparison& result, std::int64_t n)
{
    const auto b = static_cast<double>(result.rightToWrong.size());
    const auto c = static_cast<double>(result.wrongToRight.size());
    const double rows = static_cast<double>(n);
    const double lost = (b + 1) / (rows + 2);
    const double gained = (c + 1) / (rows + 2);
    const double half = kZ * std::sqrt((lost + gained - (lost - gained) * (lost - gained)) / (rows + 2));
    result.difference = (c - b) / rows;
    result.low = std::max(-1.0, gained - lost - half);
    result.high = std::min(1.0, gained - lost + half);
}

} // namespace

double mcNemarExact(std::int64_t b, std::int64_t c)
{
    if (b < 0 || c < 0) {
        throw Exception(ErrorCode::InvalidArgument, "flips cannot be fewer than none", "count again");
    }
    const double flips = static_cast<double>(b + c);
    const double all = std::lgamma(flips + 1) - flips * std::log(2.0);
    double tail = 0;
    for (std::int64_t i = 0; i <= std::min(b, c); ++i) {
        const double x = static_cast<double>(i);
        tail += std::exp(all - std::lgamma(x + 1) - std::lgamma(flips - x + 1));
    }
    return std::min(1.0, 2 * tail);
}

Result<ItemComparison> compareItems(const std::vector<ScoredItem>& first, const std::vector<ScoredItem>& second)
{
    return guard([&] {
        const Index before = indexOf(first);
        const Index after = indexOf(second);
        ItemComparison result;
        std::int64_t hitsBefore = 0;
        std::int64_t hitsAfter = 0;
        std::int64_t n = 0;
        for (const ScoredItem& b : second) {
            const auto it = before.find(b.id);
            if (it == before.end()) {
                ++result.onlyInSecond;
                continue;
            }
            const ScoredItem& a = *it->second;
            requireSameQuestion(a, b);
            ++n;
            hitsBefore += a.hit ? 1 : 0;
            hitsAfter += b.hit ? 1 : 0;
            if (a.hit != b.hit) {
                (a.hit ? result.rightToWrong : result.wrongToRight).push_back({b.id, b.prompt, b.expected, a.answer, b.answer});
            } else {
                (a.hit ? result.bothRight : result.bothWrong) += 1;
            }
        }
        if (n == 0) {
            throw Exception(ErrorCode::InvalidArgument, "the two results have no row in common",
                            "compare results on the same data");
        }
        result.onlyInFirst = static_cast<std::int64_t>(before.size()) - n;
        result.first = wilson(hitsBefore, n);
        result.second = wilson(hitsAfter, n);
        result.pValue = mcNemarExact(static_cast<std::int64_t>(result.rightToWrong.size()),
                                     static_cast<std::int64_t>(result.wrongToRight.size()));
        setInterval(result, n);
        if (result.pValue < kClear) {
            result.verdict = result.difference > 0 ? ComparisonVerdict::SecondHigher : ComparisonVerdict::FirstHigher;
        }
        return result;
    });
}

std::string verdictSentence(const ItemComparison& comparison)
{
    std::array<char, 200> text{};
    const char* what = comparison.verdict == ComparisonVerdict::NoClearDifference ? "no clear difference"
                       : comparison.verdict == ComparisonVerdict::SecondHigher    ? "the second is higher"
                                                                                  : "the first is higher";
    std::snprintf(text.data(), text.size(), "%s (%+.1f points [%+.1f, %+.1f], p = %.2g)", what, // NOLINT: fixed width
                  100 * comparison.difference, 100 * comparison.low, 100 * comparison.high, comparison.pValue);
    return text.data();
}

} // namespace lori::tasks
