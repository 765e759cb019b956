// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/magnitudes.h"
#include "core/analysis/mask_analysis.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace lori::analysis {

namespace {

constexpr std::size_t kBlock = 256; // entries between two stored sums: little memory, and little to add up at a question

/// The magnitudes of one module from large to small, with sums of squares up to every kBlock-th.
struct SortedModule {
    std::vector<float> descending;
    std::vector<double> squaresBefore; ///< [i] = sum of squares of the first i · kBlock entries

    explicit SortedModule(std::vector<float> values) : descending(std::move(values))
    {
        std::sort(descending.begin(), descending.end(), std::greater<>());
        double sum = 0;
        for (std::size_t i = 0; i < descending.size(); ++i) {
            if (i % kBlock == 0) {
                squaresBefore.push_back(sum);
            }
            sum += static_cast<double>(descending[i]) * static_cast<double>(descending[i]);
        }
    }
    /// Number of entries >= threshold.
    [[nodiscard]] std::size_t countFrom(float threshold) const
    {
        const auto end = std::upper_bound(descending.begin(), descending.end(), threshold, std::greater<>());
        return static_cast<std::size_t>(end - descending.begin());
    }
    /// Sum of squares of the `count` largest.
    [[nodiscard]] double squares(std::size_t count) const
    {
        const std::size_t block = std::min(count / kBlock, squaresBefore.size() - 1);
        double sum = squaresBefore[block];
        for (std::size_t i = block * kBlock; i < count; ++i) {
            sum += static_cast<double>(descending[i]) * static_cast<double>(descending[i]);
        }
        return sum;
    }
};

double share(double part, double whole)
{
    return whole > 0 ? std::sqrt(part / whole) : 0;
}

class SortedIndex final : public MagnitudeIndex {
public:
    explicit SortedIndex(std::vector<ModuleMagnitudes> modules) : m_modules(std::move(modules))
    {
        m_sorted.reserve(m_modules.size());
        for (const ModuleMagnitudes& module : m_modules) {
            m_sorted.emplace_back(module.values);
        }
    }

    [[nodiscard]] Result<MaskSummary> preview(double sparsity, MaskScope scope) const override
    {
        return guard([&] {
            const auto pools = poolsOf(m_modules, scope);
            MaskSummary summary;
            summary.modules.resize(m_modules.size());
            summary.threshold = std::numeric_limits<double>::quiet_NaN();
            double keptSquares = 0;
            double allSquares = 0;
            for (const auto& pool : pools) {
                const float threshold = thresholdOf(pool, sparsity);
                if (pools.size() == 1) {
                    summary.threshold = static_cast<double>(threshold);
                }
                for (const std::size_t member : pool) {
                    const SortedModule& sorted = m_sorted[member];
                    const std::size_t kept = sorted.countFrom(threshold);
                    const double part = sorted.squares(kept);
                    const double whole = sorted.squares(sorted.descending.size());
                    summary.modules[member] = {m_modules[member].layer, m_modules[member].projection,
                                               static_cast<std::int64_t>(kept),
                                               static_cast<std::int64_t>(sorted.descending.size()), share(part, whole)};
                    summary.kept += static_cast<std::int64_t>(kept);
                    summary.total += static_cast<std::int64_t>(sorted.descending.size());
                    keptSquares += part;
                    allSquares += whole;
                }
            }
            summary.normKept = share(keptSquares, allSquares);
            return summary;
        });
    }

    [[nodiscard]] std::vector<float> magnitudes(std::int64_t layer, Projection projection) const override
    {
        const auto it = std::find_if(m_modules.begin(), m_modules.end(),
                                     [&](const ModuleMagnitudes& m) { return m.layer == layer && m.projection == projection; });
        return it == m_modules.end() ? std::vector<float>{} : it->values;
    }

private:
    /// The k-th largest of a pool without merging its modules: the bits of floats >= 0 are ordered as the floats are, so the
    /// answer is found bit by bit, as the largest value that at least k entries reach.
    [[nodiscard]] float thresholdOf(const std::vector<std::size_t>& pool, double sparsity) const
    {
        std::int64_t entries = 0;
        for (const std::size_t member : pool) {
            entries += static_cast<std::int64_t>(m_sorted[member].descending.size());
        }
        const std::int64_t k = keptCount(sparsity, entries);
        if (k == 0) {
            refuseEmptyPool(sparsity, entries);
        }
        std::uint32_t bits = 0;
        for (std::uint32_t bit = 1U << 30U; bit != 0; bit >>= 1U) { // bit 31 is the sign
            const std::uint32_t candidate = bits | bit;
            if (candidate > std::bit_cast<std::uint32_t>(std::numeric_limits<float>::max())) {
                continue;
            }
            std::int64_t reached = 0;
            for (const std::size_t member : pool) {
                reached += static_cast<std::int64_t>(m_sorted[member].countFrom(std::bit_cast<float>(candidate)));
            }
            if (reached >= k) {
                bits = candidate;
            }
        }
        return std::bit_cast<float>(bits);
    }

    std::vector<ModuleMagnitudes> m_modules;
    std::vector<SortedModule> m_sorted;
};

} // namespace

Result<std::unique_ptr<MagnitudeIndex>> MagnitudeIndex::build(const formats::AdapterFiles& adapter)
{
    return guard([&]() -> std::unique_ptr<MagnitudeIndex> { return std::make_unique<SortedIndex>(loadMagnitudes(adapter)); });
}

} // namespace lori::analysis
