// SPDX-License-Identifier: Apache-2.0
// lori data preview | stats | import; get is in data_get_command.cpp.
#include "app/lori/command.h"
#include "core/formats/model_files.h"
#include "core/support/files.h"
#include "core/tasks/data_file.h"
#include "core/tokenizer/tokenizer.h"

#include <algorithm>

namespace lori::app {

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

nlohmann::ordered_json problemsJson(const tasks::DataFile& data)
{
    nlohmann::ordered_json problems = nlohmann::ordered_json::array();
    for (const tasks::RowProblem& problem : data.problems) {
        problems.push_back({{"line", problem.line}, {"field", problem.field}, {"problem", problem.problem}});
    }
    return problems;
}

Answer preview(const DataArguments& a)
{
    const tasks::DataFile data = load(a);
    Answer answer;
    answer.json = {{"rows", data.rows.size()}, {"fields", data.fields}, {"problems", problemsJson(data)}};
    answer.json["columns"] = {
        {"instruction", data.columns.instruction}, {"input", data.columns.input}, {"output", data.columns.output}};
    answer.json["preview"] = nlohmann::ordered_json::array();
    answer.text = std::to_string(data.rows.size()) + " rows, " + std::to_string(data.problems.size()) + " unusable\n";
    for (std::size_t i = 0; i < std::min(data.rows.size(), static_cast<std::size_t>(a.limit)); ++i) {
        const tasks::Row& row = data.rows[i];
        answer.json["preview"].push_back({{"instruction", row.instruction}, {"input", row.input}, {"output", row.output}});
        answer.text += "\n[" + std::to_string(i + 1) + "] " + row.instruction + (row.input.empty() ? "" : "\n    " + row.input) +
                       "\n  → " + row.output + "\n";
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
        const auto length =
            static_cast<std::int64_t>(tokenizer->encode(row.instruction).size() + tokenizer->encode(row.input).size() +
                                      tokenizer->encode(row.output).size() + 1);
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
                   {"tokens", total},
                   {"mean", lengths.empty() ? 0.0 : static_cast<double>(total) / static_cast<double>(lengths.size())},
                   {"median", at(0.5)},
                   {"p95", at(0.95)},
                   {"longest", at(1)},
                   {"over_limit", cut},
                   {"limit", a.maxTokens}};
    for (const auto& [key, value] : answer.json.items()) {
        answer.text += key + ": " + value.dump() + "\n";
    }
    return answer;
}

Answer importFile(const DataArguments& a)
{
    const tasks::DataFile data = load(a);
    std::string text;
    for (const tasks::Row& row : data.rows) {
        text +=
            nlohmann::ordered_json{{"instruction", row.instruction}, {"input", row.input}, {"output", row.output}}.dump() + "\n";
    }
    writeFileAtomically(a.out, text).value();
    return {{{"rows", data.rows.size()}, {"problems", problemsJson(data)}, {"file", a.out}},
            std::to_string(data.rows.size()) + " rows written to " + a.out + ", " + std::to_string(data.problems.size()) +
                " skipped\n",
            0};
}

void addSource(CLI::App& command, const std::shared_ptr<DataArguments>& a)
{
    command.add_option("--file,file", a->file, "JSONL, JSON or CSV");
    command.add_option("--task", a->task, "Starter task: safety, maths, language, code");
    command.add_option("--instruction", a->columns.instruction, "Column of the instruction");
    command.add_option("--input", a->columns.input, "Column of the input");
    command.add_option("--output", a->columns.output, "Column of the output");
    command.add_option("--messages", a->columns.messages, "Column of a chat list");
    command.add_flag("--skip-bad", a->skipBad, "Leave broken rows out and count them");
}

} // namespace

void addDataCommands(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<DataArguments>();
    CLI::App* data = app.add_subcommand("data", "Training rows: preview, statistics, import; public sets");
    data->require_subcommand(1);
    CLI::App* first = addCommand(*data, context, "preview", "The first rows as they are read",
                                 [a] { return guard([&] { return preview(*a); }); });
    addSource(*first, a);
    first->add_option("--limit", a->limit, "Rows to show")->check(CLI::NonNegativeNumber)->capture_default_str();
    CLI::App* second = addCommand(*data, context, "stats", "Lengths in tokens, and how many rows would be cut",
                                  [a, &context] { return guard([&] { return stats(context, *a); }); });
    addSource(*second, a);
    second->add_option("--model", a->model, "Whose tokenizer")->capture_default_str();
    second->add_option("--max-tokens", a->maxTokens, "Limit of a row")->check(CLI::PositiveNumber)->capture_default_str();
    CLI::App* third = addCommand(*data, context, "import", "Write a file's usable rows as instruction/input/output JSONL",
                                 [a] { return guard([&] { return importFile(*a); }); });
    addSource(*third, a);
    third->add_option("--out", a->out, "JSONL to write")->required();
    addDataGetCommand(*data, context);
}

} // namespace lori::app
