// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace lori::model {

/// Whether the fused forms serve `x`: contiguous f32 on the CPU. Everything else takes the plain ATen path.
[[nodiscard]] inline bool isPlainFloat(const at::Tensor& x)
{
    return x.is_cpu() && x.scalar_type() == at::kFloat && x.is_contiguous();
}

} // namespace lori::model
