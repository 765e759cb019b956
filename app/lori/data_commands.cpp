// SPDX-License-Identifier: Apache-2.0
// lori data preview | stats | import; get is in data_get_command.cpp.
#include "app/lori/job_session.h"
#include "app/lori/queueing.h"
#include "app/lori/rendered_rows.h"
#include "core/formats/model_files.h"
#include "core/tasks/data_file.h"
#include "core/tokenizer/tokenizer.h"
#include "core/workers/data_options.h"
#include "core/workers/data_report.h"

#include <algorithm>

namespace lori::app {

using workers::notesJson;
using workers::problemsJson;
using workers::remarks;

namespace {

struct DataArguments {
    std::string file;
    std::string task;
    std::string model = "smollm2-135m-instruct";
    std::string out;
    experiment::ColumnMapping columns;
    std::int64_t limit = 5;
    std::int64_t maxTokens = 512;
    bool skipBad = false;
    RenderedOptions rendered;
};

tasks::DataFile load(const DataArguments& a)
{
    if (a.file.empty() == a.task.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "exactly one of --file and --task is needed",
                        "name a file or a starter task");
    }
    if (!a.task.empty()) {
        tasks::DataFile data;
        data.rows = tasks::loadTrainingRows(a.task).value();
        return data;
    }
    return tasks::readDataFile(a.file, a.columns, a.skipBad ? tasks::BadRows::Skip : tasks::BadRows::Refuse).value();
}

nlohmann::ordered_json columnsJson(const experiment::ColumnMapping& columns)
{
    return {{"instruction", columns.instruction}, {"input", columns.input},     {"output", columns.output},
            {"system", columns.system},           {"history", columns.history}, {"messages", columns.messages}};
}

nlohmann::ordered_json contextJson(const tasks::Row& row)
{
    nlohmann::ordered_json turns = nlohmann::ordered_json::array();
    for (const chat::Message& turn : row.context) {
        turns.push_back({{"role", turn.role}, {"content", turn.content}});
    }
    return turns;
}

Answer preview(const Context& context, const DataArguments& a)
{
    const tasks::DataFile data = load(a);
    Answer answer;
    answer.json = {{"rows", data.rows.size()},       {"form", data.form},       {"fields", data.fields}, {"unused", data.unused},
                   {"problems", problemsJson(data)}, {"notes", notesJson(data)}};
    answer.json["columns"] = columnsJson(data.columns);
    answer.json["preview"] = nlohmann::ordered_json::array();
    answer.text = std::to_string(data.rows.size()) + " rows, " + std::to_string(data.problems.size()) + " unusable" +
                  (data.form.empty() ? "" : " (" + data.form + ")") + "\n" + remarks(data);
    for (std::size_t i = 0; i < std::min(data.rows.size(), static_cast<std::size_t>(a.limit)); ++i) {
        const tasks::Row& row = data.rows[i];
        answer.json["preview"].push_back(
            {{"context", contextJson(row)}, {"instruction", row.instruction}, {"input", row.input}, {"output", row.output}});
        answer.text += "\n[" + std::to_string(i + 1) + "] ";
        for (const chat::Message& turn : row.context) {
            answer.text += turn.role + ": " + turn.content + "\n    ";
        }
        answer.text += row.instruction + (row.input.empty() ? "" : "\n    " + row.input) + "\n  → " + row.output + "\n";
    }
    if (a.rendered.isOn) {
        addRenderedRows(answer, context, a.model, data.rows, static_cast<std::size_t>(a.limit), a.rendered);
    }
    return answer;
}

Answer stats(const Context& context, const DataArguments& a)
{
    const tasks::DataFile data = load(a);
    const formats::ModelFiles files = formats::openModel(formats::resolveModel(context.home.root, a.model).value()).value();
    const auto tokenizer = tokenizer::Tokenizer::fromJson(files.tokenizerJson, files.tokenizerConfig).value();
    std::vector<std::int64_t> lengths;
    std::int64_t cut = 0;
    std::int64_t total = 0;
    for (const tasks::Row& row : data.rows) {
        auto length = static_cast<std::int64_t>(tokenizer->encode(row.instruction).size() + tokenizer->encode(row.input).size() +
                                                tokenizer->encode(row.output).size() + 1);
        for (const chat::Message& turn : row.context) {
            length += static_cast<std::int64_t>(tokenizer->encode(turn.content).size());
        }
        lengths.push_back(length);
        total += length;
        cut += length > a.maxTokens ? 1 : 0;
    }
    std::sort(lengths.begin(), lengths.end());
    const auto at = [&](double share) {
        return lengths.empty() ? 0 : lengths[static_cast<std::size_t>(share * static_cast<double>(lengths.size() - 1))];
    };
    Answer answer;
    answer.json = {{"rows", data.rows.size()},
                   {"problems", problemsJson(data)},
                   {"notes", notesJson(data)},
                   {"systemTurns", data.systemTurns},
                   {"severalTurns", data.severalTurns},
                   {"tokens", total},
                   {"mean", lengths.empty() ? 0.0 : static_cast<double>(total) / static_cast<double>(lengths.size())},
                   {"median", at(0.5)},
                   {"p95", at(0.95)},
                   {"longest", at(1)},
                   {"over_limit", cut},
                   {"limit", a.maxTokens}};
    for (const auto& [key, value] : answer.json.items()) {
        if (!value.is_array()) {
            answer.text += key + ": " + value.dump() + "\n";
        }
    }
    answer.text += "unusable: " + std::to_string(data.problems.size()) + "\n" + remarks(data);
    return answer;
}

Result<Answer> importFile(const Context& context, const DataArguments& a)
{
    const experiment::ColumnMapping& c = a.columns;
    const workers::ImportOptions options{absolutePath(a.file),
                                         a.task,
                                         std::filesystem::absolute(a.out).lexically_normal().string(),
                                         c.instruction,
                                         c.input,
                                         c.output,
                                         c.system,
                                         c.history,
                                         c.messages,
                                         a.skipBad};
    auto answer = workAsJob(context, "import", std::filesystem::path(a.out).filename().string(), events::fieldsOf(options));
    if (answer && answer->json.contains("file")) { // as it was typed
        answer->json["file"] = a.out;
        answer->text.replace(answer->text.find(options.out), options.out.size(), a.out);
    }
    return answer ? withoutJob(std::move(*answer)) : answer;
}

void addSource(CLI::App& command, const std::shared_ptr<DataArguments>& a)
{
    command.add_option("--file,file", a->file,
                       "JSON lines, JSON or CSV (also .gz), Parquet or Arrow, or a folder that datasets saved");
    command.add_option("--task", a->task, "Starter task: safety, maths, language, code");
    command.add_option("--instruction", a->columns.instruction, "Column of the instruction");
    command.add_option("--input", a->columns.input, "Column of the input");
    command.add_option("--output", a->columns.output, "Column of the output");
    command.add_option("--system", a->columns.system, "Column of the system text");
    command.add_option("--history", a->columns.history, "Column of earlier turns, [[question, answer], …]");
    command.add_option("--messages", a->columns.messages, "Column of a chat list, {role, content} or {from, value}");
    command.add_flag("--skip-bad", a->skipBad, "Leave broken rows out and count them");
}

} // namespace

void addDataCommands(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<DataArguments>();
    CLI::App* data = app.add_subcommand("data", "Training rows: preview, statistics, import; public sets");
    data->require_subcommand(1);
    CLI::App* first = addCommand(*data, context, "preview", "The first rows as they are read",
                                 [a, &context] { return guard([&] { return preview(context, *a); }); });
    addSource(*first, a);
    first->add_option("--model", a->model, "With --rendered: whose chat template and tokenizer")->capture_default_str();
    a->rendered.addTo(*first);
    first->add_option("--limit", a->limit, "Rows to show")->check(CLI::NonNegativeNumber)->capture_default_str();
    CLI::App* second = addCommand(*data, context, "stats", "Lengths in tokens, and how many rows would be cut",
                                  [a, &context] { return guard([&] { return stats(context, *a); }); });
    addSource(*second, a);
    second->add_option("--model", a->model, "Whose tokenizer")->capture_default_str();
    second->add_option("--max-tokens", a->maxTokens, "Limit of a row")->check(CLI::PositiveNumber)->capture_default_str();
    CLI::App* third = addCommand(*data, context, "import", "Write a file's usable rows as instruction/input/output JSONL",
                                 [a, &context] { return importFile(context, *a); });
    addSource(*third, a);
    third->add_option("--out", a->out, "JSONL to write")->required();
    addQueueOptions(*third, context);
    addDataGetCommand(*data, context);
}

} // namespace lori::app
