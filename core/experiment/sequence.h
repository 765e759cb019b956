// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lori::experiment {

/// How a LoRI-S stage of a sequence chooses its mask beside those of the stages before.
enum class MaskPolicy : std::uint8_t {
    Own,     ///< the largest entries, whoever used them before (the reference, method.md §1.8): shared ones are overwritten
    Avoid,   ///< the largest entries that no earlier stage uses: nothing learned before is touched
    Protect, ///< its own choice without those that an earlier stage uses: fewer entries, nothing learned before is touched
};

/// One task of a sequence.
struct SequenceStage {
    std::string name; ///< "Safety", "NLU"
    StageKind method = StageKind::LoriS;
    std::vector<DataSource> sources;
    double learningRate = 5e-4;
    double epochs = 1;
    std::int64_t steps = 0; ///< > 0: exactly this many
    std::int64_t batchRows = 32;
    std::int64_t batchTokens = 0;
    std::int64_t accumulate = 1;
    double calibrationLearningRate = 5e-5; ///< LoRI-S: of the LoRI-D that finds the mask
    std::int64_t calibrationSteps = 0;     ///< LoRI-S: 0 = as long as the stage itself
    MaskConfig mask;
    MaskPolicy policy = MaskPolicy::Avoid;
    bool operator==(const SequenceStage&) const = default;
};

/// Continual learning: tasks in order, each going on from the adapter of the one before (paper §4.4, method.md §1.8).
struct SequenceConfig {
    RunConfig run;           ///< model, adapter, optimizer, evaluation …; its own `stages` must be empty
    std::string fromAdapter; ///< an adapter to begin from; "" = from scratch
    std::string fromMask;    ///< the entries it uses, for Avoid and Protect; "" = none known
    std::vector<SequenceStage> stages;
    bool operator==(const SequenceConfig&) const = default;
};

[[nodiscard]] nlohmann::json toJson(const SequenceConfig& config);
/// Errors: as runConfigFromJson and readRunConfig.
[[nodiscard]] Result<SequenceConfig> sequenceFromJson(const nlohmann::json& json);
[[nodiscard]] Result<SequenceConfig> readSequence(const std::string& path);

/// A sequence as the stages of one run: a LoRI-S task becomes calibration (LoRI-D with the chain's A and B = 0), mask, and LoRI-S
/// that goes on from the chain; any other method one stage that goes on. Errors: InvalidArgument with the path of the first
/// problem.
[[nodiscard]] Result<RunConfig> expandSequence(const SequenceConfig& config);

/// Index, in expandSequence()'s stages, of the stage whose end is the end of task `task`.
[[nodiscard]] std::int64_t lastStageOfTask(const SequenceConfig& config, std::size_t task);

} // namespace lori::experiment
