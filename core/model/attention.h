// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lori::model {

/// Grouped-query attention: H query heads share G key-value heads of E features; query head h reads key head h / (H / G).
struct HeadShape {
    std::int64_t heads = 0;
    std::int64_t kvHeads = 0;
    std::int64_t headSize = 0;
    std::int64_t window = 0;            ///< a token sees itself and the window - 1 tokens before it; 0 = all before it
    double factor = 0;                  ///< of q·k; 0 = 1 / sqrt(E)
    double cap = 0;                     ///< scores become cap·tanh(score / cap); 0 = they stay
    [[nodiscard]] double scale() const; ///< the factor, or 1 / sqrt(E)
};

/// Rows laid end to end: row i holds tokens offsets[i] … offsets[i+1] - 1. Nothing is padded; tokens of different rows never
/// meet.
using RowOffsets = std::vector<std::int64_t>;

struct AttentionResult {
    at::Tensor o_THE;  ///< [T, H·E]
    at::Tensor lse_TH; ///< log of the softmax denominator, all the backward pass keeps of the scores
};
/// Causal attention within each row.   q [T, H·E], k and v [T, G·E].   Cost: 4·H·E·Σ len² / 2 FLOP, scores of 64 queries at a
/// time.
[[nodiscard]] AttentionResult attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const RowOffsets& rows,
                                        const HeadShape& shape);

struct AttentionGradients {
    at::Tensor dq; ///< [T, H·E]
    at::Tensor dk; ///< [T, G·E]
    at::Tensor dv; ///< [T, G·E]
};
/// Recomputes the probabilities from q, k and lse:  P = exp(s·qkᵀ − lse),  dV = Pᵀ·dO,  dS = P ∘ (dO·Vᵀ − rowsum(P ∘ dO·Vᵀ)),
/// which a cap multiplies by its slope 1 − (capped score / cap)².
[[nodiscard]] AttentionGradients attentionBackward(const at::Tensor& dO, const at::Tensor& q, const at::Tensor& k,
                                                   const at::Tensor& v, const at::Tensor& lse_TH, const RowOffsets& rows,
                                                   const HeadShape& shape);

/// Causal attention of the last M tokens of one row of N over all of it: they stand behind N − M tokens that were read before.
/// q [M, H·E]; keys, values [N, G·E] → [M, H·E].
[[nodiscard]] at::Tensor attentionContinued(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values,
                                            const HeadShape& shape);

/// One new token per row against its cached keys and values.
/// q [B, H·E]; keys, values [B, capacity, G·E] with lengths[b] valid tokens (the new one included) → [B, H·E].
[[nodiscard]] at::Tensor attentionStep(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values,
                                       const std::vector<std::int64_t>& lengths, const HeadShape& shape);

/// Plain ATen forms: what a GPU runs, and the oracle of the fused CPU forms.
namespace reference {
[[nodiscard]] AttentionResult attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const RowOffsets& rows,
                                        const HeadShape& shape);
[[nodiscard]] AttentionGradients attentionBackward(const at::Tensor& dO, const at::Tensor& q, const at::Tensor& k,
                                                   const at::Tensor& v, const at::Tensor& lse_TH, const RowOffsets& rows,
                                                   const HeadShape& shape);
[[nodiscard]] at::Tensor attentionContinued(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values,
                                            const HeadShape& shape);
[[nodiscard]] at::Tensor attentionStep(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values,
                                       const std::vector<std::int64_t>& lengths, const HeadShape& shape);
} // namespace reference

} // namespace lori::model
