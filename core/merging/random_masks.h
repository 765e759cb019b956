// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"
#include "core/vocabulary/projection.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <functional>

namespace lori::merging {

/// Which matrix of which adapter a random mask is for.
struct MaskRequest {
    std::size_t adapter = 0; ///< place in the list of adapters
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    char matrix = 'B'; ///< 'A' [rank, in], 'B' [out, rank] or 'W' [out, in]
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    double density = 1; ///< share of ones
};

/// Gives DARE's masks: f32, 1 = keep, 0 = drop, of the shape asked. Called from several threads. May throw Exception.
using MaskSource = std::function<at::Tensor(const MaskRequest&)>;

/// Bernoulli masks, each from its own generator seeded by `seed` and its place, so that neither the order nor the threads matter.
[[nodiscard]] MaskSource seededMasks(std::uint64_t seed);

/// Masks from a safetensors file, for instance those another program drew: tensors "<adapter>.<key>" with the place of the
/// adapter from 0 and key "base_model.model.model.layers.N.….lora_A.weight", "….lora_B.weight" or, for ΔW, "….weight". Errors:
/// those of openSafetensors; the source throws NotFound and Mismatch for a mask that is absent or of another shape.
[[nodiscard]] Result<MaskSource> masksFromFile(const std::filesystem::path& file);

} // namespace lori::merging
