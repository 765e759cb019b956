// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/data_reading.h"

#include "core/jobs/run_folder.h"
#include "core/support/files.h"
#include "core/support/sha256.h"
#include "core/tasks/records.h"

#include <QString>

#include <algorithm>
#include <fstream>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace lori::ui {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFields = 200;
constexpr std::size_t kMostRuns = 500;

std::string textOf(const nlohmann::json& value)
{
    return value.is_string() ? value.get<std::string>()
           : value.is_null() ? std::string()
                             : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string allTextOf(const nlohmann::json& fields)
{
    std::string text;
    for (const auto& [name, value] : fields.items()) {
        text += (text.empty() ? "" : " | ") + textOf(value);
    }
    return text;
}

/// Takes records one by one and keeps those of the wished page.
class PageReader final {
public:
    explicit PageReader(const RecordWish& wish) : m_line(wish.line), m_text(QString::fromStdString(wish.text)) {}

    /// These fields come first, in this order; others follow as they come up.
    void expect(const std::vector<std::string>& fields)
    {
        m_page.fields = fields;
        m_names.insert(fields.begin(), fields.end());
    }

    bool take(tasks::Record&& record)
    {
        if (m_kept.size() == RecordPage::kRecords) {
            m_page.hasMore = true;
            return false;
        }
        for (const auto& [name, value] : record.fields.items()) {
            if (m_page.fields.size() < kMostFields && m_names.insert(name).second) {
                m_page.fields.push_back(name);
            }
        }
        m_began = m_began || (record.line >= m_line && (m_text.isEmpty() || holds(record)));
        if (m_began) {
            m_kept.emplace_back(m_index, std::move(record));
        }
        ++m_index;
        return true;
    }

    RecordPage finish(const tasks::RecordFile& file)
    {
        m_page.unit = file.unit;
        m_page.found = m_began;
        for (auto& [index, record] : m_kept) {
            ShownRecord shown{index, record.line, {}, record.problem};
            for (const std::string& field : m_page.fields) {
                const auto found = record.fields.find(field);
                shown.cells.push_back(found == record.fields.end() ? std::string() : textOf(*found));
            }
            m_page.records.push_back(std::move(shown));
        }
        return std::move(m_page);
    }

private:
    [[nodiscard]] bool holds(const tasks::Record& record) const
    {
        return std::any_of(record.fields.begin(), record.fields.end(), [this](const nlohmann::json& value) {
            return QString::fromStdString(textOf(value)).contains(m_text, Qt::CaseInsensitive);
        });
    }

    std::int64_t m_line;
    QString m_text;
    std::int64_t m_index = 0;
    bool m_began = false;
    std::set<std::string> m_names;
    std::vector<std::pair<std::int64_t, tasks::Record>> m_kept;
    RecordPage m_page;
};

/// The rows of a task as records.
void readTask(const std::string& task, const std::string& folder, const tasks::RecordSink& sink)
{
    std::int64_t line = 0;
    for (const tasks::Row& row : tasks::loadTrainingRows(task, {folder}).value()) {
        if (!sink({++line, {{"instruction", row.instruction}, {"input", row.input}, {"output", row.output}}, {}})) {
            return;
        }
    }
}

std::string questionOf(const tasks::Row& row)
{
    return row.instruction + '\n' + row.input;
}

std::int64_t countDuplicates(const std::vector<tasks::Row>& rows)
{
    std::unordered_set<std::string> seen;
    std::int64_t count = 0;
    for (const tasks::Row& row : rows) {
        std::string key = questionOf(row) + '\0' + row.output;
        for (const chat::Message& turn : row.context) {
            key += '\0' + turn.role + '\0' + turn.content;
        }
        count += seen.insert(std::move(key)).second ? 0 : 1;
    }
    return count;
}

/// Rows whose question is also asked when a starter task is measured.
std::vector<std::pair<std::string, std::int64_t>> countAsked(const std::vector<tasks::Row>& rows)
{
    std::vector<std::pair<std::string, std::int64_t>> counts;
    const auto starters = tasks::listTasks();
    for (const tasks::TaskInfo& info : starters ? *starters : std::vector<tasks::TaskInfo>{}) {
        std::unordered_set<std::string> questions;
        if (const auto sides = tasks::loadEvaluation(info.name)) {
            for (const tasks::EvaluationSide& side : *sides) {
                for (const tasks::EvaluationRow& each : side.rows) {
                    questions.insert(questionOf(each.row));
                }
            }
        }
        const auto count =
            std::count_if(rows.begin(), rows.end(), [&](const tasks::Row& row) { return questions.contains(questionOf(row)); });
        if (count > 0) {
            counts.emplace_back(info.name, count);
        }
    }
    return counts;
}

/// The texts of broken rows: lines as they stand, of other forms what could be read.
std::vector<std::string> textsOfBroken(const std::string& file, const tasks::DataFile& facts)
{
    std::unordered_map<std::int64_t, std::string> texts;
    for (const tasks::RowProblem& problem : facts.problems) {
        texts[problem.line];
    }
    if (facts.form == "JSON lines") {
        std::ifstream stream(file, std::ios::binary);
        std::string text;
        for (std::int64_t line = 1; std::getline(stream, text); ++line) {
            if (const auto wanted = texts.find(line); wanted != texts.end()) {
                wanted->second = text;
            }
        }
    } else if (!texts.empty()) {
        tasks::readRecordFile(file, [&](tasks::Record&& record) {
            if (const auto wanted = texts.find(record.line); wanted != texts.end()) {
                wanted->second = allTextOf(record.fields);
            }
            return true;
        });
    }
    std::vector<std::string> inOrder;
    for (const tasks::RowProblem& problem : facts.problems) {
        inOrder.push_back(texts[problem.line]);
    }
    return inOrder;
}

std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) {
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    }
    return out + '"';
}

} // namespace

RecordPage readRecords(const experiment::DataSource& source, const std::string& folder, const RecordWish& wish)
{
    const auto page = guard([&] {
        PageReader reader(wish);
        tasks::RecordFile facts;
        const auto sink = [&](tasks::Record&& record) {
            return reader.take(std::move(record));
        };
        if (source.file.empty()) {
            facts.unit = "row";
            reader.expect({"instruction", "input", "output"});
            readTask(source.task, folder, sink);
        } else {
            tasks::readRecordFile(source.file, sink, &facts);
        }
        return reader.finish(facts);
    });
    if (page) {
        return page.value();
    }
    RecordPage refused;
    refused.error = page.error();
    return refused;
}

DataContent readContent(const experiment::DataSource& source, const std::string& folder, const std::atomic_bool& cancelled)
{
    DataContent content;
    const auto read = guard([&] {
        if (source.file.empty()) {
            content.facts.rows = tasks::loadTrainingRows(source.task, {folder}).value();
            content.facts.columns = {"instruction", "input", "output", {}, {}, {}};
        } else {
            content.facts = tasks::readDataFile(source.file, source.columns, tasks::BadRows::Skip).value();
            content.brokenTexts = textsOfBroken(source.file, content.facts);
        }
        content.rows = std::make_shared<const std::vector<tasks::Row>>(std::exchange(content.facts.rows, {}));
        content.duplicates = cancelled ? 0 : countDuplicates(*content.rows);
        content.asked = cancelled ? content.asked : countAsked(*content.rows);
        std::error_code ignored;
        if (!source.file.empty() && fs::is_regular_file(source.file, ignored) && !cancelled) {
            content.bytes = static_cast<std::int64_t>(fs::file_size(source.file));
            content.hash = sha256OfFile(source.file).value();
        }
        return true;
    });
    if (!read) {
        content.error = read.error();
    }
    return content;
}

std::string stampOfFile(const std::string& file)
{
    std::error_code error;
    const auto time = fs::last_write_time(file, error).time_since_epoch().count();
    if (error) {
        return {};
    }
    const auto size = fs::file_size(file, error); // a folder has none
    return std::to_string(time) + ' ' + std::to_string(error ? 0 : size);
}

std::vector<std::string> dataFilesOfRuns(const Home& home)
{
    std::vector<std::string> runs;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(home.runs(), ignored)) {
        runs.push_back(entry.path().filename().string());
    }
    std::sort(runs.rbegin(), runs.rend()); // ids begin with the day and time
    runs.resize(std::min(runs.size(), kMostRuns));
    std::vector<std::string> files;
    for (const std::string& id : runs) {
        const auto run = jobs::RunFolder::open(home, id);
        const auto config = run ? run->config() : Result<experiment::RunConfig>(run.error());
        for (const auto& source : config ? config->data.sources : std::vector<experiment::DataSource>{}) {
            if (!source.file.empty() && std::find(files.begin(), files.end(), source.file) == files.end()) {
                files.push_back(source.file);
            }
        }
    }
    return files;
}

std::string brokenRowsCsv(const DataContent& content)
{
    std::string text = content.facts.unit + ",field,problem,text\r\n";
    for (std::size_t i = 0; i < content.facts.problems.size(); ++i) {
        const tasks::RowProblem& problem = content.facts.problems[i];
        text += std::to_string(problem.line) + ',' + quoted(problem.field) + ',' + quoted(problem.problem) + ',' +
                quoted(i < content.brokenTexts.size() ? content.brokenTexts[i] : std::string()) + "\r\n";
    }
    return text;
}

experiment::RunConfig draftedConfig(const Home& home)
{
    constexpr std::uint64_t kMost = 16U << 20U;
    if (const auto text = readTextFile(home.root / "draft.json", kMost)) {
        const auto draft = nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
        if (draft.is_object() && draft.contains("config")) {
            if (const auto config = experiment::runConfigFromJson(draft["config"])) {
                return *config;
            }
        }
    }
    return experiment::presets().front().config;
}

} // namespace lori::ui
