// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is looked at in an adapter's numbers. Internal to this room.

#include "core/formats/tensor_file.h"

namespace lori::formats {

/// Whether a tensor of a floating type holds neither NaN nor infinity. Reads it once and gives its pages back.
[[nodiscard]] bool allFinite(const TensorView& tensor);

} // namespace lori::formats
