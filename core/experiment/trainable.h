// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"

#include <cstdint>
#include <string>

namespace lori::experiment {

/// What one training stage trains, known exactly before the run (LoRI-S under the reference rule: without ties).
struct Trainable {
    std::int64_t parameters = 0;
    std::int64_t weightBytes = 0;    ///< f32 values of what the method adds: trained ones and its frozen A
    std::int64_t optimizerBytes = 0; ///< gradient and two moments, f32
    std::string formula;             ///< "30 layers × 5,184 out-features × rank 32 = 4,976,640"
};

/// `mask` is used by LoRI-S only. A Mask stage trains nothing.
/// LoRA rank·Σ(in + out) · DoRA also Σ out (magnitudes) · IA3 Σ out, or in of feed-forward modules · Full every weight (method.md
/// §1.2).
[[nodiscard]] Trainable trainable(StageKind kind, const AdapterConfig& adapter, const MaskConfig& mask, const ModelShape& shape);

/// The mask a LoRI-S stage of this run trains under: maskStage, or the newest before; default settings when there is none.
/// `stage` may be one past the last: then the newest mask of the run.
[[nodiscard]] MaskConfig maskOf(const RunConfig& config, std::size_t stage);

/// The stage of the run that trains most at once.
[[nodiscard]] Trainable largestTrainable(const RunConfig& config, const ModelShape& shape);

} // namespace lori::experiment
