// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace lori {

/// What numbers a run multiplies its matrices in, on the CPU. Weights, sums, the residual stream, norms, softmax, loss and
/// optimizer are f32 in every case.
enum class Products : std::uint8_t {
    F32,  ///< what parity is proved with
    Bf16, ///< operands rounded to bf16: much faster where the processor has AMX, slower where it has no instructions for it
    Auto, ///< Bf16 where the processor has AMX, else F32
};

} // namespace lori

namespace lori::experiment { // configurations are written in these words
using lori::Products;
} // namespace lori::experiment
