// SPDX-License-Identifier: Apache-2.0
// AMX tiles and AVX-512 BF16. Both read the same packed tiles, so that one product differs only in the order of its sums.
#include "core/ops/bf16_tiles.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#include <algorithm>

#define LORI_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16")))
#define LORI_AMX __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16,amx-tile,amx-bf16")))

namespace lori::ops {

namespace {

/// 32 numbers from `in`, the first `count` of them, as 16 pairs.
LORI_AVX512 inline __m512i pairsOf(const MatrixView& m, std::int64_t at, std::int64_t count)
{
    const std::uint32_t wanted = count >= kTileDepth ? ~0U : (1U << static_cast<unsigned>(count)) - 1U;
    if (m.isBf16) {
        return _mm512_maskz_loadu_epi16(wanted, static_cast<const std::uint16_t*>(m.data) + at);
    }
    const float* in = static_cast<const float*>(m.data) + at;
    const __m512 early = _mm512_maskz_loadu_ps(static_cast<__mmask16>(wanted), in);
    const __m512 late = _mm512_maskz_loadu_ps(static_cast<__mmask16>(wanted >> 16U), in + kTileLines);
    return reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(late, early)); // NOLINT: a register by another name
}

/// Transposes 16 × 16 words.
LORI_AVX512 void transpose(__m512i* r)
{
    __m512i t[16];
    for (int i = 0; i < 16; i += 2) {
        t[i] = _mm512_unpacklo_epi32(r[i], r[i + 1]);
        t[i + 1] = _mm512_unpackhi_epi32(r[i], r[i + 1]);
    }
    for (int i = 0; i < 16; i += 4) {
        r[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
        r[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
        r[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
        r[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
    }
    // Now r[4q + s] holds, in each of its four lanes L, words 4L + s of lines 4q … 4q + 3.
    for (int s = 0; s < 4; ++s) {
        t[s] = _mm512_shuffle_i32x4(r[s], r[4 + s], 0x88);          // lanes 0, 2 of lines 0–3 and 4–7
        t[4 + s] = _mm512_shuffle_i32x4(r[s], r[4 + s], 0xDD);      // lanes 1, 3
        t[8 + s] = _mm512_shuffle_i32x4(r[8 + s], r[12 + s], 0x88); // the same of lines 8–15
        t[12 + s] = _mm512_shuffle_i32x4(r[8 + s], r[12 + s], 0xDD);
    }
    for (int s = 0; s < 4; ++s) {
        r[s] = _mm512_shuffle_i32x4(t[s], t[8 + s], 0x88);           // words s
        r[8 + s] = _mm512_shuffle_i32x4(t[s], t[8 + s], 0xDD);       // words 8 + s
        r[4 + s] = _mm512_shuffle_i32x4(t[4 + s], t[12 + s], 0x88);  // words 4 + s
        r[12 + s] = _mm512_shuffle_i32x4(t[4 + s], t[12 + s], 0xDD); // words 12 + s
    }
}

/// Lines whose numbers lie side by side: rows of words [line][pair].
LORI_AVX512 void readLines(const MatrixView& m, std::int64_t height, std::int64_t width, std::int64_t line, std::int64_t from,
                           __m512i* words)
{
    for (std::int64_t l = 0; l < kTileLines; ++l) {
        words[l] = l < height ? pairsOf(m, (line + l) * m.rowStride + from, width) : _mm512_setzero_si512();
    }
}

/// 16 numbers of neighbouring lines at one depth, as bf16.
LORI_AVX512 inline __m256i neighbours(const MatrixView& m, std::int64_t at, std::int64_t height)
{
    const auto wanted = static_cast<__mmask16>(height >= kTileLines ? 0xFFFFU : (1U << static_cast<unsigned>(height)) - 1U);
    if (m.isBf16) {
        return _mm256_maskz_loadu_epi16(wanted, static_cast<const std::uint16_t*>(m.data) + at);
    }
    const __m512 numbers = _mm512_maskz_loadu_ps(wanted, static_cast<const float*>(m.data) + at);
    return reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(numbers)); // NOLINT: a register by another name
}

/// Lines that lie side by side: rows of words [pair][line].
LORI_AVX512 void readColumns(const MatrixView& m, std::int64_t height, std::int64_t width, std::int64_t line, std::int64_t from,
                             __m512i* words)
{
    for (std::int64_t p = 0; p < kTilePairs; ++p) {
        const auto read = [&](std::int64_t d) LORI_AVX512 {
            return d < width ? neighbours(m, line + (from + d) * m.columnStride, height) : _mm256_setzero_si256();
        };
        const __m512i early = _mm512_cvtepu16_epi32(read(2 * p));
        const __m512i late = _mm512_cvtepu16_epi32(read(2 * p + 1));
        words[p] = _mm512_or_si512(early, _mm512_slli_epi32(late, 16));
    }
}

LORI_AVX512 void packAvx512(const MatrixView& m, std::int64_t lines, std::int64_t depth, std::int64_t line, std::int64_t from,
                            TileOrder order, Pair* tile)
{
    const std::int64_t height = std::clamp<std::int64_t>(lines - line, 0, kTileLines);
    const std::int64_t width = std::min(kTileDepth, depth - from);
    if (m.rowStride != 1 && m.columnStride != 1) {
        plainTiles().pack(m, lines, depth, line, from, order, tile);
        return;
    }
    __m512i words[kTileLines];
    const bool sideBySide = m.columnStride == 1;
    if (sideBySide) {
        readLines(m, height, width, line, from, words);
    } else {
        readColumns(m, height, width, line, from, words);
    }
    if (sideBySide != (order == TileOrder::LinesFirst)) {
        transpose(words);
    }
    for (std::int64_t i = 0; i < kTileLines; ++i) {
        _mm512_store_si512(tile + i * kTilePairs, words[i]);
    }
}

/// Eight rows of c × 32 columns: 16 sums in registers. `a` stands at the first of the rows within its tile.
LORI_AVX512 void multiplyRows(const Pair* a, const Pair* b, const Pair* b2, std::int64_t depthTiles, float* c, std::int64_t ldc,
                              bool add)
{
    constexpr int kRows = 8;
    __m512 sums[kRows][2];
    for (int r = 0; r < kRows; ++r) {
        sums[r][0] = add ? _mm512_loadu_ps(c + r * ldc) : _mm512_setzero_ps();
        sums[r][1] = add ? _mm512_loadu_ps(c + r * ldc + kTileLines) : _mm512_setzero_ps();
    }
    for (std::int64_t d = 0; d < depthTiles; ++d, a += kTileWords, b += kTileWords, b2 += kTileWords) {
        for (std::int64_t p = 0; p < kTilePairs; ++p) {
            const auto left = reinterpret_cast<__m512bh>(_mm512_load_si512(b + p * kTileLines));   // NOLINT: by another name
            const auto right = reinterpret_cast<__m512bh>(_mm512_load_si512(b2 + p * kTileLines)); // NOLINT
            for (int r = 0; r < kRows; ++r) {
                const auto x = reinterpret_cast<__m512bh>(_mm512_set1_epi32(static_cast<int>(a[r * kTilePairs + p]))); // NOLINT
                sums[r][0] = _mm512_dpbf16_ps(sums[r][0], x, left);
                sums[r][1] = _mm512_dpbf16_ps(sums[r][1], x, right);
            }
        }
    }
    for (int r = 0; r < kRows; ++r) {
        _mm512_storeu_ps(c + r * ldc, sums[r][0]);
        _mm512_storeu_ps(c + r * ldc + kTileLines, sums[r][1]);
    }
}

LORI_AVX512 void multiplyAvx512(const Pair* a, const Pair* a2, const Pair* b, const Pair* b2, std::int64_t depthTiles, float* c,
                                std::int64_t ldc, bool add)
{
    constexpr std::int64_t kRows = 8;
    for (std::int64_t r = 0; r < kTileLines; r += kRows) {
        multiplyRows(a + r * kTilePairs, b, b2, depthTiles, c + r * ldc, ldc, add);
        multiplyRows(a2 + r * kTilePairs, b, b2, depthTiles, c + (kTileLines + r) * ldc, ldc, add);
    }
}

// What follows is laid out by the processor: 16 rows of 64 bytes in each of the eight tiles.
struct alignas(64) TileShapes {
    std::uint8_t palette = 1;
    std::uint8_t startRow = 0;
    std::uint8_t reserved[14] = {};
    std::uint16_t bytesOfRow[16] = {64, 64, 64, 64, 64, 64, 64, 64};
    std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};
static_assert(sizeof(TileShapes) == 64);

LORI_AMX void beginAmx()
{
    // Static: GCC before 12.4 and 13.3 tells its optimizer that only 8 of the 64 bytes are read (PR 114098).
    static constexpr TileShapes kShapes;
    _tile_loadconfig(&kShapes);
}

LORI_AMX void endAmx()
{
    _tile_release();
}

LORI_AMX void multiplyAmx(const Pair* a, const Pair* a2, const Pair* b, const Pair* b2, std::int64_t depthTiles, float* c,
                          std::int64_t ldc, bool add)
{
    constexpr int kTileRow = 64;
    const auto row = static_cast<std::int64_t>(sizeof(float)) * ldc;
    float* lower = c + kTileLines * ldc;
    if (add) {
        _tile_loadd(0, c, row);
        _tile_loadd(1, c + kTileLines, row);
        _tile_loadd(2, lower, row);
        _tile_loadd(3, lower + kTileLines, row);
    } else {
        _tile_zero(0);
        _tile_zero(1);
        _tile_zero(2);
        _tile_zero(3);
    }
    for (std::int64_t d = 0; d < depthTiles; ++d) {
        _tile_loadd(4, a, kTileRow);
        _tile_loadd(6, b, kTileRow);
        _tile_dpbf16ps(0, 4, 6);
        _tile_loadd(7, b2, kTileRow);
        _tile_dpbf16ps(1, 4, 7);
        _tile_loadd(5, a2, kTileRow);
        _tile_dpbf16ps(2, 5, 6);
        _tile_dpbf16ps(3, 5, 7);
        a += kTileWords;
        a2 += kTileWords;
        b += kTileWords;
        b2 += kTileWords;
    }
    _tile_stored(0, c, row);
    _tile_stored(1, c + kTileLines, row);
    _tile_stored(2, lower, row);
    _tile_stored(3, lower + kTileLines, row);
}

} // namespace

TileCode tilesOf(Bf16Unit unit)
{
    switch (unit) {
    case Bf16Unit::Amx:
        return {packAvx512, multiplyAmx, beginAmx, endAmx};
    case Bf16Unit::Avx512:
        return {packAvx512, multiplyAvx512, needsNothing, needsNothing};
    case Bf16Unit::Plain:
        break;
    }
    return plainTiles();
}

} // namespace lori::ops

#else

namespace lori::ops {

TileCode tilesOf(Bf16Unit /*unit*/)
{
    return plainTiles();
}

} // namespace lori::ops

#endif
