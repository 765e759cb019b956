// SPDX-License-Identifier: Apache-2.0
// 16 products an instruction: entries widened to 16 bits meet the activations' 16 bits in vpmaddwd. Sums of a group stay below
// 2^31: |q| ≤ 127, |x| ≤ 32767, four products a lane.
#include "core/ops/block_dots.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include "core/formats/block_formats.h"

#include <immintrin.h>

#define LORI_AVX2 __attribute__((target("avx2,fma,f16c")))

namespace lori::ops {

using formats::DType;
using formats::blocks::load;
using formats::blocks::scaleAndMinimum;
using formats::blocks::ScaleAndMinimum;

namespace {

/// 32 entries in 16 bits: w = d·q + m, the second half with a d of its own where the format has one.
struct Group {
    __m256i first;
    __m256i second;
    float d;
    float d2;
    float m;
};

LORI_AVX2 inline float half(const std::byte* in)
{
    return _cvtsh_ss(load<std::uint16_t>(in));
}

LORI_AVX2 inline __m128i bytes16(const std::byte* in)
{
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(in)); // NOLINT: unaligned load
}

LORI_AVX2 inline __m128i lowNibbles(__m128i pairs)
{
    return _mm_and_si128(pairs, _mm_set1_epi8(15));
}

LORI_AVX2 inline __m128i highNibbles(__m128i pairs)
{
    return _mm_and_si128(_mm_srli_epi16(pairs, 4), _mm_set1_epi8(15));
}

/// 16 where the bit of the entry is set, entries 0–15 and 16–31.
struct FifthBits {
    __m128i first;
    __m128i second;
};
LORI_AVX2 inline FifthBits fifthBits(std::uint32_t bits)
{
    const __m128i all = _mm_set1_epi32(static_cast<int>(bits));
    const __m128i one = _mm_set1_epi64x(static_cast<long long>(0x8040201008040201ULL));
    const __m128i lower = _mm_shuffle_epi8(all, _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1));
    const __m128i upper = _mm_shuffle_epi8(all, _mm_setr_epi8(2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3));
    const __m128i sixteen = _mm_set1_epi8(16);
    return {_mm_and_si128(_mm_cmpeq_epi8(_mm_and_si128(lower, one), one), sixteen),
            _mm_and_si128(_mm_cmpeq_epi8(_mm_and_si128(upper, one), one), sixteen)};
}

/// Blocks of nibbles after an f16 scale d: w = d·(q - kZero) or, with an f16 minimum behind d, d·q + m; kFifth is where the fifth
/// bits of the entries stand, 0 for none.
template <std::size_t kSize, bool kHasMinimum, std::size_t kFifth, std::size_t kNibbles, int kZero>
struct NibbleBlock {
    static constexpr std::size_t kBytes = kSize;
    static constexpr std::size_t kGroups = 1;
    static constexpr bool kHasSecondScale = false;
    LORI_AVX2 static Group read(const std::byte* in, std::size_t /*group*/)
    {
        const __m128i pairs = bytes16(in + kNibbles);
        __m128i first = lowNibbles(pairs);
        __m128i second = highNibbles(pairs);
        if constexpr (kFifth > 0) {
            const FifthBits h = fifthBits(load<std::uint32_t>(in + kFifth));
            first = _mm_or_si128(first, h.first);
            second = _mm_or_si128(second, h.second);
        }
        const float d = half(in);
        const float m = kHasMinimum ? half(in + 2) : -kZero * d;
        return {_mm256_cvtepu8_epi16(first), _mm256_cvtepu8_epi16(second), d, d, m};
    }
};
using Q40 = NibbleBlock<18, false, 0, 2, 8>;
using Q41 = NibbleBlock<20, true, 0, 4, 0>;
using Q50 = NibbleBlock<22, false, 2, 6, 16>;
using Q51 = NibbleBlock<24, true, 4, 8, 0>;

struct Q80 {
    static constexpr std::size_t kBytes = 34;
    static constexpr std::size_t kGroups = 1;
    static constexpr bool kHasSecondScale = false;
    LORI_AVX2 static Group read(const std::byte* in, std::size_t /*group*/)
    {
        const float d = half(in);
        return {_mm256_cvtepi8_epi16(bytes16(in + 2)), _mm256_cvtepi8_epi16(bytes16(in + 18)), d, d, 0};
    }
};

struct Iq4Nl {
    static constexpr std::size_t kBytes = 18;
    static constexpr std::size_t kGroups = 1;
    static constexpr bool kHasSecondScale = false;
    LORI_AVX2 static Group read(const std::byte* in, std::size_t /*group*/)
    {
        const __m128i curve = _mm_loadu_si128(reinterpret_cast<const __m128i*>(formats::blocks::kCurve)); // NOLINT
        const __m128i pairs = bytes16(in + 2);
        const float d = half(in);
        return {_mm256_cvtepi8_epi16(_mm_shuffle_epi8(curve, lowNibbles(pairs))),
                _mm256_cvtepi8_epi16(_mm_shuffle_epi8(curve, highNibbles(pairs))), d, d, 0};
    }
};

struct Q4K {
    static constexpr std::size_t kBytes = 144;
    static constexpr std::size_t kGroups = 8;
    static constexpr bool kHasSecondScale = false;
    LORI_AVX2 static Group read(const std::byte* in, std::size_t group)
    {
        const ScaleAndMinimum s = scaleAndMinimum(in + 4, group);
        const std::byte* q = in + 16 + 32 * (group / 2);
        const __m128i shift = _mm_cvtsi32_si128(4 * static_cast<int>(group % 2));
        const float d = half(in) * s.scale;
        return {_mm256_cvtepu8_epi16(lowNibbles(_mm_srl_epi16(bytes16(q), shift))),
                _mm256_cvtepu8_epi16(lowNibbles(_mm_srl_epi16(bytes16(q + 16), shift))), d, d, -half(in + 2) * s.minimum};
    }
};

struct Q5K {
    static constexpr std::size_t kBytes = 176;
    static constexpr std::size_t kGroups = 8;
    static constexpr bool kHasSecondScale = false;
    LORI_AVX2 static Group read(const std::byte* in, std::size_t group)
    {
        const ScaleAndMinimum s = scaleAndMinimum(in + 4, group);
        const std::byte* q = in + 48 + 32 * (group / 2);
        const __m128i shift = _mm_cvtsi32_si128(4 * static_cast<int>(group % 2));
        const __m128i bit = _mm_set1_epi8(static_cast<char>(1U << group));
        const __m128i sixteen = _mm_set1_epi8(16);
        const auto part = [&](const std::byte* nibble, const std::byte* h) LORI_AVX2 {
            const __m128i fifth = _mm_and_si128(_mm_cmpeq_epi8(_mm_and_si128(bytes16(h), bit), bit), sixteen);
            return _mm256_cvtepu8_epi16(_mm_or_si128(lowNibbles(_mm_srl_epi16(bytes16(nibble), shift)), fifth));
        };
        const float d = half(in) * s.scale;
        return {part(q, in + 16), part(q + 16, in + 32), d, d, -half(in + 2) * s.minimum};
    }
};

struct Q6K {
    static constexpr std::size_t kBytes = 210;
    static constexpr std::size_t kGroups = 8;
    static constexpr bool kHasSecondScale = true;
    LORI_AVX2 static Group read(const std::byte* in, std::size_t group)
    {
        const std::size_t upper = group / 4;
        const std::size_t part = 2 * group % 8; // within the half
        const std::byte* q = in + 64 * upper + 16 * (part % 4);
        const std::byte* h = in + 128 + 32 * upper;
        const __m128i shift = _mm_cvtsi32_si128(part < 4 ? 0 : 4);
        const __m128i pair = _mm_cvtsi32_si128(static_cast<int>(part));
        const auto sixteen = [&](const std::byte* nibble, const std::byte* bits) LORI_AVX2 {
            const __m128i low = lowNibbles(_mm_srl_epi16(bytes16(nibble), shift));
            const __m128i top = _mm_slli_epi16(_mm_and_si128(_mm_srl_epi16(bytes16(bits), pair), _mm_set1_epi8(3)), 4);
            return _mm256_cvtepi8_epi16(_mm_sub_epi8(_mm_or_si128(low, top), _mm_set1_epi8(32)));
        };
        const float d = half(in + 208);
        return {sixteen(q, h), sixteen(q + 16, h + 16), d * static_cast<float>(static_cast<std::int8_t>(in[192 + 2 * group])),
                d * static_cast<float>(static_cast<std::int8_t>(in[193 + 2 * group])), 0};
    }
};

LORI_AVX2 inline float sumOf(__m256 lanes)
{
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(lanes), _mm256_extractf128_ps(lanes, 1));
    four = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(four, _mm_movehdup_ps(four)));
}

/// One unpacking of a group serves all tokens: with eight of them it is a small part of the work.
template <typename Format, int kTokens>
LORI_AVX2 void dotTokens(const std::byte* row, const Activations& x, float* y)
{
    const std::int16_t* values = x.values();
    const float* scales = x.scales();
    const float* sums = x.sums();
    __m256 total[kTokens];
    float minima[kTokens] = {};
    for (__m256& lanes : total) {
        lanes = _mm256_setzero_ps();
    }
    for (std::int64_t at = 0; at < x.groups(); row += Format::kBytes) {
        for (std::size_t group = 0; group < Format::kGroups; ++group, ++at) {
            const Group g = Format::read(row, group);
            const __m256 d = _mm256_set1_ps(g.d);
            for (int t = 0; t < kTokens; ++t) {
                const auto* both = reinterpret_cast<const __m256i*>(values + t * Activations::kGroup); // NOLINT: unaligned loads
                __m256i first = _mm256_madd_epi16(g.first, _mm256_loadu_si256(both));
                const __m256i second = _mm256_madd_epi16(g.second, _mm256_loadu_si256(both + 1));
                const __m256 scale = _mm256_broadcast_ss(scales + t);
                if constexpr (Format::kHasSecondScale) {
                    total[t] = _mm256_fmadd_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(second), _mm256_set1_ps(g.d2)), scale, total[t]);
                } else {
                    first = _mm256_add_epi32(first, second);
                }
                total[t] = _mm256_fmadd_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(first), d), scale, total[t]);
                minima[t] += g.m * sums[t];
            }
            values += kTokens * Activations::kGroup;
            scales += kTokens;
            sums += kTokens;
        }
    }
    for (int t = 0; t < kTokens; ++t) {
        y[t] = sumOf(total[t]) + minima[t];
    }
}

template <typename Format>
void dot(const std::byte* row, const Activations& x, float* y)
{
    switch (x.tokens()) {
    case 8:
        return dotTokens<Format, 8>(row, x, y);
    case 4:
        return dotTokens<Format, 4>(row, x, y);
    case 2:
        return dotTokens<Format, 2>(row, x, y);
    default:
        return dotTokens<Format, 1>(row, x, y);
    }
}

/// Every processor with AVX2 has F16C, which compilers do not all know by name.
bool isSupported()
{
    static const bool known = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
    return known;
}

} // namespace

BlockDot blockDotOf(DType type)
{
    if (!isSupported()) {
        return nullptr;
    }
    switch (type) {
    case DType::Q4_0:
        return dot<Q40>;
    case DType::Q4_1:
        return dot<Q41>;
    case DType::Q5_0:
        return dot<Q50>;
    case DType::Q5_1:
        return dot<Q51>;
    case DType::Q8_0:
        return dot<Q80>;
    case DType::IQ4_NL:
        return dot<Iq4Nl>;
    case DType::Q4_K:
        return dot<Q4K>;
    case DType::Q5_K:
        return dot<Q5K>;
    case DType::Q6_K:
        return dot<Q6K>;
    default:
        return nullptr;
    }
}

} // namespace lori::ops

#else

namespace lori::ops {

BlockDot blockDotOf(formats::DType /*type*/)
{
    return nullptr;
}

} // namespace lori::ops

#endif
