// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/weight_tensors.h"

namespace lori::model {

/// What WeightType::Auto means for matrices that a file stores as `stored`: f32 on the CPU, which computes in f32 (design §6.7);
/// on a GPU the file's own type where that is bf16 or f16, else f32. File is itself on the CPU for files
/// of blocks, else the type of the file's numbers. Any other type is itself.
[[nodiscard]] WeightType weightTypeFor(WeightType asked, at::DeviceType device, formats::DType stored);

} // namespace lori::model
