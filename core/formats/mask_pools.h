// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vocabulary/mask_scope.h"
#include "core/vocabulary/projection.h"

#include <cstdint>

namespace lori::formats {

/// Modules with the same key compete with each other under a scope (method.md §1.7). Module: 0 = attention, 1 = MLP.
[[nodiscard]] inline std::int64_t poolKey(std::int64_t layer, Projection projection, MaskScope scope)
{
    constexpr std::int64_t kProjections = 7;
    switch (scope) {
    case MaskScope::Model:
        return 0;
    case MaskScope::Module:
        return projection <= Projection::O ? 0 : 1;
    case MaskScope::Projection:
        return static_cast<std::int64_t>(projection);
    case MaskScope::Layer:
        return layer;
    case MaskScope::Matrix:
        break;
    }
    return layer * kProjections + static_cast<std::int64_t>(projection);
}

/// k = int((1 - sparsity) · entries) in double arithmetic, as the reference computes it. `sparsity` in [0, 1).
[[nodiscard]] inline std::int64_t keptOf(double sparsity, std::int64_t entries)
{
    return static_cast<std::int64_t>((1 - sparsity) * static_cast<double>(entries));
}

} // namespace lori::formats
