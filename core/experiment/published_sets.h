// SPDX-License-Identifier: Apache-2.0
#pragma once

// The published sets that the program knows by name. A new one is a row in published_sets.cpp (and, if it can be fetched, one in
// core/downloads/data_sources.cpp); core/tasks reads the rows, in one of the four ways of SetRows.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lori::experiment {

/// How the rows of a published set are written.
enum class SetRows : std::uint8_t {
    Choice,   ///< LLM-Adapters: {instruction, input, output, answer}, answer = one of the set's labels
    Question, ///< GSM8K: {question, answer}, the answer ends in "#### number"
    Program,  ///< HumanEval: {task_id, prompt, entry_point, test}; evaluation only
    Prompts,  ///< {prompt, label}: one file of harmful and one of benign requests; evaluation only
};

/// A published set that this program knows by name. Its rows are never part of the program.
struct PublishedSet {
    std::string name; ///< "arc-c"
    std::string title;
    std::string description; ///< one plain sentence
    SetRows rows = SetRows::Choice;
    std::vector<std::string> names{};  ///< other names, of the task and of its folder or file
    std::vector<std::string> labels{}; ///< Choice
    std::string group{};               ///< folder in which the data may lie: "nlu", "math" …
    bool isInNlu = false;              ///< one of those that "nlu" means together
};

/// The task that stands for all sets with isInNlu.
inline constexpr std::string_view kNlu = "nlu";

/// The eight NLU sets in the order of the paper's tables, then gsm8k, humaneval, safety-prompts.
[[nodiscard]] const std::vector<PublishedSet>& publishedSets();

} // namespace lori::experiment
