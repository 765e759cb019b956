// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/method_table.h"
#include "core/support/result.h"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lori::experiment {

/// The linear layers of a decoder block that an adapter may sit on, in the order every file and table uses.
enum class Projection : std::uint8_t { Q, K, V, O, Gate, Up, Down };
inline constexpr std::array<Projection, 7> kAllProjections{Projection::Q,    Projection::K,  Projection::V,   Projection::O,
                                                           Projection::Gate, Projection::Up, Projection::Down};
/// Hugging Face's module name: "q_proj" … "down_proj".
[[nodiscard]] std::string_view projectionName(Projection projection);
[[nodiscard]] Result<Projection> projectionFromName(std::string_view name);

enum class Device : std::uint8_t { Auto, Cpu, Cuda };
/// How the base model's weights lie in memory. Auto: f32 on the CPU (design §6.7), the file's own type on a GPU.
enum class WeightType : std::uint8_t { Auto, F32, Bf16, F16 };

/// How a row becomes the prompt the model sees (method.md §1.3). Strict forms are ours, Reference forms are byte-exact.
enum class PromptTemplate : std::uint8_t {
    Chat,              ///< the base model's own chat template, instruction (+ blank line + input) as the user's turn
    Alpaca,            ///< Alpaca text without stray indentation
    AlpacaReference,   ///< the reference's training text, indented by 20 spaces
    QuestionReference, ///< GSM8K: question, LF, the step-by-step sentence, LF
    Plain,             ///< instruction (+ blank line + input) and nothing else
};

/// Which fields of a row hold what. Empty names are found by looking at the first rows.
struct ColumnMapping {
    std::string instruction; ///< "instruction", "question", "prompt" …
    std::string input;       ///< optional context
    std::string output;      ///< "output", "answer", "response" …
    std::string system;      ///< optional system text, a turn of its own in front of the others
    std::string history;     ///< optional earlier turns: [[user, assistant], …] or a chat list
    std::string messages;    ///< a chat list [{role, content}] or [{from, value}]; excludes instruction, input, output, history
    bool operator==(const ColumnMapping&) const = default;
};

/// Where training rows come from: a starter task or a published set by name, or a file.
struct DataSource {
    std::string task;      ///< "safety", "maths", … or "boolq", "gsm8k", …; "" with `file`
    std::string file;      ///< JSONL, JSON or CSV; "" with `task`
    ColumnMapping columns; ///< only for `file`
    PromptTemplate promptTemplate = PromptTemplate::Chat;
    std::int64_t maxRows = 0; ///< 0 = all
    bool operator==(const DataSource&) const = default;
};

/// What happens to rows that are too long (method.md §1.4, §5 no. 9).
enum class Truncation : std::uint8_t {
    KeepResponse, ///< ours: drop the middle of the prompt first; a whole answer keeps its EOS; counted and reported
    Reference,    ///< prompt's first `maxPromptTokens`, then response's first `maxTokens - maxPromptTokens`; EOS may be lost
};

/// Which answers of a conversation of several turns are learned.
enum class LearnedTurns : std::uint8_t {
    All,  ///< a loss on every turn of the assistant
    Last, ///< on the last one only; the others are part of the prompt
};

/// The order in which rows are visited.
enum class RowOrder : std::uint8_t {
    Seeded,    ///< ours: a new permutation each epoch from the run's seed; last short batch is used
    Reference, ///< NumPy + Python generators of the reference, shuffled in place each epoch; last short batch dropped
};

struct DataConfig {
    std::vector<DataSource> sources;
    std::string folder;               ///< where published sets lie; "" = data/ of the program's home
    double heldOutShare = 0.05;       ///< 0–0.5 of the rows, chosen by row hash, never trained on
    std::int64_t heldOutMaxRows = 64; ///< at most this many are measured
    std::int64_t maxTokens = 512;     ///< per row, prompt and response together
    std::int64_t maxPromptTokens = 256;
    Truncation truncation = Truncation::KeepResponse;
    RowOrder order = RowOrder::Seeded;
    bool addBos = false; ///< put the model's BOS id before the prompt (the reference does not); never twice
    LearnedTurns learnedTurns = LearnedTurns::All;
    bool endAfterCut =
        false; ///< KeepResponse: an answer that was cut ends with EOS all the same (it teaches to stop mid-sentence)
    bool operator==(const DataConfig&) const = default;
};

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

enum class ClipRule : std::uint8_t {
    PerTensor, ///< the reference: each B by its own norm, after masking (method.md §1.6)
    Global,    ///< one norm over all trained entries
    None,
};
enum class LossReduction : std::uint8_t {
    SequenceSum, ///< the reference: sum over response tokens, mean over rows
    TokenMean,   ///< mean over the response tokens of the batch
};
enum class Schedule : std::uint8_t { Constant, Linear, Cosine };

struct OptimizerConfig {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0; ///< decoupled (AdamW)
    ClipRule clip = ClipRule::PerTensor;
    double maxGradNorm = 1; ///< > 0
    Schedule schedule = Schedule::Constant;
    std::int64_t warmupSteps = 0; ///< factor min(1, (step + 1) / (warmup + 1)), step from 0
    LossReduction loss = LossReduction::SequenceSum;
    bool operator==(const OptimizerConfig&) const = default;
};

enum class MaskScope : std::uint8_t { Model, Module, Projection, Layer, Matrix };
enum class MaskRule : std::uint8_t {
    Reference, ///< |b| >= k-th largest, k = int((1 - sparsity) * n): ties are kept (method.md §1.7)
    ExactK,    ///< exactly max(1, k) entries, ties broken by the lower index
};

/// What a mask does with entries that earlier masks already use.
enum class AvoidRule : std::uint8_t {
    ChooseFree, ///< the largest entries among the free ones: as many as without the others, where enough are free (§1.7)
    Remove,     ///< choose as if there were no others, then give up what they use: fewer entries
};

struct MaskConfig {
    double sparsity = 0.9; ///< 0–0.999: the share of B that stays zero
    MaskScope scope = MaskScope::Model;
    MaskRule rule = MaskRule::Reference;
    std::vector<std::string> avoid;        ///< mask files, or LoRI-S adapter folders, whose entries are taken
    std::vector<std::int64_t> avoidStages; ///< earlier Mask stages of this run whose entries are taken
    AvoidRule avoidRule = AvoidRule::ChooseFree;
    bool operator==(const MaskConfig&) const = default;
};

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
    std::int64_t maskStage = -1; ///< LoRI-S: the Mask stage whose mask holds; −1 = the newest one before
    std::string maskFile;        ///< LoRI-S: a mask file instead of a stage's
    bool evaluate = true;        ///< score the tasks at this stage's end, when evaluation.afterEachStage is on
    bool reuseProjection = true; ///< LoRI-S: A of LoRI-D (ours); false = draw a new A (the reference)
    bool operator==(const StageConfig&) const = default;
};

/// How a choice task is answered.
enum class EvaluationHow : std::uint8_t {
    Generate,      ///< the model writes its answer (the paper's way)
    LogLikelihood, ///< the option with the highest log-likelihood after the prompt: faster; choice tasks only
};
enum class ScoringMode : std::uint8_t {
    Strict,    ///< ours: the answer alone, every row
    Reference, ///< prompts, extraction and quirks of the reference, byte for byte (method.md §1.9)
};

/// One thing to score. Safety has two sides and always measures both.
struct EvaluationTask {
    std::string task;       ///< a starter task or a published set
    std::int64_t limit = 0; ///< rows per side; 0 = all evaluation rows
    EvaluationHow how = EvaluationHow::Generate;
    ScoringMode scoring = ScoringMode::Strict;
    std::int64_t samples = 1; ///< answers per row; > 1 samples them (temperature 0.2, top-p 0.95) and gives pass@k
    bool secondScorer = true; ///< safety, strict: also judged by likelihood under the base model, and the disagreement counted
    bool operator==(const EvaluationTask&) const = default;
};

/// A score that training must not lose: when a check finds it further below the best score of the task at an earlier stage's end
/// than this, the run pauses and says so; the checkpoint before the fall is kept.
struct ScoreFloor {
    std::string task;   ///< one of evaluation.tasks
    std::string metric; ///< "refusal_rate", "accuracy", …; "" = the task's first metric
    double points = 10; ///< percentage points, 0–100
    bool operator==(const ScoreFloor&) const = default;
};

struct EvaluationConfig {
    std::vector<EvaluationTask> tasks;
    bool beforeTraining = true;
    std::int64_t everySteps = 0;  ///< 0 = only at the stage's end
    std::int64_t everyLimit = 20; ///< rows per side of the checks during training
    bool afterEachStage = true;
    std::int64_t maxNewTokens = 96;
    std::int64_t batchRows = 16;
    std::int64_t heldOutEverySteps = 10; ///< held-out loss; 0 = only at the stage's end
    std::vector<ScoreFloor> floors;      ///< looked at after every scoring; one pause for each fall
    bool operator==(const EvaluationConfig&) const = default;
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

/// One thing wrong with a configuration.
struct ConfigIssue {
    std::string path;    ///< JSON path, "stages[0].learningRate"
    std::string problem; ///< "must be between 1 and 1024, is 0"
    std::string hint;
    bool operator==(const ConfigIssue&) const = default;
};
/// Every problem at once, empty when the run may start. Looks only at the configuration itself, never at the disk.
[[nodiscard]] std::vector<ConfigIssue> validate(const RunConfig& config);

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
