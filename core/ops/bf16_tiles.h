// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ops/bf16_product.h"

#include <cstdint>

// Internal to this room: matrices of bf16 cut into tiles of 1 KB, and who makes and multiplies them.
namespace lori::ops {

/// A tile holds 16 lines (rows of A, columns of B) × 32 numbers of the summed dimension, as 16 pairs of bf16.
inline constexpr std::int64_t kTileLines = 16;
inline constexpr std::int64_t kTilePairs = 16;
inline constexpr std::int64_t kTileDepth = 2 * kTilePairs;
inline constexpr std::int64_t kTileWords = kTileLines * kTilePairs;
/// Tokens, and columns, that are multiplied at once: two tiles each way.
inline constexpr std::int64_t kBlock = 2 * kTileLines;

/// One pair of bf16; the lower half is the earlier number.
using Pair = std::uint32_t;

/// Which way a tile lies.
enum class TileOrder : std::uint8_t {
    LinesFirst, ///< [line][pair]: of A
    PairsFirst, ///< [pair][line]: of B
};

/// Fills one tile from `m`, whose lines are its rows: lines `line` …, depth `depth` …; what lies outside [lines, depth] is 0.
using PackTile = void (*)(const MatrixView& m, std::int64_t lines, std::int64_t depth, std::int64_t line, std::int64_t from,
                          TileOrder order, Pair* tile);

/// c [32, 32] (+)= A·B over `depthTiles` tiles of each: `a` and `a2` two lines of tiles of A, `b` and `b2` of B, each tile
/// kTileWords behind the one before. c is f32 with `ldc` numbers a row.
using MultiplyBlock = void (*)(const Pair* a, const Pair* a2, const Pair* b, const Pair* b2, std::int64_t depthTiles, float* c,
                               std::int64_t ldc, bool add);

/// The code for one unit. `begin` and `end` stand round each thread's blocks.
struct TileCode {
    PackTile pack;
    MultiplyBlock multiply;
    void (*begin)();
    void (*end)();
};
inline void needsNothing() {}
[[nodiscard]] TileCode plainTiles();
/// The best code for a unit that the processor has (bf16Unit()); plainTiles() where this was not compiled for x86.
[[nodiscard]] TileCode tilesOf(Bf16Unit unit);

} // namespace lori::ops
