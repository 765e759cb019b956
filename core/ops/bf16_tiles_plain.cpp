// SPDX-License-Identifier: Apache-2.0
// Tiles without instructions of their own: where a run that began on tiles goes on, and what the others are judged by.
#include "core/ops/bf16_tiles.h"
#include "core/ops/bf16_value.h"
#include "core/support/simd.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace lori::ops {

namespace {

void packPlain(const MatrixView& m, std::int64_t lines, std::int64_t depth, std::int64_t line, std::int64_t from, TileOrder order,
               Pair* tile)
{
    std::fill_n(tile, kTileWords, 0);
    const std::int64_t height = std::min(kTileLines, lines - line);
    const std::int64_t width = std::min(kTileDepth, depth - from);
    for (std::int64_t l = 0; l < height; ++l) {
        for (std::int64_t d = 0; d < width; ++d) {
            const auto half = static_cast<Pair>(roundedEntry(m, line + l, from + d));
            const std::int64_t pair = d / 2;
            Pair& word = tile[order == TileOrder::LinesFirst ? l * kTilePairs + pair : pair * kTileLines + l];
            word |= half << (d % 2 == 0 ? 0U : 16U);
        }
    }
}

/// sums [16, 16] += a·b of one tile each.
LORI_MULTIARCH void addTile(const Pair* a, const Pair* b, float* sums)
{
    for (std::int64_t p = 0; p < kTilePairs; ++p) {
        float early[kTileLines];
        float late[kTileLines];
        for (std::int64_t n = 0; n < kTileLines; ++n) {
            early[n] = std::bit_cast<float>(b[p * kTileLines + n] << 16U);
            late[n] = std::bit_cast<float>(b[p * kTileLines + n] & 0xFFFF0000U);
        }
        for (std::int64_t l = 0; l < kTileLines; ++l) {
            const float x = std::bit_cast<float>(a[l * kTilePairs + p] << 16U);
            const float y = std::bit_cast<float>(a[l * kTilePairs + p] & 0xFFFF0000U);
            float* sum = sums + l * kTileLines;
            for (std::int64_t n = 0; n < kTileLines; ++n) {
                sum[n] += x * early[n] + y * late[n];
            }
        }
    }
}

void multiplyPlain(const Pair* a, const Pair* a2, const Pair* b, const Pair* b2, std::int64_t depthTiles, float* c,
                   std::int64_t ldc, bool add)
{
    for (const auto& [left, row] : {std::pair{a, std::int64_t{0}}, std::pair{a2, kTileLines}}) {
        for (const auto& [right, column] : {std::pair{b, std::int64_t{0}}, std::pair{b2, kTileLines}}) {
            float sums[kTileLines * kTileLines] = {};
            for (std::int64_t d = 0; d < depthTiles; ++d) {
                addTile(left + d * kTileWords, right + d * kTileWords, sums);
            }
            for (std::int64_t l = 0; l < kTileLines; ++l) {
                float* to = c + (row + l) * ldc + column;
                for (std::int64_t n = 0; n < kTileLines; ++n) {
                    to[n] = (add ? to[n] : 0) + sums[l * kTileLines + n];
                }
            }
        }
    }
}

} // namespace

TileCode plainTiles()
{
    return {packPlain, multiplyPlain, needsNothing, needsNothing};
}

} // namespace lori::ops
