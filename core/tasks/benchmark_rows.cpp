// SPDX-License-Identifier: Apache-2.0
// Rows of the published sets, in the formats they are published in.
#include "core/tasks/benchmarks.h"
#include "core/tasks/final_number.h"
#include "core/tasks/records.h"
#include "core/tasks/reference_scoring.h"

#include <algorithm>
#include <set>

namespace lori::tasks {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

enum class Presence : std::uint8_t { Filled, MayBeEmpty, Optional };

/// One record of a set's file, whose fields are asked for by name.
class SetRecord final {
public:
    SetRecord(const fs::path& file, const Record& record) : m_file(file), m_record(record)
    {
        if (!record.problem.empty()) {
            refuse("the row " + record.problem);
        }
    }

    [[nodiscard]] std::string text(const char* name, Presence presence = Presence::Filled) const
    {
        const auto it = m_record.fields.find(name);
        if (it == m_record.fields.end() || it->is_null()) {
            if (presence != Presence::Optional) {
                refuse(std::string("field \"") + name + "\" is missing");
            }
            return {};
        }
        if (!it->is_string()) {
            refuse(std::string("field \"") + name + "\" must be text, is " + it->type_name());
        }
        const std::string& value = it->get_ref<const std::string&>();
        if (presence == Presence::Filled && value.find_first_not_of(" \t\r\n") == std::string::npos) {
            refuse(std::string("field \"") + name + "\" is empty");
        }
        return value;
    }
    [[nodiscard]] std::int64_t line() const { return m_record.line; }

    [[noreturn]] void refuse(const std::string& problem) const
    {
        throw Exception(ErrorCode::BadFile, problem, "correct this row, or get the file again",
                        m_file.string() + ":" + std::to_string(m_record.line));
    }

private:
    const fs::path& m_file;
    const Record& m_record;
};

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) {
        text.append(text.empty() ? "" : ", ").append(word);
    }
    return text;
}

std::string rowId(const Benchmark& set, const char* side, std::int64_t line)
{
    std::string number = std::to_string(line);
    number.insert(0, 5 - std::min<std::size_t>(5, number.size()), '0');
    return set.name + side + "/" + number;
}

EvaluationRow choiceRow(const Benchmark& set, const SetRecord& record)
{
    EvaluationRow row;
    row.id = rowId(set, "", record.line());
    row.row = {record.text("instruction"), record.text("input", Presence::Optional), record.text("output")};
    row.expected = record.text("answer");
    if (std::find(set.labels.begin(), set.labels.end(), row.expected) == set.labels.end()) {
        record.refuse("field \"answer\" has the unknown label \"" + row.expected + "\"; known are " + joined(set.labels));
    }
    row.options = offeredLabels(row.row.instruction, set.labels);
    if (std::find(row.options.begin(), row.options.end(), row.expected) == row.options.end()) {
        record.refuse("field \"answer\" has the label \"" + row.expected + "\", but the row offers " + joined(row.options));
    }
    if (referenceLabel(row.row.output, set.labels) != row.expected) {
        record.refuse("field \"output\" does not say the label \"" + row.expected + "\"");
    }
    for (const std::string& option : row.options) {
        row.optionAnswers.push_back("the correct answer is " + option); // the form of "output" in all eight sets
    }
    return row;
}

EvaluationRow questionRow(const Benchmark& set, const SetRecord& record)
{
    EvaluationRow row;
    row.id = rowId(set, "", record.line());
    row.row = {record.text("question"), "", record.text("answer")};
    const std::size_t mark = row.row.output.rfind("####");
    const auto number = mark == std::string::npos ? std::nullopt : canonicalNumber(row.row.output.substr(mark + 4));
    if (!number) {
        record.refuse("field \"answer\" does not end in \"#### \" and a number");
    }
    row.expected = *number;
    return row;
}

EvaluationRow programRow(const Benchmark& set, const SetRecord& record)
{
    EvaluationRow row;
    row.id = record.text("task_id");
    row.program = {record.text("prompt"), record.text("entry_point"), record.text("test")};
    if (row.program.code.find("def " + row.program.entryPoint) == std::string::npos) {
        record.refuse("field \"prompt\" does not define the function \"" + row.program.entryPoint +
                      "\" of field \"entry_point\"");
    }
    row.program.tests += "\ncheck(" + row.program.entryPoint + ")";
    row.row.instruction = row.program.code;
    row.row.output = record.text("canonical_solution", Presence::Optional);
    static_cast<void>(set);
    return row;
}

EvaluationRow promptRow(const Benchmark& set, const SetRecord& record, const std::string& label)
{
    EvaluationRow row;
    row.id = rowId(set, ("/" + label).c_str(), record.line());
    row.row.instruction = record.text("prompt");
    if (const std::string given = record.text("label", Presence::Optional); !given.empty() && given != label) {
        record.refuse("field \"label\" is \"" + given + "\" in the file of " + label + " prompts");
    }
    return row;
}

template <typename MakeRow>
void readRows(const fs::path& file, std::vector<EvaluationRow>& rows, const MakeRow& make)
{
    std::set<std::string> ids;
    readRecordFile(file, [&](Record&& record) {
        const SetRecord fields(file, record);
        rows.push_back(make(fields));
        if (!ids.insert(rows.back().id).second) {
            fields.refuse("the id \"" + rows.back().id + "\" stands twice");
        }
        return true;
    });
    if (rows.empty()) {
        throw Exception(ErrorCode::BadFile, "the file holds no rows", "get the file again", file.string());
    }
}

EvaluationSide oneSide(const Benchmark& set, const std::string& split, const DataFolder& folder)
{
    EvaluationSide side{"accuracy", true, Judge::Choice, {}, set.name};
    const fs::path file = benchmarkFile(set, split, folder);
    readRows(file, side.rows, [&](const SetRecord& record) {
        switch (set.rows) {
        case BenchmarkRows::Question:
            return questionRow(set, record);
        case BenchmarkRows::Program:
            return programRow(set, record);
        default:
            return choiceRow(set, record);
        }
    });
    if (set.rows == BenchmarkRows::Question) {
        side.judge = Judge::FinalNumber;
    } else if (set.rows == BenchmarkRows::Program) {
        side.judge = Judge::UnitTests;
        side.metric = "pass_rate";
    }
    return side;
}

} // namespace

std::vector<Row> benchmarkTrainingRows(const Benchmark& set, const DataFolder& folder)
{
    if (set.rows == BenchmarkRows::Program || set.rows == BenchmarkRows::Prompts) {
        throw Exception(ErrorCode::InvalidArgument, "the set '" + set.name + "' is for evaluation only and has no training rows",
                        "train on a file of rows instead");
    }
    std::vector<Row> rows;
    for (EvaluationRow& row : oneSide(set, "train", folder).rows) {
        rows.push_back(std::move(row.row));
    }
    return rows;
}

std::optional<fs::path> mixtureFile(const DataFolder& folder)
{
    for (const char* place : {"nlu/commonsense_170k.json", "commonsense_170k.json", "commonsense_170k/train.json"}) {
        std::error_code ignored;
        if (const fs::path file = folder.path / place; !folder.path.empty() && fs::is_regular_file(file, ignored)) {
            return file;
        }
    }
    return std::nullopt;
}

std::vector<Row> mixtureTrainingRows(const DataFolder& folder)
{
    std::vector<Row> rows;
    if (const auto file = mixtureFile(folder)) {
        readRecordFile(*file, [&](Record&& record) {
            const SetRecord fields(*file, record);
            rows.push_back({fields.text("instruction"), fields.text("input", Presence::Optional), fields.text("output")});
            return true;
        });
        return rows;
    }
    for (const Benchmark* set : benchmarksOf("nlu")) {
        std::vector<Row> part = benchmarkTrainingRows(*set, folder);
        rows.insert(rows.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
    }
    return rows;
}

std::vector<EvaluationSide> benchmarkEvaluation(const Benchmark& set, const DataFolder& folder)
{
    if (set.rows != BenchmarkRows::Prompts) {
        return {oneSide(set, "test", folder)};
    }
    std::vector<EvaluationSide> sides{{"refusal_rate", true, Judge::Refusal, {}, set.name},
                                      {"needless_refusal_rate", false, Judge::Refusal, {}, set.name}};
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const std::string label = i == 0 ? "harmful" : "benign";
        readRows(benchmarkFile(set, "eval_" + label, folder), sides[i].rows,
                 [&](const SetRecord& record) { return promptRow(set, record, label); });
    }
    return sides;
}

} // namespace lori::tasks
