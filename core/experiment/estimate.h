// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/machine_speed.h"
#include "core/experiment/run_config.h"
#include "core/support/home.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lori::experiment {

/// A number together with the formula a person may read.
struct Figure {
    double value = 0;
    std::string formula; ///< "30 layers × 5,184 out-features × rank 32"
};

/// What a run will need, before it starts.
struct Estimate {
    std::vector<Figure> parameters; ///< of each method, in the order of kMethods; 0 for Mask
    Figure memoryBytes;             ///< peak, host memory on CPU
    Figure seconds;                 ///< training and evaluation
    Figure diskBytes;               ///< run folder at the end

    /// What a stage of `kind` would train. Only of an estimate that estimate() made.
    [[nodiscard]] const Figure& parametersOf(StageKind kind) const { return parameters[static_cast<std::size_t>(kind)]; }
};

/// Average row lengths of the data; zeros are replaced by assumptions (150 tokens a row, 80 of them response).
struct DataLengths {
    std::int64_t rows = 0;
    double meanTokens = 0;
    double meanResponseTokens = 0;
};

/// What this machine achieved at work like this run's: the speed its estimate counts with.
[[nodiscard]] MachineSpeed machineSpeed(const Home& home, const RunConfig& config, const ModelShape& shape,
                                        const DataLengths& lengths);

[[nodiscard]] Estimate estimate(const RunConfig& config, const ModelShape& shape, const DataLengths& lengths,
                                const MachineSpeed& speed);

} // namespace lori::experiment
