// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/interference.h"
#include "ui/services/background_job.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lori::ui {

/// What the files of several adapters say, tensors included.
struct MeasuredAdapters {
    std::vector<std::filesystem::path> folders;
    std::vector<std::int64_t> modules; ///< of each adapter
    std::int64_t sharedModules = 0;    ///< that all of them have
    std::string unshared;              ///< one that only some have, "layer 3 q_proj"; "" when all have the same
    /// Why there is no report although the adapters may be merged: IA3 and DoRA change no module by B·A alone.
    std::optional<Error> notMeasured;
    analysis::InterferenceReport report;
};

/// Opens the adapters and measures how they meet, as `lori interference` does. For another thread than the window's.
/// Errors: those of openAnyAdapter and measureInterference; Stopped.
[[nodiscard]] Result<MeasuredAdapters> measureAdapters(const std::vector<std::filesystem::path>& folders,
                                                       const BackgroundJob::Cancelled& cancelled);

/// The energy of Σ wᵢ·ΔWᵢ over the whole model.
struct MergedEnergy {
    double ratio = 0; ///< |Σ wᵢΔWᵢ|² ÷ Σ |wᵢΔWᵢ|²: 1 = orthogonal, below 1 = they cancel; 0 when all are zero
    std::vector<double> shares; ///< |wᵢΔWᵢ|² ÷ Σ |wⱼΔWⱼ|²; all 0 when there is nothing
};
/// Exact for merges without loss; `weights` has one for each adapter of the report.
[[nodiscard]] MergedEnergy energyOf(const analysis::InterferenceReport& report, const std::vector<double>& weights);
/// Weights with which every adapter has the same |wᵢΔWᵢ|, and that add up to `sum`; empty when an adapter is zero.
[[nodiscard]] std::vector<double> balancedWeights(const analysis::InterferenceReport& report, double sum);

} // namespace lori::ui
