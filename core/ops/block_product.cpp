// SPDX-License-Identifier: Apache-2.0
#include "core/ops/block_product.h"

#include "core/ops/block_dots.h"
#include "core/ops/row_dot.h"
#include "core/support/simd.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <span>
#include <vector>

namespace lori::ops {

namespace {

constexpr std::int64_t kRows = 4; // of W, and tokens, that meet in registers
constexpr std::int64_t kLanes = 8;

using Lanes = float __attribute__((vector_size(32), aligned(4))); // NOLINT: what the compiler makes two or one registers of

/// y[t·ldy + r] = Σ w[r·n + i]·x[t·n + i] for four rows and four tokens; n a multiple of 8.
LORI_MULTIARCH void tile(const float* w, const float* x, std::int64_t n, float* y, std::int64_t ldy)
{
    Lanes sums[kRows][kRows] = {};
    for (std::int64_t i = 0; i < n; i += kLanes) {
        Lanes tokens[kRows];
        for (std::int64_t t = 0; t < kRows; ++t) {
            tokens[t] = *reinterpret_cast<const Lanes*>(x + t * n + i); // NOLINT: vector load
        }
        for (std::int64_t r = 0; r < kRows; ++r) {
            const Lanes row = *reinterpret_cast<const Lanes*>(w + r * n + i); // NOLINT: vector load
            for (std::int64_t t = 0; t < kRows; ++t) {
                sums[r][t] += row * tokens[t];
            }
        }
    }
    for (std::int64_t r = 0; r < kRows; ++r) {
        for (std::int64_t t = 0; t < kRows; ++t) {
            float sum = 0;
            for (std::int64_t lane = 0; lane < kLanes; ++lane) {
                sum += sums[r][t][lane];
            }
            y[t * ldy + r] = sum;
        }
    }
}

void widenRow(const BlockMatrix& w, std::int64_t o, float* to)
{
    formats::toFloatUnchecked(w.type, {w.row(o), static_cast<std::size_t>(w.rowBytes)}, {to, static_cast<std::size_t>(w.in)});
}

/// Rows begin … end - 1 for each token, from 16-bit activations.
void dotRows(const BlockMatrix& w, BlockDot dotOf, const std::vector<Activations>& panels, std::int64_t begin, std::int64_t end,
             float* y)
{
    float few[Activations::kMostTokens];
    for (std::int64_t o = begin; o < end; ++o) {
        std::int64_t token = 0;
        for (const Activations& panel : panels) {
            dotOf(w.row(o), panel, few);
            for (std::int64_t t = 0; t < panel.tokens(); ++t, ++token) {
                y[token * w.out + o] = few[t];
            }
        }
    }
}

/// The same from widened rows, for types without a dot of their own.
void tileRows(const BlockMatrix& w, const float* x, std::int64_t tokens, std::int64_t begin, std::int64_t end, float* y)
{
    std::vector<float> wide(static_cast<std::size_t>(kRows * w.in));
    for (std::int64_t o = begin; o < end; o += kRows) {
        const std::int64_t rows = std::min(kRows, end - o);
        for (std::int64_t r = 0; r < rows; ++r) {
            widenRow(w, o + r, wide.data() + r * w.in);
        }
        std::int64_t t = 0;
        for (; rows == kRows && t + kRows <= tokens; t += kRows) {
            tile(wide.data(), x + t * w.in, w.in, y + t * w.out + o, w.out);
        }
        for (; t < tokens; ++t) {
            for (std::int64_t r = 0; r < rows; ++r) {
                y[t * w.out + o + r] = rowDot(wide.data() + r * w.in, x + t * w.in, w.in);
            }
        }
    }
}

/// Rows that are worth a thread's start.
std::int64_t grainOf(const BlockMatrix& w)
{
    constexpr std::int64_t kEntries = 1 << 15;
    return std::max(kRows, kEntries / std::max<std::int64_t>(1, w.in) / kRows * kRows);
}

} // namespace

bool isBlockType(formats::DType type)
{
    return type >= formats::DType::Q8_0;
}

void blockProduct(const BlockMatrix& w, const float* x, std::int64_t tokens, float* y)
{
    const BlockDot dotOf = blockDotOf(w.type);
    if (dotOf == nullptr) {
        widenedProduct(w, x, tokens, y);
        return;
    }
    std::vector<Activations> panels;
    for (std::int64_t t = 0; t < tokens; t += panels.back().tokens()) {
        panels.emplace_back().take(x + t * w.in, Activations::panelOf(tokens - t), w.in);
    }
    at::parallel_for(0, w.out, grainOf(w),
                     [&](std::int64_t begin, std::int64_t end) { dotRows(w, dotOf, panels, begin, end, y); });
}

void widenedProduct(const BlockMatrix& w, const float* x, std::int64_t tokens, float* y)
{
    at::parallel_for(0, w.out, grainOf(w), [&](std::int64_t begin, std::int64_t end) { tileRows(w, x, tokens, begin, end, y); });
}

void widenRows(const BlockMatrix& w, std::int64_t first, std::int64_t count, float* to)
{
    at::parallel_for(0, count, grainOf(w), [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t r = begin; r < end; ++r) {
            widenRow(w, first + r, to + r * w.in);
        }
    });
}

void reference::blockProduct(const BlockMatrix& w, const float* x, std::int64_t tokens, float* y)
{
    std::vector<float> row(static_cast<std::size_t>(w.in));
    for (std::int64_t o = 0; o < w.out; ++o) {
        widenRow(w, o, row.data());
        for (std::int64_t t = 0; t < tokens; ++t) {
            double sum = 0;
            for (std::int64_t i = 0; i < w.in; ++i) {
                sum += static_cast<double>(row[static_cast<std::size_t>(i)]) * static_cast<double>(x[t * w.in + i]);
            }
            y[t * w.out + o] = static_cast<float>(sum);
        }
    }
}

} // namespace lori::ops
