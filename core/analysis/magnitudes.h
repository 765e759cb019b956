// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"
#include "core/vocabulary/mask_scope.h"
#include "core/vocabulary/projection.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace lori::analysis {

/// |B| of one module, f32, row-major [out, rank].
struct ModuleMagnitudes {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    std::int64_t out = 0;
    std::int64_t rank = 0;
    std::vector<float> values;
};

/// |B| of every module, in the adapter's order (layer, then projection).
/// Throws Exception: BadFile (no modules, B absent, not two-dimensional or empty), NonFinite (NaN or infinity, with module and
/// index).
[[nodiscard]] std::vector<ModuleMagnitudes> loadMagnitudes(const formats::AdapterFiles& adapter);

/// The modules whose entries compete with each other under a scope: lists of module numbers (method.md §1.7).
/// Module: two pools, attention {q, k, v, o} and MLP {gate, up, down}. Empty pools are left out.
[[nodiscard]] std::vector<std::vector<std::size_t>> poolsOf(const std::vector<ModuleMagnitudes>& modules, MaskScope scope);

/// What a pool is called: "model", "attention" or "mlp", "q_proj", "layer 3", "layer 3 q_proj".
[[nodiscard]] std::string poolName(std::int64_t layer, Projection projection, MaskScope scope);

/// k = int((1 - sparsity) * entries) in double arithmetic, as the reference computes it.
/// Throws Exception(InvalidArgument) when sparsity is not in [0, 1).
[[nodiscard]] std::int64_t keptCount(double sparsity, std::int64_t entries);

/// The error for a pool of which the reference's rule keeps nothing.
[[noreturn]] void refuseEmptyPool(double sparsity, std::int64_t entries);

} // namespace lori::analysis
