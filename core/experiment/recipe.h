// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lori::experiment {

/// Adapters into one (core/merging).
struct RecipeMerge {
    std::vector<std::string> adapters; ///< "@step" or folders
    std::string method = "concat";     ///< as `lori merge --method`
    std::string mode = "exact";        ///< "exact" or "peft"
    std::string preset;                ///< weights by name: "equal", "lori-d", "lori-s"; "" with `weights`
    std::vector<double> weights;       ///< one for each adapter; empty with `preset`
    double density = 0.7;              ///< share of the entries that pruning keeps
    std::int64_t svdRank = 0;          ///< 0 = the largest rank of the adapters
    std::uint64_t seed = 0;            ///< of DARE's random masks
    bool operator==(const RecipeMerge&) const = default;
};

/// Rows whose mean loss per response token is measured: those that runs set aside (RunConfig.data.heldOutShare), so that nobody
/// trained on them.
struct LossSet {
    std::string name; ///< "nlu"; its score is "loss.nlu"
    std::vector<DataSource> sources;
    std::int64_t rows = 64; ///< at most
    bool operator==(const LossSet&) const = default;
};

/// Scores of a model with one adapter or none.
struct RecipeMeasure {
    std::string model = "smollm2-135m-instruct";
    Device device = Device::Auto;
    WeightType weights = WeightType::Auto;
    std::string adapter; ///< "@step", a folder, or "" for the base model alone
    std::string folder;  ///< where published sets lie
    PromptTemplate promptTemplate = PromptTemplate::Chat;
    std::vector<EvaluationTask> tasks;
    std::vector<LossSet> losses;
    double heldOutShare = 0.05;   ///< as in the runs whose adapters are measured
    std::int64_t maxTokens = 512; ///< of a row whose loss is measured
    std::int64_t maxNewTokens = 96;
    std::int64_t batchRows = 16;
    std::uint64_t seed = 0; ///< of drawn answers
    bool operator==(const RecipeMeasure&) const = default;
};

/// Complete JSON with every field, and back. Errors: InvalidArgument with the field.
[[nodiscard]] nlohmann::json toJson(const RecipeMeasure& measure);
[[nodiscard]] Result<RecipeMeasure> measureFromJson(const nlohmann::json& json);

/// How adapters meet (core/analysis/interference.h).
struct RecipeInterference {
    std::vector<std::string> adapters; ///< at least two
    bool operator==(const RecipeInterference&) const = default;
};

/// One piece of work. In a RunConfig the fields fromAdapter, maskFile and mask.avoid may hold references to earlier steps:
/// "@step" is the adapter of its last training stage (or the merged adapter), "@step:2" what its stage 2 made, an adapter or a
/// mask.
struct RecipeStep {
    std::string id; ///< lower-case letters, digits and hyphens; unique
    std::variant<RunConfig, RecipeMerge, RecipeMeasure, RecipeInterference> work;
    [[nodiscard]] bool trains() const { return std::holds_alternative<RunConfig>(work); }
};

struct StepReference {
    std::string step;
    std::int64_t stage = -1; ///< −1 = not said
};
/// Nothing for a text that does not begin with "@". Throws Exception(InvalidArgument) for a stage that is no number.
[[nodiscard]] std::optional<StepReference> parseReference(std::string_view text);
/// Calls `visit` with every field of a step that may hold a reference.
void visitReferences(RecipeStep& step, const std::function<void(std::string&)>& visit);

/// A score of a step: "nlu.accuracy", "safety-prompts.refusal_rate", "loss.nlu".
struct ScoreSource {
    std::string step;
    std::string score;
    bool operator==(const ScoreSource&) const = default;
};

/// A table of the report. A cell with several sources (seeds) shows their mean and range.
struct RecipeTable {
    struct Row {
        std::string title;
        std::vector<std::vector<ScoreSource>> cells; ///< one for each column; empty = not measured
        std::vector<std::string> against;            ///< for each column a step whose score it is compared with, "" = none
    };
    std::string title;
    std::string note;
    std::vector<std::string> columns;
    std::vector<Row> rows;
};

/// What the paper says, to be held against what was measured here.
struct RecipeClaim {
    enum class Expect : std::uint8_t {
        Higher,   ///< `first` scores better than `second`
        NotLower, ///< `first` scores at most `margin` worse
    };
    struct Pair {
        ScoreSource first;
        ScoreSource second;
    };
    std::string paper; ///< the paper's sentence in our words, with its place
    Expect expect = Expect::Higher;
    double margin = 0;       ///< 0–1
    std::vector<Pair> pairs; ///< their rows are pooled
};

/// How two measurements go together over several steps: overlap against what a merge loses.
struct RecipeRelation {
    struct Point {
        std::string group; ///< "one A, dense B": points of one colour
        std::string xStep; ///< its score `xScore` is the x; points of one xStep belong together
        std::string yStep; ///< y is what its score is worse than that of `against`: positive = lost
        std::string against;
        std::string score; ///< "loss.maths"
    };
    std::string title;
    std::string note;
    std::string xTitle;
    std::string yTitle;
    std::string xScore; ///< "interference.rowOverlap"; see recipes::scoresOf
    std::vector<Point> points;
};

/// An experiment as a graph of steps, each going on from earlier ones, and what is to be read from it.
struct Recipe {
    static constexpr int kVersion = 1;
    std::string id;
    std::string title;
    std::string explanation;
    std::string source; ///< "arXiv 2504.07448, Figure 1b"
    std::vector<RecipeStep> steps;
    std::vector<RecipeTable> tables;
    std::vector<RecipeRelation> relations;
    std::vector<RecipeClaim> claims;
    [[nodiscard]] const RecipeStep* find(std::string_view step) const;
};

/// What a recipe file may leave to whoever runs it: "{data}" and "{model}" in its texts.
struct RecipeVariables {
    std::string data;  ///< folder of the published sets; needed only by recipes that name it
    std::string model; ///< "" = the recipe's own
};

/// Reads a recipe: `for` loops and `use` and "$path" references to its `values` are expanded (resources/recipes/README.md).
/// Errors: InvalidArgument with the place (unknown field, word or value; a step that refers to itself, a later or a missing one;
/// a run that may not start), NewerVersion.
[[nodiscard]] Result<Recipe> recipeFromJson(const nlohmann::json& json, const RecipeVariables& variables);
/// Errors: also NotFound, BadFile with the line; every place begins with the file's name.
[[nodiscard]] Result<Recipe> readRecipe(const std::string& path, const RecipeVariables& variables);
/// id, title, explanation, source, and how many steps, without running or checking anything else.
struct RecipeInfo {
    std::string id;
    std::string title;
    std::string explanation;
    std::string source;
    bool needsData = false; ///< names {data}
};
[[nodiscard]] Result<RecipeInfo> readRecipeInfo(const std::string& path);

/// Loops and references written out: what recipeFromJson reads. Throws Exception(InvalidArgument).
[[nodiscard]] nlohmann::json expandRecipe(const nlohmann::json& json, const RecipeVariables& variables);

/// Identity of each step: SHA-256 over its work and the keys of the steps it refers to, without what is only for people (a run's
/// name, purpose). Equal keys are equal work, in whatever recipe. 64 hexadecimal digits, in the order of the steps.
[[nodiscard]] std::vector<std::string> stepKeys(const Recipe& recipe);

} // namespace lori::experiment
