// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lori::model {

/// y = x·Wᵀ in f32 for a few tokens and a W of bf16 or f16, straight from the 16-bit values: generation reads half the bytes.
/// x [T, I] f32 contiguous, w [O, I] contiguous, CPU → [T, O].
[[nodiscard]] at::Tensor halfProduct(const at::Tensor& x_TI, const at::Tensor& w_OI);

} // namespace lori::model
