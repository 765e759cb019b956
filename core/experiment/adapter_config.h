// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vocabulary/projection.h"

#include <cstdint>
#include <vector>

namespace lori::experiment {

struct AdapterConfig {
    std::int64_t rank = 32; ///< 1–1024
    double alpha = 64;      ///< > 0; scaling = alpha / rank
    std::vector<Projection> targets{kAllProjections.begin(), kAllProjections.end()};
    std::uint64_t projectionSeed = 0; ///< seed of A
    /// −1: A is drawn at random (Kaiming uniform). k ≥ 0: the k-th block of `rank` rows of one orthonormal set that the seed
    /// draws, as long as random rows are on average: A of one seed and different blocks are orthogonal to each other.
    std::int64_t orthogonalBlock = -1;
    bool rslora = false; ///< scaling = alpha / sqrt(rank) (rank-stabilized LoRA, PEFT's use_rslora)
    /// IA3's own modules (PEFT's defaults for Llama): those named here are scaled at their output, …
    std::vector<Projection> ia3Targets{Projection::K, Projection::V, Projection::Down};
    /// … except these, which are scaled at their input; a part of ia3Targets.
    std::vector<Projection> ia3FeedForward{Projection::Down};
    bool operator==(const AdapterConfig&) const = default;
};

} // namespace lori::experiment
