// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ops/bf16_product.h"
#include "core/ops/block_product.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

namespace lori::model {

/// A matrix [O, I] of the base model as it is held: a tensor of f32, bf16 or f16, or the blocks of a GGUF file where they lie in
/// the mapped file (CPU). Undefined where the architecture has none. Copies share what they hold.
class Weight final {
public:
    Weight() = default;
    /// [O, I] of f32, bf16 or f16.
    Weight(at::Tensor dense_OI) : m_data(std::move(dense_OI)) {} // NOLINT(google-explicit-constructor): a tensor is a weight
    /// Blocks: uint8 [O, bytes of a row], contiguous, on the CPU.
    Weight(formats::DType type, std::int64_t in, at::Tensor bytes);

    [[nodiscard]] bool defined() const { return m_data.defined(); }
    [[nodiscard]] bool isBlocks() const { return m_in > 0; }
    /// Held in f32: what can be folded into without a copy of another size.
    [[nodiscard]] bool isFloat() const { return defined() && !isBlocks() && m_data.scalar_type() == at::kFloat; }
    /// O, or I for dimension 1.
    [[nodiscard]] std::int64_t size(std::int64_t dimension) const
    {
        return dimension == 1 && isBlocks() ? m_in : m_data.size(dimension);
    }
    [[nodiscard]] at::Device device() const { return m_data.device(); }
    /// What lies in memory: the tensor, or the blocks' bytes [O, bytes of a row].
    [[nodiscard]] const at::Tensor& held() const { return m_data; }
    /// The tensor [O, I]; throws for blocks, which have none.
    [[nodiscard]] const at::Tensor& dense() const;
    /// The blocks; only when isBlocks(). Valid while this weight, or a copy of it, lives.
    [[nodiscard]] ops::BlockMatrix blocks() const;

    /// The same matrix with its rows as `held` has them: what held() gave, in another order.
    [[nodiscard]] Weight withRows(at::Tensor held) const;

    /// The same frozen matrix, of which products with bf16 operands keep what they lay out: 2 bytes an entry for each of the two
    /// below, made when first asked for. Only for f32 and bf16 on the CPU.
    [[nodiscard]] Weight keepingTiles() const;
    /// Wᵀ as the right side of x·Wᵀ; null unless kept.
    [[nodiscard]] const ops::Bf16Columns* forwardTiles() const;
    /// W as the right side of g·W; null unless kept.
    [[nodiscard]] const ops::Bf16Columns* backwardTiles() const;

    /// In f32 [O, I]: itself, or a widened copy, for the few who need all of it at once.
    [[nodiscard]] at::Tensor asFloat() const;
    /// Rows in f32 [count, I]: a view, or a widened copy.
    [[nodiscard]] at::Tensor wideRows(std::int64_t first, std::int64_t count) const;
    /// Rows of an embedding in f32: ids [N] (int64) → [N, I].
    [[nodiscard]] at::Tensor lookUp(const at::Tensor& ids_N) const;

private:
    struct KeptTiles;

    at::Tensor m_data;
    std::shared_ptr<KeptTiles> m_tiles;          ///< shared by copies
    formats::DType m_type = formats::DType::F32; ///< of blocks
    std::int64_t m_in = 0;                       ///< of blocks, else 0
};

/// A CPU tensor of two dimensions, f32 or bf16, where it lies.
[[nodiscard]] ops::MatrixView viewOf(const at::Tensor& t);

} // namespace lori::model
