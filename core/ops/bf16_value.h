// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ops/bf16_product.h"

#include <bit>
#include <cstdint>

// Internal to this room: one bf16 number, the upper half of an f32.
namespace lori::ops {

/// To nearest, ties to even; what is not a number stays one.
inline std::uint16_t roundedToBf16(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    if ((bits & 0x7FFFFFFFU) > 0x7F800000U) {
        return static_cast<std::uint16_t>(bits >> 16U | 0x40U);
    }
    return static_cast<std::uint16_t>((bits + 0x7FFFU + (bits >> 16U & 1U)) >> 16U);
}

inline float widened(std::uint16_t bf16)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(bf16) << 16U);
}

/// Entry (r, c) as bf16.
inline std::uint16_t roundedEntry(const MatrixView& m, std::int64_t r, std::int64_t c)
{
    const std::int64_t at = r * m.rowStride + c * m.columnStride;
    return m.isBf16 ? static_cast<const std::uint16_t*>(m.data)[at] : roundedToBf16(static_cast<const float*>(m.data)[at]);
}

} // namespace lori::ops
