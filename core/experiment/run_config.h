// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/adapter_config.h"
#include "core/experiment/data_config.h"
#include "core/experiment/evaluation_config.h"
#include "core/experiment/mask_config.h"
#include "core/experiment/method_table.h"
#include "core/experiment/optimizer_config.h"
#include "core/experiment/stage_change.h"
#include "core/support/result.h"
#include "core/vocabulary/device.h"
#include "core/vocabulary/model_shape.h"
#include "core/vocabulary/products.h"
#include "core/vocabulary/weight_type.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lori::experiment {

struct ConfigIssue;

/// One step of the chain Prepare → LoRI-D → Mask → LoRI-S → Evaluate. Fields that a kind does not use keep their defaults.
struct StageConfig {
    StageKind kind = StageKind::LoriD;
    std::string name;                ///< for people; "" = the kind's own name
    std::vector<DataSource> sources; ///< this stage's own data; empty = data.sources
    double learningRate = 5e-5;      ///< every kind but Mask
    double epochs = 1;               ///< used when `steps` is 0
    std::int64_t steps = 0;          ///< > 0: exactly this many optimizer steps
    std::int64_t batchRows = 32;     ///< rows of one optimizer step; used when `batchTokens` is 0
    std::int64_t batchTokens = 0;    ///< > 0: fill each step with rows up to this many tokens
    std::int64_t accumulate = 1;     ///< an optimizer step is made of this many equal parts (same numbers, less memory)
    MaskConfig mask;                 ///< Mask
    std::string fromAdapter;         ///< start from this adapter folder instead of an earlier stage
    std::int64_t fromStage = -1;     ///< start from the adapter of this earlier stage; −1 = the LoRI-D stage before, if any
    StageStart start = StageStart::Auto;
    std::int64_t maskStage = -1;      ///< LoRI-S: the Mask stage whose mask holds; −1 = the newest one before
    std::string maskFile;             ///< LoRI-S: a mask file instead of a stage's
    bool evaluate = true;             ///< score the tasks at this stage's end, when evaluation.afterEachStage is on
    bool reuseProjection = true;      ///< LoRI-S: A of LoRI-D (ours); false = draw a new A (the reference)
    std::vector<StageChange> changes; ///< what changes on the way, by rising step: as somebody did it while the stage was at work
    bool operator==(const StageConfig&) const = default;
};

struct CheckpointConfig {
    std::int64_t everySteps = 50; ///< 0 = only when pausing, stopping and at the stage's end
    std::int64_t keep = 2;        ///< newest ones kept
    bool operator==(const CheckpointConfig&) const = default;
};

/// All that a run is. A run folder's config.json is exactly this; nothing else influences the numbers.
struct RunConfig {
    static constexpr int kVersion = 1;
    std::string name = "Untitled";
    std::string purpose;                         ///< a person's one line: what is this run for?
    std::string preset;                          ///< the preset it began from, "" when none
    std::string model = "smollm2-135m-instruct"; ///< a registered name, or a path to a GGUF file or Hugging Face folder
    Device device = Device::Auto;
    WeightType weights = WeightType::Auto;
    Products products = Products::F32;
    std::uint64_t seed = 0;
    std::int64_t threads = 0; ///< CPU threads; 0 = all cores
    DataConfig data;
    AdapterConfig adapter;
    OptimizerConfig optimizer;
    std::vector<StageConfig> stages;
    EvaluationConfig evaluation;
    CheckpointConfig checkpoint;
    std::string parentRun; ///< the run this one was duplicated or continued from
    bool operator==(const RunConfig&) const = default;
};

/// Complete JSON with every field, stable order; round trips exactly.
[[nodiscard]] nlohmann::json toJson(const RunConfig& config);
/// Missing fields take their defaults; unknown fields, wrong types and unknown words are errors that name the path
/// ("stages[1].mask.sparsity"). Errors: InvalidArgument, NewerVersion.
[[nodiscard]] Result<RunConfig> runConfigFromJson(const nlohmann::json& json);
[[nodiscard]] Result<RunConfig> readRunConfig(const std::string& path);

/// Sets one field by its JSON path, e.g. ("adapter.rank", "16") or ("stages[0].learningRate", "1e-4"); the value is JSON, or text
/// when it is not valid JSON. Errors: InvalidArgument with the path.
[[nodiscard]] Result<void> setField(RunConfig& config, std::string_view path, std::string_view value);

/// A named starting point: "quick-look", "paper-lori-d", "paper-lori-s-90".
struct Preset {
    std::string id;
    std::string title;       ///< English, translated by the window
    std::string explanation; ///< what it sets and why, two sentences
    RunConfig config;
};
[[nodiscard]] const std::vector<Preset>& presets();
[[nodiscard]] Result<Preset> findPreset(std::string_view id);

} // namespace lori::experiment
