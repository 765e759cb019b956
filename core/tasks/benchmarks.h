// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/published_sets.h"
#include "core/tasks/task.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

using BenchmarkRows = experiment::SetRows;
using Benchmark = experiment::PublishedSet;

/// The eight NLU sets in the order of the paper's tables, then gsm8k, humaneval, safety-prompts.
[[nodiscard]] const std::vector<Benchmark>& benchmarks();
/// By name or other name, letters in any case; nullptr when it is none. "nlu" is none: see benchmarksOf.
[[nodiscard]] const Benchmark* findBenchmark(std::string_view task);
/// The sets a task consists of: eight for "nlu", one for a set, none for anything else.
[[nodiscard]] std::vector<const Benchmark*> benchmarksOf(std::string_view task);
/// Every name that loadEvaluation knows besides the starter tasks.
[[nodiscard]] std::vector<TaskInfo> listBenchmarks();

/// The file of a split ("train", "test"; "eval_harmful" and "eval_benign" for Prompts). Looked for, with .jsonl before .json, in
/// this order: <group>/<name>/<split>, <name>/<split>, <split> when the folder itself has the set's name, and for sets of a
/// single file <group>/<name>, <name>. Every name of the set is tried. No folder = data/ of the program's home.
/// Throws Exception: NotFound with what was looked for, InvalidArgument when no folder is named and the home has none.
[[nodiscard]] std::filesystem::path benchmarkFile(const Benchmark& set, const std::string& split, const DataFolder& folder);

/// Training rows of a set. Throws Exception as loadTrainingRows.
[[nodiscard]] std::vector<Row> benchmarkTrainingRows(const Benchmark& set, const DataFolder& folder);
/// Where the published mixture of "nlu" lies, when it is there.
[[nodiscard]] std::optional<std::filesystem::path> mixtureFile(const DataFolder& folder);
/// "nlu": <nlu/>commonsense_170k.json when it is there (the published mixture), else the eight train files one after another.
[[nodiscard]] std::vector<Row> mixtureTrainingRows(const DataFolder& folder);
/// The sides of a set; metrics are "accuracy", "pass_rate", "refusal_rate", "needless_refusal_rate".
[[nodiscard]] std::vector<EvaluationSide> benchmarkEvaluation(const Benchmark& set, const DataFolder& folder);

} // namespace lori::tasks
