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
    bool rslora = false;              ///< scaling = alpha / sqrt(rank) (rank-stabilized LoRA, PEFT's use_rslora)
    /// IA3's own modules (PEFT's defaults for Llama): those named here are scaled at their output, …
    std::vector<Projection> ia3Targets{Projection::K, Projection::V, Projection::Down};
    /// … except these, which are scaled at their input; a part of ia3Targets.
    std::vector<Projection> ia3FeedForward{Projection::Down};
    bool operator==(const AdapterConfig&) const = default;
};

} // namespace lori::experiment
