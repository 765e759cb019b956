// SPDX-License-Identifier: Apache-2.0
#pragma once

// When W + s·B·A is kept as a scratch copy of W: a rule that training follows and the estimate counts with. With bf16 products
// W's tiles are kept instead, of the same size: rounding W + s·B·A to bf16 would round most of a small change away.

#include <cstdint>

namespace lori::experiment {

/// Scratch copies of all adapted W are kept only while they stay small beside today's memories.
inline constexpr std::int64_t kLargestFoldedBytes = 2LL << 30;

/// Folding costs one [out, rank]·[rank, in] product and a pass over W; it pays when a batch has clearly more tokens than this.
[[nodiscard]] constexpr bool foldingPays(double tokens, double out, double in)
{
    return tokens * (in + out) > 2 * in * out;
}

} // namespace lori::experiment
