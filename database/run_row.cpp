// SPDX-License-Identifier: Apache-2.0
#include "database/run_row.h"

#include "core/support/files.h"
#include "database/json_fields.h"
#include "database/sqlite_support.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

namespace lori::database {

namespace fs = std::filesystem;

namespace {

nlohmann::json readConfiguration(const fs::path& folder, std::string& text)
{
    const fs::path file = folder / "config.json";
    if (!fs::is_regular_file(file)) {
        throw Exception(ErrorCode::NotFound, "there is no config.json: this is not a run folder", "name the folder of a run",
                        folder.string());
    }
    constexpr std::uint64_t kMaxBytes = 16U << 20U;
    text = readTextFile(file, kMaxBytes).value();
    nlohmann::json config = nlohmann::json::parse(text, nullptr, false);
    if (!config.is_object()) {
        throw Exception(ErrorCode::BadFile, "config.json is not a JSON object", "the run cannot be read without it",
                        file.string());
    }
    return config;
}

/// Ids begin with the UTC time they were made at ("20261121-141530-…"); other folders count from their config.json.
std::int64_t createdMs(const std::string& run, const fs::path& folder)
{
    std::tm parts{};
    const char* end = strptime(run.c_str(), "%Y%m%d-%H%M%S", &parts);
    if (end != nullptr && end - run.c_str() == 15) {
        return static_cast<std::int64_t>(timegm(&parts)) * 1000;
    }
    const auto written = fs::last_write_time(folder / "config.json");
    const auto onSystemClock = std::chrono::file_clock::to_sys(written);
    return std::chrono::duration_cast<std::chrono::milliseconds>(onSystemClock.time_since_epoch()).count();
}

struct StagesOfConfig {
    std::string summary;
    std::optional<double> sparsity;
};

void addSources(const nlohmann::json& holder, std::vector<std::string>& names)
{
    const auto sources = holder.find("sources");
    if (sources == holder.end() || !sources->is_array()) {
        return;
    }
    for (const nlohmann::json& source : *sources) {
        if (!source.is_object()) {
            continue;
        }
        const std::string task = textField(source, "task");
        const std::string name = task.empty() ? textField(source, "file") : task;
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
            names.push_back(name);
        }
    }
}

/// What the run learns, a line each; the same as migration 004 finds in the text of the configuration.
std::string dataOf(const nlohmann::json& config)
{
    std::vector<std::string> names;
    addSources(objectField(config, "data"), names);
    if (const auto stages = config.find("stages"); stages != config.end() && stages->is_array()) {
        for (const nlohmann::json& stage : *stages) {
            if (stage.is_object()) {
                addSources(stage, names);
            }
        }
    }
    std::string lines;
    for (const std::string& name : names) {
        lines += (lines.empty() ? "" : "\n") + name;
    }
    return lines;
}

StagesOfConfig summarize(const nlohmann::json& config)
{
    StagesOfConfig result;
    const auto stages = config.find("stages");
    if (stages == config.end() || !stages->is_array()) {
        return result;
    }
    for (const nlohmann::json& stage : *stages) {
        if (!stage.is_object()) {
            continue;
        }
        const std::string kind = textField(stage, "kind");
        result.summary += (result.summary.empty() ? "" : " → ") + kind;
        if (kind == "mask") {
            result.sparsity = realField(objectField(stage, "mask"), "sparsity");
        }
    }
    return result;
}

void insertStages(SQLite::Database& db, std::int64_t number, const nlohmann::json& config)
{
    const auto stages = config.find("stages");
    if (stages == config.end() || !stages->is_array()) {
        return;
    }
    SQLite::Statement insert(db, "INSERT INTO stages (run_id, stage, name, kind, steps) VALUES (?, ?, ?, ?, ?)");
    for (std::size_t index = 0; index < stages->size(); ++index) {
        const nlohmann::json& stage = (*stages)[index];
        if (!stage.is_object()) {
            continue;
        }
        insert.bind(1, number);
        insert.bind(2, static_cast<std::int64_t>(index));
        insert.bind(3, textField(stage, "kind"));
        insert.bind(4, textField(stage, "kind"));
        insert.bind(5, integerField(stage, "steps").value_or(0));
        run(insert);
    }
}

void insertConfiguration(SQLite::Database& db, std::int64_t number, const std::string& text, const nlohmann::json& config)
{
    SQLite::Statement insert(db, "INSERT INTO configurations (run_id, json) VALUES (?, ?)");
    insert.bind(1, number);
    insert.bind(2, text);
    insert.exec();
    insertStages(db, number, config);
}

/// Binds ?1 … ?9 and ?12 of the two statements below.
void bindConfiguration(SQLite::Statement& statement, const fs::path& folder, const nlohmann::json& config)
{
    const StagesOfConfig stages = summarize(config);
    const std::string name = textField(config, "name");
    statement.bind(1, folder.string());
    statement.bind(2, name.empty() ? folder.filename().string() : name);
    statement.bind(3, textField(config, "purpose"));
    statement.bind(4, textField(config, "preset"));
    statement.bind(5, textField(config, "model"));
    statement.bind(6, textField(config, "parentRun"));
    statement.bind(7, stages.summary);
    if (const auto rank = integerField(objectField(config, "adapter"), "rank")) {
        statement.bind(8, *rank);
    }
    bindOptional(statement, 9, stages.sparsity);
    statement.bind(12, dataOf(config));
}

} // namespace

std::int64_t insertRun(SQLite::Database& db, const std::string& run, const fs::path& folder)
{
    std::string text;
    const nlohmann::json config = readConfiguration(folder, text);
    SQLite::Statement insert(db,
                             "INSERT INTO runs (folder, name, purpose, preset, model, parent_run, stage_summary, rank, sparsity, "
                             "run, created_ms, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    bindConfiguration(insert, folder, config);
    insert.bind(10, run);
    insert.bind(11, createdMs(run, folder));
    insert.exec();
    const std::int64_t number = db.getLastInsertRowid();
    insertConfiguration(db, number, text, config);
    return number;
}

void resetRun(SQLite::Database& db, std::int64_t number, const fs::path& folder)
{
    std::string text;
    const nlohmann::json config = readConfiguration(folder, text);
    constexpr std::array kDerived{"configurations", "stages", "events",     "metrics",     "evaluations",
                                  "adapters",       "masks",  "run_scores", "ingest_state"};
    for (const char* table : kDerived) {
        SQLite::Statement clear(db, std::string("DELETE FROM ") + table + " WHERE run_id = ?");
        clear.bind(1, number);
        clear.exec();
    }
    SQLite::Statement update(
        db, "UPDATE runs SET folder = ?1, name = ?2, purpose = ?3, preset = ?4, model = ?5, parent_run = ?6, "
            "stage_summary = ?7, rank = ?8, sparsity = ?9, state = 'waiting', started_ms = NULL, "
            "finished_ms = NULL, last_event_ms = 0, duration_ms = 0, last_stage = -1, last_step = 0, "
            "last_loss = NULL, machine_id = NULL, device = '', threads = 0, program = '', error = '', data = ?12 "
            "WHERE id = ?10");
    bindConfiguration(update, folder, config);
    update.bind(10, number);
    update.exec();
    insertConfiguration(db, number, text, config);
}

} // namespace lori::database
