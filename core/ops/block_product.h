// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"

#include <cstddef>
#include <cstdint>

namespace lori::ops {

/// A frozen matrix W [O, I] in the blocks of a GGUF file: whoever owns the bytes keeps them mapped. I is a whole number of
/// blocks.
struct BlockMatrix {
    formats::DType type = formats::DType::Q8_0;
    std::int64_t out = 0;
    std::int64_t in = 0;
    std::int64_t rowBytes = 0;        ///< formats::byteSize(type, in)
    const std::byte* bytes = nullptr; ///< O rows, one behind the other, not necessarily aligned

    [[nodiscard]] const std::byte* row(std::int64_t o) const { return bytes + o * rowBytes; }
};

/// Whether tensors of this type are made of blocks (Q8_0, Q4_K …); the others are plain numbers.
[[nodiscard]] bool isBlockType(formats::DType type);

/// y = x·Wᵀ, best for fewer than some 64 tokens: x [T, I] f32, y [T, O] f32. Cost: reads W once, whatever T.
void blockProduct(const BlockMatrix& w, const float* x, std::int64_t tokens, float* y);

/// The same from rows widened to f32: what blockProduct does for types, and on processors, without whole numbers.
void widenedProduct(const BlockMatrix& w, const float* x, std::int64_t tokens, float* y);

/// Rows first … first + count - 1 of W in f32: to [count, I].
void widenRows(const BlockMatrix& w, std::int64_t first, std::int64_t count, float* to);

namespace reference {
/// The same as ops::blockProduct, from the widened values, summed in f64.
void blockProduct(const BlockMatrix& w, const float* x, std::int64_t tokens, float* y);
} // namespace reference

} // namespace lori::ops
