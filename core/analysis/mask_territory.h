// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"
#include "core/support/result.h"
#include "core/vocabulary/mask_scope.h"
#include "core/vocabulary/projection.h"

#include <cstdint>
#include <vector>

namespace lori::analysis {

/// Whose the entries of B are, in one module or summed over some: entries = free + Σ own + shared.
struct Territory {
    std::int64_t entries = 0;
    std::int64_t free = 0;         ///< no mask keeps them
    std::vector<std::int64_t> own; ///< [i]: mask i keeps them and no other does
    std::int64_t shared = 0;       ///< two masks or more keep them
    void add(const Territory& other);
};
struct ModuleTerritory {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    Territory territory;
};
struct MaskTerritory {
    Territory total;
    std::vector<ModuleTerritory> modules; ///< by layer, then projection
};

/// A module that one mask lacks is kept nowhere in it. Cost O(masks · entries / 8).
/// Errors: InvalidArgument (no mask), Mismatch (other shapes, both said).
[[nodiscard]] Result<MaskTerritory> territoryOf(const std::vector<formats::Mask>& masks);

/// How many further masks of this sparsity find all their entries free when each keeps off the ones before it: the smallest, over
/// the pools of the scope, of ⌊free ÷ k⌋ with k = int((1 − sparsity)·n) (method.md §1.7). Pools in which k is 0 ask for nothing.
/// It is "about" that many: the reference's rule keeps ties, and so a few entries more.
/// Errors: InvalidArgument (sparsity not in [0, 1), or one at which every k is 0).
[[nodiscard]] Result<std::int64_t> roomLeft(const MaskTerritory& territory, double sparsity, MaskScope scope);

} // namespace lori::analysis
