// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/base_model.h"
#include "core/model/weight_gradients.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lori::model {

/// Tokens whose prediction is scored: the residual stream at `position` must predict `label`.
struct LossTargets {
    std::vector<std::int64_t> positions; ///< into [0, T), ascending
    std::vector<std::int64_t> labels;    ///< token ids
    std::vector<std::int64_t> rows;      ///< which row of the batch each belongs to
};

struct LossResult {
    std::vector<double> rowLoss; ///< Σ −log p over the row's targets (method.md §1.5), one entry a row
    at::Tensor dx_TD; ///< gradient of Σ weight·(−log p) with respect to the residual stream; undefined without gradient
};

enum class WithGradient : std::uint8_t { Yes, No };

/// Final norm, head, log-softmax and its gradient, only where there is a loss and `kLossChunk` tokens at a time: the logits of a
/// batch never exist at once (design §6.2). `weightGradients`: where head and final norm are trained too.   x [T, D] residual
/// stream, `weight` is d(batch loss)/d(token loss), one per row.
[[nodiscard]] LossResult lossAndGradient(const BaseModel& model, const at::Tensor& x_TD, const LossTargets& targets,
                                         const std::vector<double>& rowWeight, WithGradient withGradient,
                                         WeightGradients* weightGradients = nullptr);

/// Scales and caps raw logits in place, as the model does: c·tanh(scale·x / c).
void shapeLogits(const formats::ModelConfig& config, const at::Tensor& logits_NV);

inline constexpr std::int64_t kLossChunk = 256;

} // namespace lori::model
