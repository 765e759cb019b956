// SPDX-License-Identifier: Apache-2.0
#include "core/generation/sampler.h"

#include "core/generation/generator.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace lori::generation {

namespace {

/// Token ids from the most to the least likely (lower ids first on ties), put in order as far as somebody looks: a draw needs a
/// few of fifty thousand.
class MostLikely final {
public:
    MostLikely(const float* logits, std::int64_t vocabulary) : m_logits(logits), m_ids(static_cast<std::size_t>(vocabulary))
    {
        std::iota(m_ids.begin(), m_ids.end(), 0);
    }
    [[nodiscard]] std::size_t size() const { return m_ids.size(); }
    /// All of them, in no order.
    [[nodiscard]] const std::vector<std::int32_t>& ids() const { return m_ids; }
    [[nodiscard]] std::int32_t at(std::size_t place)
    {
        while (place >= m_sorted) {
            sortMore();
        }
        return m_ids[place];
    }
    void keep(std::size_t count)
    {
        static_cast<void>(at(count - 1));
        m_ids.resize(count);
        m_sorted = std::min(m_sorted, count);
    }

private:
    void sortMore()
    {
        constexpr std::size_t kFirst = 64;
        const std::size_t end = std::min(m_ids.size(), m_sorted == 0 ? kFirst : 8 * m_sorted);
        const auto larger = [this](std::int32_t a, std::int32_t b) {
            return m_logits[a] > m_logits[b] || (m_logits[a] == m_logits[b] && a < b);
        };
        const auto first = m_ids.begin() + static_cast<std::ptrdiff_t>(m_sorted);
        const auto last = m_ids.begin() + static_cast<std::ptrdiff_t>(end);
        if (last != m_ids.end()) {
            std::nth_element(first, last, m_ids.end(), larger);
        }
        std::sort(first, last, larger);
        m_sorted = end;
    }

    const float* m_logits;
    std::vector<std::int32_t> m_ids;
    std::size_t m_sorted = 0;
};

} // namespace

std::mt19937_64 promptStream(std::uint64_t seed, std::size_t index)
{
    std::seed_seq sequence{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U),
                           static_cast<std::uint32_t>(index)};
    return std::mt19937_64(sequence);
}

std::int64_t sampleToken(const float* logits, std::int64_t vocabulary, const GenerateOptions& options, std::mt19937_64& stream)
{
    if (options.temperature <= 0) {
        return std::max_element(logits, logits + vocabulary) - logits;
    }
    MostLikely order(logits, vocabulary);
    if (options.topK > 0 && options.topK < vocabulary) {
        order.keep(static_cast<std::size_t>(options.topK));
    }
    const auto largest = static_cast<double>(logits[order.at(0)]);
    const auto weightOf = [&](std::int32_t id) {
        return std::exp((static_cast<double>(logits[id]) - largest) / options.temperature);
    };
    double total = 0;
    for (const std::int32_t id : order.ids()) {
        total += weightOf(id);
    }
    std::size_t kept = order.size();
    if (options.topP < 1) {
        double reached = 0;
        for (kept = 0; kept < order.size() && (kept == 0 || reached < options.topP * total); ++kept) {
            reached += weightOf(order.at(kept));
        }
        total = reached;
    }
    double draw = static_cast<double>(stream() >> 11U) * 0x1.0p-53 * total;
    for (std::size_t i = 0; i < kept; ++i) {
        draw -= weightOf(order.at(i));
        if (draw < 0) {
            return order.at(i);
        }
    }
    return order.at(kept - 1);
}

} // namespace lori::generation
