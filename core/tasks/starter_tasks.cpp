// SPDX-License-Identifier: Apache-2.0
#include "core/support/files.h"
#include "core/tasks/benchmarks.h"
#include "core/tasks/records.h"
#include "core/tasks/task.h"
#include "core/tasks/task_manifest.h"

#include <algorithm>
#include <set>

namespace lori::tasks {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

[[noreturn]] void badStarterTask(const fs::path& file, const Record& record, const std::string& problem)
{
    throw Exception(ErrorCode::BadFile, problem, "reinstall the program, or correct this row",
                    file.string() + ":" + std::to_string(record.line));
}

void forEachRecord(const fs::path& file, const std::function<void(const Record&)>& take)
{
    const std::string text = readTextFile(file).value();
    readJsonLines(text, [&](Record&& record) {
        if (!record.problem.empty()) {
            badStarterTask(file, record, "the line " + record.problem);
        }
        take(record);
        return true;
    });
}

std::string textField(const fs::path& file, const Record& record, const char* name, bool required)
{
    const auto it = record.fields.find(name);
    if (it == record.fields.end() && !required) {
        return {};
    }
    if (it == record.fields.end() || !it->is_string() || (required && it->get_ref<const std::string&>().empty())) {
        badStarterTask(file, record, std::string("field \"") + name + "\" is missing or no text");
    }
    return it->get<std::string>();
}

EvaluationRow evaluationRow(const fs::path& file, const Record& record, Judge how)
{
    EvaluationRow row;
    row.id = textField(file, record, "id", true);
    row.row.instruction = textField(file, record, "instruction", true);
    row.row.input = textField(file, record, "input", false);
    const bool needsExpected = how == Judge::FinalNumber || how == Judge::Choice;
    row.expected = textField(file, record, "expected", needsExpected);
    if (const auto options = record.fields.find("options"); options != record.fields.end()) {
        for (const json& option : options->is_array() ? *options : json::array({nullptr})) {
            if (!option.is_string() || option.get_ref<const std::string&>().empty()) {
                badStarterTask(file, record, "field \"options\" must be a list of words");
            }
            row.options.push_back(option.get<std::string>());
        }
    }
    if (how == Judge::Choice) {
        row.optionAnswers = row.options;
    }
    if (how == Judge::UnitTests) {
        row.program = {"", textField(file, record, "entry_point", true), textField(file, record, "tests", true)};
    }
    if (how == Judge::Choice && std::find(row.options.begin(), row.options.end(), row.expected) == row.options.end()) {
        badStarterTask(file, record, "\"expected\" is not one of the options");
    }
    return row;
}

std::int64_t countRows(const fs::path& file)
{
    const std::string text = readTextFile(file).value();
    std::int64_t rows = 0;
    bool blank = true;
    for (const char c : text) {
        blank = blank && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
        if (c == '\n') {
            rows += blank ? 0 : 1;
            blank = true;
        }
    }
    return rows + (blank ? 0 : 1);
}

} // namespace

Result<std::vector<TaskInfo>> listTasks()
{
    return guard([] {
        std::vector<TaskInfo> tasks;
        for (const std::string& name : taskNames()) {
            const TaskManifest manifest = readManifest(name);
            TaskInfo info = manifest.info;
            for (const fs::path& file : manifest.trainFiles) {
                info.trainRows += countRows(file);
            }
            for (const EvaluationFile& side : manifest.evaluation) {
                info.evaluationRows += countRows(side.file);
            }
            tasks.push_back(std::move(info));
        }
        return tasks;
    });
}

Result<std::vector<Row>> loadTrainingRows(const std::string& task, const DataFolder& folder)
{
    return guard([&] {
        if (const auto sets = benchmarksOf(task); !sets.empty()) {
            return sets.size() == 1 ? benchmarkTrainingRows(*sets.front(), folder) : mixtureTrainingRows(folder);
        }
        std::vector<Row> rows;
        for (const fs::path& file : readManifest(task).trainFiles) {
            forEachRecord(file, [&](const Record& record) {
                rows.push_back({textField(file, record, "instruction", true), textField(file, record, "input", false),
                                textField(file, record, "output", true)});
            });
        }
        return rows;
    });
}

Result<std::vector<EvaluationSide>> loadEvaluation(const std::string& task, const DataFolder& folder)
{
    return guard([&] {
        std::vector<EvaluationSide> sides;
        const auto sets = benchmarksOf(task);
        for (const Benchmark* set : sets) {
            for (EvaluationSide& side : benchmarkEvaluation(*set, folder)) {
                side.metric = (sets.size() > 1 ? set->name + "_" : "") + side.metric;
                sides.push_back(std::move(side));
            }
        }
        if (!sets.empty()) {
            return sides;
        }
        std::set<std::string> ids;
        for (const EvaluationFile& entry : readManifest(task).evaluation) {
            EvaluationSide side{entry.metric, entry.higherIsBetter, entry.judge, {}};
            forEachRecord(entry.file, [&](const Record& record) {
                side.rows.push_back(evaluationRow(entry.file, record, entry.judge));
                if (!ids.insert(side.rows.back().id).second) {
                    badStarterTask(entry.file, record, "the id \"" + side.rows.back().id + "\" stands twice");
                }
            });
            sides.push_back(std::move(side));
        }
        return sides;
    });
}

} // namespace lori::tasks
