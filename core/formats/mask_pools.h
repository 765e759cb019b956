// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"

#include <cstdint>

namespace lori::formats {

/// Modules with the same key compete with each other under a scope (method.md §1.7). Module: 0 = attention, 1 = MLP.
[[nodiscard]] inline std::int64_t poolKey(std::int64_t layer, experiment::Projection projection, experiment::MaskScope scope)
{
    constexpr std::int64_t kProjections = 7;
    switch (scope) {
    case experiment::MaskScope::Model:
        return 0;
    case experiment::MaskScope::Module:
        return projection <= experiment::Projection::O ? 0 : 1;
    case experiment::MaskScope::Projection:
        return static_cast<std::int64_t>(projection);
    case experiment::MaskScope::Layer:
        return layer;
    case experiment::MaskScope::Matrix:
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
