// SPDX-License-Identifier: Apache-2.0
#include "core/generation/sampler.h"

#include "core/generation/generator.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace lori::generation {

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
    std::vector<std::int32_t> order(static_cast<std::size_t>(vocabulary));
    std::iota(order.begin(), order.end(), 0);
    const auto larger = [&](std::int32_t a, std::int32_t b) {
        return logits[a] > logits[b] || (logits[a] == logits[b] && a < b);
    };
    std::size_t count = order.size();
    if (options.topK > 0 && static_cast<std::size_t>(options.topK) < count) {
        count = static_cast<std::size_t>(options.topK);
        std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(), larger);
        order.resize(count);
    }
    std::sort(order.begin(), order.end(), larger);
    std::vector<double> weights;
    double total = 0;
    for (const std::int32_t id : order) {
        weights.push_back(
            std::exp((static_cast<double>(logits[id]) - static_cast<double>(logits[order.front()])) / options.temperature));
        total += weights.back();
    }
    if (options.topP < 1) {
        double reached = 0;
        std::size_t keep = 0;
        while (keep < weights.size() && (keep == 0 || reached < options.topP * total)) {
            reached += weights[keep++];
        }
        weights.resize(keep);
        total = reached;
    }
    double draw = static_cast<double>(stream() >> 11U) * 0x1.0p-53 * total;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        draw -= weights[i];
        if (draw < 0) {
            return order[i];
        }
    }
    return order[weights.size() - 1];
}

} // namespace lori::generation
