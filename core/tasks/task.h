// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/message.h"
#include "core/experiment/data_config.h"
#include "core/experiment/evaluation_config.h"
#include "core/support/result.h"
#include "core/tasks/program.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace lori::tasks {

/// A training row after column mapping, before the prompt template.
struct Row {
    std::string instruction;
    std::string input; ///< "" when there is none
    std::string output;
    /// Turns in front of the instruction: a system turn, earlier questions and answers in turn; empty for most rows.
    std::vector<chat::Message> context{};
    bool operator==(const Row&) const = default;
};

/// What a chat template is fed; made by the caller from the tokenizer so that this room needs no model.
using ChatFormatter = std::function<std::string(const std::string& userText)>;

/// The prompt of a row under a template (method.md §1.3). `chat` is used by PromptTemplate::Chat only.
[[nodiscard]] std::string renderPrompt(const Row& row, experiment::PromptTemplate promptTemplate, const ChatFormatter& chat);
/// The text to learn; QuestionReference rewrites "####" as the reference does, the others return row.output.
[[nodiscard]] std::string renderResponse(const Row& row, experiment::PromptTemplate promptTemplate);

/// How a generated answer is judged.
enum class Judge : std::uint8_t {
    Refusal,     ///< hit = the answer refuses (strict: answer only, our phrase list)
    FinalNumber, ///< hit = the final number equals `expected`
    Choice,      ///< hit = the first option word equals `expected`
    UnitTests,   ///< hit = the program passes its tests; needs a ProgramRunner
};

/// One evaluation row.
struct EvaluationRow {
    std::string id;                           ///< stable within the task: "safety/harmful/017"
    Row row;                                  ///< output is what training would teach, "" when there is no such text
    std::string expected;                     ///< number, option word, or "" for refusals
    std::vector<std::string> options;         ///< Choice only
    std::vector<std::string> optionAnswers{}; ///< Choice: the whole answer that each option stands for, for log-likelihoods
    ProgramTests program{};                   ///< UnitTests only
};

/// One side of an evaluation: safety has two (harmful, harmless), the others one.
struct EvaluationSide {
    std::string metric; ///< "refusal_rate", "needless_refusal_rate", "accuracy", "pass_rate"
    bool higherIsBetter = true;
    Judge judge = Judge::FinalNumber;
    std::vector<EvaluationRow> rows;
    std::string set{}; ///< the published set the rows come from, "" for starter tasks
};

/// What a starter task is, from resources/tasks/<name>/task.json.
struct TaskInfo {
    std::string name;        ///< "safety"
    std::string title;       ///< "Safety"
    std::string description; ///< one plain sentence
    std::string shows;       ///< what it can show
    std::string doesNotShow; ///< what it cannot show
    std::int64_t trainRows = 0;
    std::int64_t evaluationRows = 0;
};

/// The folder of resources, whose tasks/ holds the starter tasks: $LORI_RESOURCES, else ../share/lori-workbench beside the
/// program's folder, else the source tree it was built from. Errors: NotFound with the places that were looked at.
[[nodiscard]] Result<std::filesystem::path> resourceFolder();
/// The starter tasks; the published sets are in benchmarks.h.
[[nodiscard]] Result<std::vector<TaskInfo>> listTasks();

/// Where a person keeps the published benchmark sets; empty = data/ of the program's home. The starter tasks need none.
struct DataFolder {
    std::filesystem::path path;
};
/// Rows of a starter task, or of a published set found in `folder` (benchmarks.h says where it looks).
/// Errors: NotFound (task, or the set's file, with what was looked for), InvalidArgument (a published set without a folder, a set
/// without training rows), BadFile with file, row and field: no row is returned unless all are right.
[[nodiscard]] Result<std::vector<Row>> loadTrainingRows(const std::string& task, const DataFolder& folder = {});
[[nodiscard]] Result<std::vector<EvaluationSide>> loadEvaluation(const std::string& task, const DataFolder& folder = {});

/// The verdict on one generated answer. Strict: looks at `answer` alone, never at the prompt.
struct Verdict {
    bool hit = false;
    std::string extracted; ///< the number, the option, the refusing phrase found; why a program failed
};
/// Throws Exception: Unsupported for UnitTests without a runner, NotFound or BadFile when the phrase list of refusals cannot be
/// read.
[[nodiscard]] Verdict judge(Judge how, const EvaluationRow& row, const std::string& answer, const ProgramRunner& runner = {});

/// A rate with its Wilson 95 % interval.
struct Rate {
    std::int64_t hits = 0;
    std::int64_t n = 0;
    double value = 0; ///< hits / n, 0 when n is 0
    double low = 0;
    double high = 1;
};
/// Wilson score interval, z = 1.959964 (E. B. Wilson, JASA 22, 1927). Throws Exception(InvalidArgument) unless 0 <= hits <= n.
[[nodiscard]] Rate wilson(std::int64_t hits, std::int64_t n);

} // namespace lori::tasks
