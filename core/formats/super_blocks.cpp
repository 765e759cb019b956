// SPDX-License-Identifier: Apache-2.0
#include "core/formats/block_formats.h"

// Blocks of 256 entries, little endian; d and m are f16 (Q8_K: f32). Each is cut into parts with a scale s (and a minimum n) of a
// few bits:
//   Q2_K    16 × (s, n nibbles), 64 bytes of q, d, m     16 entries a part   x = (d·s) · q - m·n
//   Q3_K    32 bytes of h, 64 of q, 12 of scales, d      16                  x = (d·(s - 32)) · (q - 4·!h)
//   Q4_K    d, m, 12 bytes of scales, 128 of q           32                  x = (d·s) · q - m·n
//   Q5_K    d, m, 12 of scales, 32 of h, 128 of q        32                  x = (d·s) · (q + 16·h) - m·n
//   Q6_K    128 bytes of q, 64 of h, 16 × i8 s, d        16                  x = (d·s) · (q + 16·h - 32)
//   Q8_K    d, 256 × i8 q, 16 × i16 sums                 256                 x = d · q
//   IQ4_XS  d, u16 and 4 bytes of scales, 128 of q       32                  x = (d·(s - 32)) · kCurve[q]

namespace lori::formats::blocks {

namespace {

constexpr std::size_t kBlock = 256;

LORI_INLINE_IN_CLONES int whole(std::byte value)
{
    return static_cast<int>(value);
}

/// A part's scale of Q3_K: the lower four bits of parts 0–7 and 8–15 share bytes 0–7, the upper two of four parts bytes 8–11.
LORI_INLINE_IN_CLONES float scaleOfQ3K(const std::byte* packed, std::size_t part)
{
    const int low = part < 8 ? whole(packed[part]) & 15 : whole(packed[part - 8]) >> 4;
    const int high = (whole(packed[8 + part % 4]) >> (2 * (part / 4))) & 3;
    return static_cast<float>((low | (high << 4)) - 32);
}

} // namespace

LORI_MULTIARCH void fromQ2K(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 84) {
        const float d = half(in + 80);
        const float m = half(in + 82);
        for (std::size_t part = 0; part < 16; ++part) { // two parts share the bits of 32 bytes, eight parts these bytes
            const std::byte* q = in + 16 + 32 * (part / 8) + 16 * (part % 2);
            const int shift = 2 * static_cast<int>(part % 8 / 2);
            const float scale = d * static_cast<float>(whole(in[part]) & 15);
            const float minimum = m * static_cast<float>(whole(in[part]) >> 4);
            for (std::size_t i = 0; i < 16; ++i) {
                out[at + 16 * part + i] = scale * static_cast<float>((whole(q[i]) >> shift) & 3) - minimum;
            }
        }
    }
}

LORI_MULTIARCH void fromQ3K(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 110) {
        const float d = half(in + 108);
        for (std::size_t part = 0; part < 16; ++part) {
            const std::byte* h = in + 16 * (part % 2);
            const std::byte* q = in + 32 + 32 * (part / 8) + 16 * (part % 2);
            const int bit = static_cast<int>(part / 2);
            const int shift = 2 * (bit % 4);
            const float scale = d * scaleOfQ3K(in + 96, part);
            for (std::size_t i = 0; i < 16; ++i) {
                const int value = ((whole(q[i]) >> shift) & 3) - 4 + (((whole(h[i]) >> bit) & 1) << 2);
                out[at + 16 * part + i] = scale * static_cast<float>(value);
            }
        }
    }
}

LORI_MULTIARCH void fromQ4K(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 144) {
        const float d = half(in);
        const float m = half(in + 2);
        for (std::size_t part = 0; part < 8; ++part) {
            const std::byte* q = in + 16 + 32 * (part / 2);
            const int shift = 4 * static_cast<int>(part % 2);
            const ScaleAndMinimum s = scaleAndMinimum(in + 4, part);
            const float scale = d * s.scale;
            const float minimum = m * s.minimum;
            for (std::size_t i = 0; i < 32; ++i) {
                out[at + 32 * part + i] = scale * static_cast<float>((whole(q[i]) >> shift) & 15) - minimum;
            }
        }
    }
}

LORI_MULTIARCH void fromQ5K(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 176) {
        const float d = half(in);
        const float m = half(in + 2);
        const std::byte* h = in + 16;
        for (std::size_t part = 0; part < 8; ++part) {
            const std::byte* q = in + 48 + 32 * (part / 2);
            const int shift = 4 * static_cast<int>(part % 2);
            const int bit = static_cast<int>(part);
            const ScaleAndMinimum s = scaleAndMinimum(in + 4, part);
            const float scale = d * s.scale;
            const float minimum = m * s.minimum;
            for (std::size_t i = 0; i < 32; ++i) {
                const int value = ((whole(q[i]) >> shift) & 15) | (((whole(h[i]) >> bit) & 1) << 4);
                out[at + 32 * part + i] = scale * static_cast<float>(value) - minimum;
            }
        }
    }
}

LORI_MULTIARCH void fromQ6K(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 210) {
        const float d = half(in + 208);
        for (std::size_t part = 0; part < 16; ++part) { // of each half, parts 0–3 are low nibbles of 64 bytes, 4–7 high ones
            const std::size_t upper = part / 8;
            const std::byte* q = in + 64 * upper + 16 * (part % 4);
            const std::byte* h = in + 128 + 32 * upper + 16 * (part % 2);
            const int shift = part % 8 < 4 ? 0 : 4;
            const int pair = 2 * static_cast<int>(part % 8 / 2);
            const float scale = d * static_cast<float>(static_cast<std::int8_t>(in[192 + part]));
            for (std::size_t i = 0; i < 16; ++i) {
                const int value = (((whole(q[i]) >> shift) & 15) | (((whole(h[i]) >> pair) & 3) << 4)) - 32;
                out[at + 16 * part + i] = scale * static_cast<float>(value);
            }
        }
    }
}

LORI_MULTIARCH void fromQ8K(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 292) {
        const float d = load<float>(in);
        for (std::size_t i = 0; i < kBlock; ++i) {
            out[at + i] = d * static_cast<float>(static_cast<std::int8_t>(in[4 + i]));
        }
    }
}

LORI_MULTIARCH void fromIQ4XS(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 136) {
        const float d = half(in);
        const int high = load<std::uint16_t>(in + 2);
        for (std::size_t part = 0; part < 8; ++part) {
            const std::byte* q = in + 8 + 16 * part;
            const int low = (whole(in[4 + part / 2]) >> (4 * static_cast<int>(part % 2))) & 15;
            const int top = (high >> (2 * static_cast<int>(part))) & 3;
            const float scale = d * static_cast<float>((low | (top << 4)) - 32);
            for (std::size_t i = 0; i < 16; ++i) {
                out[at + 32 * part + i] = scale * static_cast<float>(kCurve[whole(q[i]) & 15]);
                out[at + 32 * part + 16 + i] = scale * static_cast<float>(kCurve[whole(q[i]) >> 4]);
            }
        }
    }
}

} // namespace lori::formats::blocks
