// SPDX-License-Identifier: Apache-2.0
#include "core/formats/block_formats.h"

// Blocks of 32 entries, little endian; d and m are f16, q unsigned nibbles, low nibbles are entries 0–15, high ones 16–31; h has
// the fifth bit of each entry:
//   Q8_0    d, 32 × i8                x = d · q
//   Q4_0    d, 16 bytes of q          x = d · (q - 8)
//   Q4_1    d, m, 16 bytes of q       x = d · q + m
//   Q5_0    d, u32 h, 16 bytes of q   x = d · (q + 16·h - 16)
//   Q5_1    d, m, u32 h, 16 bytes     x = d · (q + 16·h) + m
//   IQ4_NL  d, 16 bytes of q          x = d · kCurve[q]

namespace lori::formats::blocks {

namespace {

constexpr std::size_t kBlock = 32;
constexpr std::size_t kHalf = kBlock / 2;

LORI_INLINE_IN_CLONES int low(std::byte pair)
{
    return static_cast<int>(pair) & 15;
}
LORI_INLINE_IN_CLONES int high(std::byte pair)
{
    return static_cast<int>(pair) >> 4;
}
/// The fifth bit of entry `i`, at its place.
LORI_INLINE_IN_CLONES int fifth(std::uint32_t bits, std::size_t i)
{
    return static_cast<int>(((bits >> i) & 1U) << 4U);
}

} // namespace

LORI_MULTIARCH void fromQ80(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 34) {
        const float d = half(in);
        for (std::size_t i = 0; i < kBlock; ++i) {
            out[at + i] = d * static_cast<float>(static_cast<std::int8_t>(in[2 + i]));
        }
    }
}

LORI_MULTIARCH void fromQ40(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 18) {
        const float d = half(in);
        for (std::size_t i = 0; i < kHalf; ++i) {
            out[at + i] = d * static_cast<float>(low(in[2 + i]) - 8);
            out[at + i + kHalf] = d * static_cast<float>(high(in[2 + i]) - 8);
        }
    }
}

LORI_MULTIARCH void fromQ41(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 20) {
        const float d = half(in);
        const float m = half(in + 2);
        for (std::size_t i = 0; i < kHalf; ++i) {
            out[at + i] = d * static_cast<float>(low(in[4 + i])) + m;
            out[at + i + kHalf] = d * static_cast<float>(high(in[4 + i])) + m;
        }
    }
}

LORI_MULTIARCH void fromQ50(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 22) {
        const float d = half(in);
        const auto h = load<std::uint32_t>(in + 2);
        for (std::size_t i = 0; i < kHalf; ++i) {
            out[at + i] = d * static_cast<float>((low(in[6 + i]) | fifth(h, i)) - 16);
            out[at + i + kHalf] = d * static_cast<float>((high(in[6 + i]) | fifth(h, i + kHalf)) - 16);
        }
    }
}

LORI_MULTIARCH void fromQ51(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 24) {
        const float d = half(in);
        const float m = half(in + 2);
        const auto h = load<std::uint32_t>(in + 4);
        for (std::size_t i = 0; i < kHalf; ++i) {
            out[at + i] = d * static_cast<float>(low(in[8 + i]) | fifth(h, i)) + m;
            out[at + i + kHalf] = d * static_cast<float>(high(in[8 + i]) | fifth(h, i + kHalf)) + m;
        }
    }
}

LORI_MULTIARCH void fromIQ4NL(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 18) {
        const float d = half(in);
        for (std::size_t i = 0; i < kHalf; ++i) {
            out[at + i] = d * static_cast<float>(kCurve[low(in[2 + i])]);
            out[at + i + kHalf] = d * static_cast<float>(kCurve[high(in[2 + i])]);
        }
    }
}

} // namespace lori::formats::blocks
