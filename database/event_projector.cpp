// SPDX-License-Identifier: Apache-2.0
#include "database/event_projector.h"

#include "database/json_fields.h"
#include "database/sqlite_support.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace lori::database {

using experiment::Event;

EventProjector::EventProjector(SQLite::Database& db, std::int64_t runNumber, std::filesystem::path runFolder)
    : m_db(db), m_run(runNumber), m_folder(std::move(runFolder))
{
    readProgress();
}

void EventProjector::readProgress()
{
    SQLite::Statement& row =
        statement("SELECT state, started_ms, finished_ms, last_event_ms, duration_ms, last_stage, last_step, "
                  "last_loss, error FROM runs WHERE id = ?");
    row.bind(1, m_run);
    row.executeStep();
    m_progress.state = row.getColumn(0).getString();
    m_progress.startedMs = optionalInteger(row.getColumn(1));
    m_progress.finishedMs = optionalInteger(row.getColumn(2));
    m_progress.lastEventMs = row.getColumn(3).getInt64();
    m_progress.durationMs = row.getColumn(4).getInt64();
    m_progress.lastStage = row.getColumn(5).getInt64();
    m_progress.lastStep = row.getColumn(6).getInt64();
    m_progress.lastLoss = optionalReal(row.getColumn(7));
    m_progress.error = row.getColumn(8).getString();
    row.reset();
}

bool EventProjector::apply(const Event& event)
{
    SQLite::Statement& insert = statement("INSERT INTO events (run_id, seq, time_ms, type, json) VALUES (?, ?, ?, ?, ?) "
                                          "ON CONFLICT (run_id, seq) DO NOTHING");
    insert.bind(1, m_run);
    insert.bind(2, event.seq);
    insert.bind(3, event.timeMs);
    insert.bind(4, event.type);
    insert.bind(5, event.values.dump());
    const int inserted = insert.exec();
    insert.reset();
    if (inserted == 0) {
        return false;
    }
    applyLifeCycle(event);
    using Handler = void (EventProjector::*)(const Event&);
    static constexpr std::array<std::pair<std::string_view, Handler>, 9> kHandlers{{
        {"step", &EventProjector::applyStep},
        {"heartbeat", &EventProjector::applyHeartbeat},
        {"started", &EventProjector::applyStarted},
        {"stage_started", &EventProjector::applyStageStarted},
        {"stage_finished", &EventProjector::applyStageFinished},
        {"score", &EventProjector::applyScore},
        {"adapter", &EventProjector::applyAdapter},
        {"mask", &EventProjector::applyMask},
        {"seal", &EventProjector::applySeal},
    }};
    for (const auto& [type, handler] : kHandlers) {
        if (event.type == type) {
            (this->*handler)(event);
        }
    }
    if (event.type == "heldout" && event.values.contains("loss")) {
        writeMetric(event, "heldOutLoss", event.values["loss"]);
    }
    return true;
}

void EventProjector::applyLifeCycle(const Event& event)
{
    Progress& progress = m_progress;
    if (event.type == "started") {
        progress.state = "running";
        progress.finishedMs.reset();
        progress.error.clear();
    } else {
        progress.durationMs += std::max<std::int64_t>(0, event.timeMs - progress.lastEventMs);
    }
    if (!progress.startedMs) {
        progress.startedMs = event.timeMs;
        progress.durationMs = 0;
    }
    progress.lastEventMs = event.timeMs;
    if (event.type == "paused") {
        progress.state = "paused";
    } else if (event.type == "continued") {
        progress.state = "running";
    } else if (event.type == "heartbeat") {
        progress.state = textField(event.values, "state") == "paused" ? "paused" : "running";
    } else if (experiment::isTerminal(event.type)) {
        progress.state = event.type;
        progress.finishedMs = event.timeMs;
        if (event.type == "failed") {
            const nlohmann::json& error = objectField(event.values, "error");
            progress.error =
                Error{ErrorCode::Internal, textField(error, "what"), textField(error, "hint"), textField(error, "where")}
                    .sentence();
        }
    }
}

void EventProjector::applyStarted(const Event& event)
{
    const nlohmann::json& machine = objectField(event.values, "machine");
    SQLite::Statement& insert = statement("INSERT INTO machines (host, cpu, cores, memory_bytes, gpu) VALUES (?, ?, ?, ?, ?) "
                                          "ON CONFLICT DO UPDATE SET host = excluded.host RETURNING id");
    insert.bind(1, textField(event.values, "host"));
    insert.bind(2, textField(machine, "cpu"));
    insert.bind(3, integerField(machine, "cores").value_or(0));
    insert.bind(4, integerField(machine, "memoryBytes").value_or(0));
    insert.bind(5, textField(machine, "gpu"));
    insert.executeStep();
    const std::int64_t number = insert.getColumn(0).getInt64();
    insert.reset();
    SQLite::Statement& update = statement("UPDATE runs SET machine_id = ?, device = ?, threads = ?, program = ? WHERE id = ?");
    update.bind(1, number);
    update.bind(2, textField(event.values, "device"));
    update.bind(3, integerField(event.values, "threads").value_or(0));
    update.bind(4, textField(event.values, "program"));
    update.bind(5, m_run);
    run(update);
}

void EventProjector::applyStep(const Event& event)
{
    static const std::array<std::string, 6> kKeys{"loss", "tokens", "rows", "gradNorm", "learningRate", "tokensPerSecond"};
    for (const std::string& key : kKeys) {
        const auto value = event.values.find(key);
        if (value != event.values.end()) {
            writeMetric(event, key, *value);
        }
    }
    m_progress.lastStage = stageOf(event);
    m_progress.lastStep = stepOf(event);
    m_progress.lastLoss = realField(event.values, "loss");
}

void EventProjector::applyHeartbeat(const Event& event)
{
    static const std::array<std::string, 2> kKeys{"rssBytes", "gpuBytes"};
    for (const std::string& key : kKeys) {
        if (realField(event.values, key.c_str()).value_or(0) > 0) {
            writeMetric(event, key, event.values[key]);
        }
    }
}

void EventProjector::writeMetric(const Event& event, const std::string& key, const nlohmann::json& value)
{
    // Events come in the order of their sequence numbers, so the newest line of a step is the last one written here.
    SQLite::Statement& upsert =
        statement("INSERT INTO metrics (run_id, stage, key_id, step, value, time_ms) VALUES (?, ?, ?, ?, ?, ?) "
                  "ON CONFLICT DO UPDATE SET value = excluded.value, time_ms = excluded.time_ms");
    upsert.bind(1, m_run);
    upsert.bind(2, stageOf(event));
    upsert.bind(3, keyNumber(key));
    upsert.bind(4, stepOf(event));
    // JSON has no NaN: a measured value that was not finite arrives as null, and stays null.
    bindOptional(upsert, 5, value.is_number() ? std::optional(value.get<double>()) : std::nullopt);
    upsert.bind(6, event.timeMs);
    run(upsert);
}

std::int64_t EventProjector::keyNumber(const std::string& key)
{
    const auto known = m_keys.find(key);
    if (known != m_keys.end()) {
        return known->second;
    }
    SQLite::Statement& insert =
        statement("INSERT INTO metric_keys (name) VALUES (?) ON CONFLICT DO UPDATE SET name = excluded.name RETURNING id");
    insert.bind(1, key);
    insert.executeStep();
    const std::int64_t number = insert.getColumn(0).getInt64();
    insert.reset();
    return m_keys[key] = number;
}

void EventProjector::finish()
{
    SQLite::Statement& update =
        statement("UPDATE runs SET state = ?, started_ms = ?, finished_ms = ?, last_event_ms = ?, "
                  "duration_ms = ?, last_stage = ?, last_step = ?, last_loss = ?, error = ? WHERE id = ?");
    update.bind(1, m_progress.state);
    bindOptional(update, 2, m_progress.startedMs);
    bindOptional(update, 3, m_progress.finishedMs);
    update.bind(4, m_progress.lastEventMs);
    update.bind(5, m_progress.durationMs);
    update.bind(6, m_progress.lastStage);
    update.bind(7, m_progress.lastStep);
    bindOptional(update, 8, m_progress.lastLoss);
    update.bind(9, m_progress.error);
    update.bind(10, m_run);
    run(update);
    if (m_scored) {
        SQLite::Statement& clear = statement("DELETE FROM run_scores WHERE run_id = ?");
        clear.bind(1, m_run);
        run(clear);
        SQLite::Statement& fill = statement("INSERT INTO run_scores SELECT * FROM ranked_scores WHERE run_id = ?");
        fill.bind(1, m_run);
        run(fill);
    }
}

SQLite::Statement& EventProjector::statement(const char* sql)
{
    std::unique_ptr<SQLite::Statement>& prepared = m_statements[sql];
    if (!prepared) {
        prepared = std::make_unique<SQLite::Statement>(m_db, sql);
    }
    return *prepared;
}

} // namespace lori::database
