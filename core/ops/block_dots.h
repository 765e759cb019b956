// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"

#include <cstddef>
#include <cstdint>
#include <vector>

// Internal to this room: one row of a block matrix times a few tokens.
namespace lori::ops {

/// Activations of 1, 2, 4 or 8 tokens in groups of 32: x ≈ scale · value, sum = Σ scale · value of the group. A group's tokens
/// lie side by side.
class Activations final {
public:
    static constexpr std::int64_t kGroup = 32;
    static constexpr std::int64_t kMostTokens = 8;
    /// The largest of 1, 2, 4, 8 that is not above `tokens` (≥ 1).
    [[nodiscard]] static std::int64_t panelOf(std::int64_t tokens);

    /// x [tokens, in], in a multiple of 32; tokens 1, 2, 4 or 8. Values that are not finite give results that are not.
    void take(const float* x, std::int64_t tokens, std::int64_t in);
    [[nodiscard]] std::int64_t tokens() const { return m_tokens; }
    [[nodiscard]] std::int64_t groups() const { return m_groups; }
    [[nodiscard]] const std::int16_t* values() const { return m_values.data(); } ///< [groups, tokens, 32]
    [[nodiscard]] const float* scales() const { return m_scales.data(); }        ///< [groups, tokens]
    [[nodiscard]] const float* sums() const { return m_sums.data(); }            ///< [groups, tokens]

private:
    std::vector<std::int16_t> m_values;
    std::vector<float> m_scales;
    std::vector<float> m_sums;
    std::int64_t m_tokens = 0;
    std::int64_t m_groups = 0;
};

/// y[t] = Σ w·x of token t over a row.
using BlockDot = void (*)(const std::byte* row, const Activations& x, float* y);

/// Nullptr for types that have none (Q2_K, Q3_K, Q8_K, IQ4_XS), and where processor or compiler lack AVX2 and FMA: rows are
/// widened then.
[[nodiscard]] BlockDot blockDotOf(formats::DType type);

} // namespace lori::ops
