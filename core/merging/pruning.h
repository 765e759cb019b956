// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/merging/merge_options.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace lori::merging {

/// Keeps the int(density·n) entries of largest size, ties as torch.topk breaks them; the rest becomes 0. Density ≥ 1 keeps all.
[[nodiscard]] at::Tensor keepLargest(const at::Tensor& values, double density);

/// The i-th of some tensors of one shape; called once or twice for each, so that not all need to be in memory.
using TensorAt = std::function<at::Tensor(std::size_t i)>;

/// Σᵢ weightᵢ·xᵢ in the type of x.
[[nodiscard]] at::Tensor weightedSum(const TensorAt& at, const std::vector<double>& weights);

/// TIES (Yadav et al. 2023, arXiv 2306.01708): for each entry the sign of Σ xᵢ (or of Σ sign xᵢ; 0 counts as +) is elected, and
///   y = Σ weightᵢ·xᵢ over the i whose sign agrees ÷ max(1, how many agree).
/// The x are pruned already. An x of 0 has no sign and agrees with none.
[[nodiscard]] at::Tensor disjointSum(const TensorAt& at, const std::vector<double>& weights, SignMethod signs);

} // namespace lori::merging
