// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace lori::ops {

/// Σ a·b over n numbers, in f32.
[[nodiscard]] float rowDot(const float* a, const float* b, std::int64_t n);

} // namespace lori::ops
