// SPDX-License-Identifier: Apache-2.0
// Portable forms; the blocks are described in core/formats/block_formats.cpp and super_blocks.cpp.
#include "core/ops/block_dots.h"

#include "core/formats/block_formats.h"

#include <algorithm>
#include <cmath>

namespace lori::ops {

using formats::DType;
using formats::blocks::half;
using formats::blocks::load;

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

namespace plain { // named, as block_dots_avx2.cpp has forms of the same names
namespace {

int whole(std::byte value)
{
    return static_cast<int>(value);
}

/// 32 entries: w = d·q + m, the second half of them with a d of its own.
struct Group {
    std::int16_t q[Activations::kGroup];
    float d = 0;
    float d2 = 0;
    float m = 0;
};

void nibbles(const std::byte* in, Group& g)
{
    for (int i = 0; i < 16; ++i) {
        g.q[i] = static_cast<std::int16_t>(whole(in[i]) & 15);
        g.q[i + 16] = static_cast<std::int16_t>(whole(in[i]) >> 4);
    }
}

struct Q40 {
    static constexpr std::size_t kBytes = 18;
    static constexpr std::size_t kGroups = 1;
    static void read(const std::byte* in, std::size_t /*group*/, Group& g)
    {
        g.d = g.d2 = half(in);
        g.m = -8 * g.d;
        nibbles(in + 2, g);
    }
};

struct Q41 {
    static constexpr std::size_t kBytes = 20;
    static constexpr std::size_t kGroups = 1;
    static void read(const std::byte* in, std::size_t /*group*/, Group& g)
    {
        g.d = g.d2 = half(in);
        g.m = half(in + 2);
        nibbles(in + 4, g);
    }
};

void addFifthBits(const std::byte* in, Group& g)
{
    const auto bits = load<std::uint32_t>(in);
    for (unsigned i = 0; i < 32; ++i) {
        g.q[i] = static_cast<std::int16_t>(g.q[i] | static_cast<std::int16_t>(((bits >> i) & 1U) << 4U));
    }
}

struct Q50 {
    static constexpr std::size_t kBytes = 22;
    static constexpr std::size_t kGroups = 1;
    static void read(const std::byte* in, std::size_t /*group*/, Group& g)
    {
        g.d = g.d2 = half(in);
        g.m = -16 * g.d;
        nibbles(in + 6, g);
        addFifthBits(in + 2, g);
    }
};

struct Q51 {
    static constexpr std::size_t kBytes = 24;
    static constexpr std::size_t kGroups = 1;
    static void read(const std::byte* in, std::size_t /*group*/, Group& g)
    {
        g.d = g.d2 = half(in);
        g.m = half(in + 2);
        nibbles(in + 8, g);
        addFifthBits(in + 4, g);
    }
};

struct Q80 {
    static constexpr std::size_t kBytes = 34;
    static constexpr std::size_t kGroups = 1;
    static void read(const std::byte* in, std::size_t /*group*/, Group& g)
    {
        g.d = g.d2 = half(in);
        g.m = 0;
        for (int i = 0; i < 32; ++i) {
            g.q[i] = static_cast<std::int8_t>(in[2 + i]); // NOLINT(bugprone-signed-char-misuse): below 0 is meant
        }
    }
};

struct Iq4Nl {
    static constexpr std::size_t kBytes = 18;
    static constexpr std::size_t kGroups = 1;
    static void read(const std::byte* in, std::size_t /*group*/, Group& g)
    {
        g.d = g.d2 = half(in);
        g.m = 0;
        nibbles(in + 2, g);
        for (std::int16_t& q : g.q) {
            q = formats::blocks::kCurve[q]; // NOLINT(bugprone-signed-char-misuse): below 0 is meant
        }
    }
};

/// Scale and minimum of a part of Q4_K and Q5_K (core/formats/super_blocks.cpp).
void scalesOf(const std::byte* packed, std::size_t part, float d, float m, Group& g)
{
    const int low = whole(packed[part + 4]);
    const int scale = part < 4 ? whole(packed[part]) & 63 : (low & 15) | ((whole(packed[part - 4]) >> 6) << 4);
    const int minimum = part < 4 ? low & 63 : (low >> 4) | ((whole(packed[part]) >> 6) << 4);
    g.d = g.d2 = d * static_cast<float>(scale);
    g.m = -m * static_cast<float>(minimum);
}

struct Q4K {
    static constexpr std::size_t kBytes = 144;
    static constexpr std::size_t kGroups = 8;
    static void read(const std::byte* in, std::size_t group, Group& g)
    {
        scalesOf(in + 4, group, half(in), half(in + 2), g);
        const std::byte* q = in + 16 + 32 * (group / 2);
        const int shift = 4 * static_cast<int>(group % 2);
        for (int i = 0; i < 32; ++i) {
            g.q[i] = static_cast<std::int16_t>((whole(q[i]) >> shift) & 15);
        }
    }
};

struct Q5K {
    static constexpr std::size_t kBytes = 176;
    static constexpr std::size_t kGroups = 8;
    static void read(const std::byte* in, std::size_t group, Group& g)
    {
        scalesOf(in + 4, group, half(in), half(in + 2), g);
        const std::byte* h = in + 16;
        const std::byte* q = in + 48 + 32 * (group / 2);
        const int shift = 4 * static_cast<int>(group % 2);
        for (int i = 0; i < 32; ++i) {
            const int fifth = (whole(h[i]) >> static_cast<int>(group)) & 1;
            g.q[i] = static_cast<std::int16_t>(((whole(q[i]) >> shift) & 15) | (fifth << 4));
        }
    }
};

struct Q6K {
    static constexpr std::size_t kBytes = 210;
    static constexpr std::size_t kGroups = 8;
    static void read(const std::byte* in, std::size_t group, Group& g)
    {
        const float d = half(in + 208);
        g.d = d * static_cast<float>(static_cast<std::int8_t>(in[192 + 2 * group]));
        g.d2 = d * static_cast<float>(static_cast<std::int8_t>(in[193 + 2 * group]));
        g.m = 0;
        const std::size_t upper = group / 4;
        const std::size_t part = 2 * group % 8; // within the half
        const std::byte* q = in + 64 * upper + 16 * (part % 4);
        const std::byte* h = in + 128 + 32 * upper;
        const int shift = part < 4 ? 0 : 4;
        const int pair = static_cast<int>(part);
        for (int i = 0; i < 32; ++i) {
            g.q[i] = static_cast<std::int16_t>((((whole(q[i]) >> shift) & 15) | (((whole(h[i]) >> pair) & 3) << 4)) - 32);
        }
    }
};

template <typename Format>
void plainDot(const std::byte* row, const Activations& x, float* y)
{
    const std::int64_t tokens = x.tokens();
    std::fill_n(y, tokens, 0.0F);
    const std::int16_t* values = x.values();
    const float* scales = x.scales();
    const float* sums = x.sums();
    Group g;
    for (std::int64_t at = 0; at < x.groups(); row += Format::kBytes) {
        for (std::size_t group = 0; group < Format::kGroups; ++group, ++at) {
            Format::read(row, group, g);
            for (std::int64_t t = 0; t < tokens; ++t, values += Activations::kGroup) {
                std::int32_t first = 0;
                std::int32_t second = 0;
                for (int i = 0; i < 16; ++i) {
                    first += static_cast<std::int32_t>(g.q[i]) * values[i];
                }
                for (int i = 16; i < 32; ++i) {
                    second += static_cast<std::int32_t>(g.q[i]) * values[i];
                }
                y[t] += *scales++ * (g.d * static_cast<float>(first) + g.d2 * static_cast<float>(second)) + g.m * *sums++;
            }
        }
    }
}

} // namespace
} // namespace plain

BlockDot plainBlockDotOf(DType type)
{
    switch (type) {
    case DType::Q4_0:
        return plain::plainDot<plain::Q40>;
    case DType::Q4_1:
        return plain::plainDot<plain::Q41>;
    case DType::Q5_0:
        return plain::plainDot<plain::Q50>;
    case DType::Q5_1:
        return plain::plainDot<plain::Q51>;
    case DType::Q8_0:
        return plain::plainDot<plain::Q80>;
    case DType::IQ4_NL:
        return plain::plainDot<plain::Iq4Nl>;
    case DType::Q4_K:
        return plain::plainDot<plain::Q4K>;
    case DType::Q5_K:
        return plain::plainDot<plain::Q5K>;
    case DType::Q6_K:
        return plain::plainDot<plain::Q6K>;
    default:
        return nullptr;
    }
}

BlockDot blockDotOf(DType type)
{
    const BlockDot fast = avx2BlockDotOf(type);
    return fast != nullptr ? fast : plainBlockDotOf(type);
}

} // namespace lori::ops
