// SPDX-License-Identifier: Apache-2.0
#include "core/ops/bf16_product.h"

#include "core/ops/bf16_tiles.h"
#include "core/ops/bf16_value.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

namespace lori::ops {

namespace {

constexpr std::int64_t roundUp(std::int64_t value, std::int64_t step)
{
    return (value + step - 1) / step * step;
}

} // namespace

/// Lines of tiles of one matrix: [lines / 16][depth / 32] tiles. Lines are padded to whole blocks with zeros.
class Tiles final {
public:
    Tiles(std::int64_t lines, std::int64_t depth)
        : m_lines(lines),
          m_depth(depth),
          m_depthTiles(roundUp(depth, kTileDepth) / kTileDepth),
          m_tileLines(roundUp(lines, kBlock) / kTileLines),
          m_words(static_cast<Pair*>(::operator new (bytes(), std::align_val_t{kAlignment})))
    {
    }

    /// From `m`, whose rows are the lines, in parallel; in the order in which they lie in memory.
    void fill(const MatrixView& m, TileOrder order, PackTile pack)
    {
        const std::int64_t grain = std::max<std::int64_t>(1, 64 / std::max<std::int64_t>(1, m_depthTiles));
        const bool linesLieTogether = m.rowStride == 1 && m.columnStride != 1;
        at::parallel_for(0, m_tileLines, grain, [&](std::int64_t begin, std::int64_t end) {
            const auto make = [&](std::int64_t l, std::int64_t d) {
                pack(m, m_lines, m_depth, l * kTileLines, d * kTileDepth, order,
                     m_words.get() + (l * m_depthTiles + d) * kTileWords);
            };
            const std::int64_t lines = end - begin;
            for (std::int64_t i = 0; i < lines * m_depthTiles; ++i) {
                if (linesLieTogether) {
                    make(begin + i % lines, i / lines);
                } else {
                    make(begin + i / m_depthTiles, i % m_depthTiles);
                }
            }
        });
    }
    [[nodiscard]] const Pair* tile(std::int64_t tileLine, std::int64_t depthTile) const
    {
        return m_words.get() + (tileLine * m_depthTiles + depthTile) * kTileWords;
    }
    [[nodiscard]] std::int64_t depthTiles() const { return m_depthTiles; }

private:
    static constexpr std::size_t kAlignment = 64;
    struct Free {
        void operator()(Pair* words) const { ::operator delete (words, std::align_val_t{kAlignment}); }
    };
    [[nodiscard]] std::size_t bytes() const
    {
        return static_cast<std::size_t>(std::max<std::int64_t>(1, m_tileLines * m_depthTiles * kTileWords)) * sizeof(Pair);
    }

    std::int64_t m_lines;
    std::int64_t m_depth;
    std::int64_t m_depthTiles;
    std::int64_t m_tileLines;
    std::unique_ptr<Pair, Free> m_words;
};

namespace {

/// Where results go: c, or for a block that reaches over its edge a block of our own.
class Target final {
public:
    Target(float* c, std::int64_t ldc, std::int64_t m, std::int64_t n, Into into)
        : m_c(c), m_ldc(ldc), m_m(m), m_n(n), m_into(into)
    {
    }
    void multiply(const TileCode& code, const Tiles& a, const Tiles& b, std::int64_t row, std::int64_t column, std::int64_t depth,
                  std::int64_t depthTiles) const
    {
        const std::int64_t aLine = row / kTileLines;
        const std::int64_t bLine = column / kTileLines;
        const bool add = m_into == Into::Add || depth > 0;
        const std::int64_t rows = std::min(kBlock, m_m - row);
        const std::int64_t columns = std::min(kBlock, m_n - column);
        float* c = m_c + row * m_ldc + column;
        const auto run = [&](float* to, std::int64_t ld) {
            code.multiply(a.tile(aLine, depth), a.tile(aLine + 1, depth), b.tile(bLine, depth), b.tile(bLine + 1, depth),
                          depthTiles, to, ld, add);
        };
        if (rows == kBlock && columns == kBlock) {
            run(c, m_ldc);
            return;
        }
        alignas(64) float edge[kBlock * kBlock] = {};
        const auto bytes = static_cast<std::size_t>(columns) * sizeof(float);
        for (std::int64_t r = 0; add && r < rows; ++r) {
            std::memcpy(edge + r * kBlock, c + r * m_ldc, bytes);
        }
        run(edge, kBlock);
        for (std::int64_t r = 0; r < rows; ++r) {
            std::memcpy(c + r * m_ldc, edge + r * kBlock, bytes);
        }
    }

private:
    float* m_c;
    std::int64_t m_ldc;
    std::int64_t m_m;
    std::int64_t m_n;
    Into m_into;
};

/// Columns whose tiles are made at once: bounds what a product needs beside its operands (16 MB for B).
std::int64_t columnsAtOnce(std::int64_t k)
{
    constexpr std::int64_t kNumbers = std::int64_t{1} << 23;
    return std::max(kBlock, kNumbers / std::max<std::int64_t>(1, k) / kBlock * kBlock);
}

void multiplyAll(const TileCode& code, const Tiles& a, const Tiles& b, std::int64_t m, std::int64_t n, const Target& target)
{
    constexpr std::int64_t kDepthTiles = 18; // B's 32 columns of them, 36 KB, stay in the first cache while A passes by
    const std::int64_t panels = roundUp(n, kBlock) / kBlock;
    const std::int64_t rowBlocks = roundUp(m, kBlock) / kBlock;
    // Parts of at most 512 rows, so that A's tiles stay in the second cache while all columns pass by, and enough of them to
    // share.
    constexpr std::int64_t kRowBlocks = 16;
    const std::int64_t parts =
        std::clamp<std::int64_t>(4 * at::get_num_threads() / panels, (rowBlocks + kRowBlocks - 1) / kRowBlocks, rowBlocks);
    at::parallel_for(0, panels * parts, 1, [&](std::int64_t begin, std::int64_t end) {
        code.begin();
        for (std::int64_t task = begin; task < end; ++task) {
            const std::int64_t panel = task % panels;
            const std::int64_t part = task / panels;
            for (std::int64_t depth = 0; depth < a.depthTiles(); depth += kDepthTiles) {
                const std::int64_t depthTiles = std::min(kDepthTiles, a.depthTiles() - depth);
                for (std::int64_t block = part * rowBlocks / parts; block < (part + 1) * rowBlocks / parts; ++block) {
                    target.multiply(code, a, b, block * kBlock, panel * kBlock, depth, depthTiles);
                }
            }
        }
        code.end();
    });
}

} // namespace

void bf16Product(const MatrixView& a, const MatrixView& b, std::int64_t m, std::int64_t n, std::int64_t k, float* c,
                 std::int64_t ldc, Into into, Bf16Unit unit)
{
    if (m == 0 || n == 0) {
        return;
    }
    if (k == 0) {
        for (std::int64_t r = 0; into == Into::Store && r < m; ++r) {
            std::fill_n(c + r * ldc, n, 0.0F);
        }
        return;
    }
    const std::int64_t atOnce = columnsAtOnce(k);
    const std::size_t bytes = b.isBf16 ? sizeof(std::uint16_t) : sizeof(float);
    const TileCode code = tilesOf(unit);
    Tiles left(m, k);
    left.fill(a, TileOrder::LinesFirst, code.pack);
    for (std::int64_t first = 0; first < n; first += atOnce) {
        const std::int64_t count = std::min(atOnce, n - first);
        MatrixView piece = b;
        piece.data = static_cast<const std::byte*>(b.data) + static_cast<std::size_t>(first * b.columnStride) * bytes;
        Tiles right(count, k);
        right.fill(piece.transposed(), TileOrder::PairsFirst, code.pack);
        multiplyAll(code, left, right, m, count, Target(c + first, ldc, m, count, into));
    }
}

Bf16Columns::Bf16Columns(const MatrixView& b, std::int64_t k, std::int64_t n, Bf16Unit unit) : m_k(k), m_n(n), m_unit(unit)
{
    auto tiles = std::make_unique<Tiles>(n, k);
    tiles->fill(b.transposed(), TileOrder::PairsFirst, tilesOf(unit).pack);
    m_tiles = std::move(tiles);
}
Bf16Columns::Bf16Columns(Bf16Columns&&) noexcept = default;
Bf16Columns& Bf16Columns::operator=(Bf16Columns&&) noexcept = default;
Bf16Columns::~Bf16Columns() = default;

void bf16Product(const MatrixView& a, const Bf16Columns& b, std::int64_t m, float* c, std::int64_t ldc, Into into)
{
    if (m == 0 || b.n() == 0 || b.k() == 0) {
        bf16Product(a, MatrixView{}, m, b.n(), b.k(), c, ldc, into, b.m_unit);
        return;
    }
    const TileCode code = tilesOf(b.m_unit);
    Tiles left(m, b.k());
    left.fill(a, TileOrder::LinesFirst, code.pack);
    multiplyAll(code, left, *b.m_tiles, m, b.n(), Target(c, ldc, m, b.n(), into));
}

void reference::bf16Product(const MatrixView& a, const MatrixView& b, std::int64_t m, std::int64_t n, std::int64_t k, float* c,
                            std::int64_t ldc, Into into)
{
    for (std::int64_t r = 0; r < m; ++r) {
        for (std::int64_t column = 0; column < n; ++column) {
            double sum = into == Into::Add ? static_cast<double>(c[r * ldc + column]) : 0;
            for (std::int64_t i = 0; i < k; ++i) {
                sum += static_cast<double>(widened(roundedEntry(a, r, i))) *
                       static_cast<double>(widened(roundedEntry(b, i, column)));
            }
            c[r * ldc + column] = static_cast<float>(sum);
        }
    }
}

} // namespace lori::ops
