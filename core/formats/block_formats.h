// SPDX-License-Identifier: Apache-2.0
#pragma once

// The blocks that GGUF's quantized tensors consist of. Internal to this room.

#include "core/support/simd.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace lori::formats::blocks {

template <typename T>
LORI_INLINE_IN_CLONES T load(const std::byte* bytes)
{
    T value;
    std::memcpy(&value, bytes, sizeof(T));
    return value;
}

/// IEEE half → single without branches, so that the compiler can run it on whole vectors: the half's exponent and mantissa bits,
/// read as a single, are 2^112 times too small; multiplying also normalizes subnormals. Infinity and NaN keep their exponent.
LORI_INLINE_IN_CLONES float halfToFloat(std::uint16_t half)
{
    const std::uint32_t sign = (static_cast<std::uint32_t>(half) & 0x8000U) << 16U;
    const std::uint32_t magnitude = (static_cast<std::uint32_t>(half) & 0x7fffU) << 13U;
    const std::uint32_t scaled = std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) * 0x1p112F);
    const std::uint32_t special = magnitude >= 0x0f800000U ? 0x7f800000U : 0U;
    return std::bit_cast<float>(sign | scaled | special);
}
LORI_INLINE_IN_CLONES float half(const std::byte* bytes)
{
    return halfToFloat(load<std::uint16_t>(bytes));
}

/// A part's scale and minimum, 6 bits each, of Q4_K and Q5_K: parts 0–3 have bytes 0–3 and 4–7; of parts 4–7 the lower four bits
/// are in bytes 8–11 and the upper two on top of those of parts 0–3.
struct ScaleAndMinimum {
    float scale;
    float minimum;
};
LORI_INLINE_IN_CLONES ScaleAndMinimum scaleAndMinimum(const std::byte* packed, std::size_t part)
{
    if (part < 4) {
        return {static_cast<float>(static_cast<int>(packed[part]) & 63),
                static_cast<float>(static_cast<int>(packed[part + 4]) & 63)};
    }
    const int low = static_cast<int>(packed[part + 4]);
    return {static_cast<float>((low & 15) | ((static_cast<int>(packed[part - 4]) >> 6) << 4)),
            static_cast<float>((low >> 4) | ((static_cast<int>(packed[part]) >> 6) << 4))};
}

/// The sixteen values that a nibble of IQ4_NL and IQ4_XS stands for.
inline constexpr std::int8_t kCurve[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113}; // NOLINT

/// Each reads out.size() entries, whole blocks, from `in`. Each product and sum is rounded to f32 on its own, as the reference
/// implementations do.
void fromQ80(const std::byte* in, std::span<float> out);
void fromQ40(const std::byte* in, std::span<float> out);
void fromQ41(const std::byte* in, std::span<float> out);
void fromQ50(const std::byte* in, std::span<float> out);
void fromQ51(const std::byte* in, std::span<float> out);
void fromIQ4NL(const std::byte* in, std::span<float> out);

void fromQ2K(const std::byte* in, std::span<float> out);
void fromQ3K(const std::byte* in, std::span<float> out);
void fromQ4K(const std::byte* in, std::span<float> out);
void fromQ5K(const std::byte* in, std::span<float> out);
void fromQ6K(const std::byte* in, std::span<float> out);
void fromQ8K(const std::byte* in, std::span<float> out);
void fromIQ4XS(const std::byte* in, std::span<float> out);

} // namespace lori::formats::blocks
