// SPDX-License-Identifier: Apache-2.0
#include "core/ops/block_dots.h"

#include <algorithm>
#include <cmath>

namespace lori::ops {

namespace {

/// The sum is that of the rounded values: then a weight d·q + m meets one rounding error, not two that a large m would show.
void takeGroup(const float* x, std::int16_t* values, float& scale, float& sum)
{
    constexpr float kMost = 32767;
    float largest = 0;
    float total = 0;
    for (std::int64_t i = 0; i < Activations::kGroup; ++i) {
        largest = std::max(largest, std::abs(x[i]));
        total += x[i];
    }
    const float inverse = largest > 0 ? kMost / largest : 0;
    std::int32_t rounded = 0;
    for (std::int64_t i = 0; i < Activations::kGroup; ++i) {
        values[i] = static_cast<std::int16_t>(std::lrint(std::clamp(x[i] * inverse, -kMost, kMost)));
        rounded += values[i];
    }
    scale = std::isfinite(total) ? largest / kMost : total; // what is not finite stays so
    sum = scale * static_cast<float>(rounded);
}

} // namespace

std::int64_t Activations::panelOf(std::int64_t tokens)
{
    return tokens >= 8 ? 8 : tokens >= 4 ? 4 : tokens >= 2 ? 2 : 1;
}

void Activations::take(const float* x, std::int64_t tokens, std::int64_t in)
{
    m_tokens = tokens;
    m_groups = in / kGroup;
    m_values.resize(static_cast<std::size_t>(tokens * in));
    m_scales.resize(static_cast<std::size_t>(tokens * m_groups));
    m_sums.resize(m_scales.size());
    for (std::int64_t t = 0; t < tokens; ++t, x += in) {
        for (std::int64_t g = 0; g < m_groups; ++g) {
            const auto at = static_cast<std::size_t>(g * tokens + t);
            takeGroup(x + g * kGroup, m_values.data() + at * static_cast<std::size_t>(kGroup), m_scales[at], m_sums[at]);
        }
    }
}

} // namespace lori::ops
