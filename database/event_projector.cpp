// SPDX-License-Identifier: Apache-2.0
#include "database/event_projector.h"

#include "database/sqlite_support.h"

#include <utility>

namespace lori::database {

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
    m_progress.life.state = row.getColumn(0).getString();
    m_progress.life.startedMs = optionalInteger(row.getColumn(1));
    m_progress.life.finishedMs = optionalInteger(row.getColumn(2));
    m_progress.life.lastEventMs = row.getColumn(3).getInt64();
    m_progress.life.durationMs = row.getColumn(4).getInt64();
    m_progress.lastStage = row.getColumn(5).getInt64();
    m_progress.lastStep = row.getColumn(6).getInt64();
    m_progress.lastLoss = optionalReal(row.getColumn(7));
    m_progress.life.error = row.getColumn(8).getString();
    row.reset();
}

bool EventProjector::apply(const EventLine& line)
{
    const events::Event& event = line.event;
    SQLite::Statement& insert = statement("INSERT INTO events (run_id, seq, time_ms, type, json) VALUES (?, ?, ?, ?, ?) "
                                          "ON CONFLICT (run_id, seq) DO NOTHING");
    insert.bind(1, m_run);
    insert.bind(2, event.seq);
    insert.bind(3, event.timeMs);
    insert.bind(4, std::string(event.type()));
    insert.bind(5, line.fields);
    const int inserted = insert.exec();
    insert.reset();
    if (inserted == 0) {
        return false;
    }
    m_seq = event.seq;
    m_timeMs = event.timeMs;
    m_progress.life.fold(event);
    std::visit([this](const auto& e) { write(e); }, event.payload);
    return true;
}

void EventProjector::write(const events::Started& e)
{
    SQLite::Statement& insert = statement("INSERT INTO machines (host, cpu, cores, memory_bytes, gpu) VALUES (?, ?, ?, ?, ?) "
                                          "ON CONFLICT DO UPDATE SET host = excluded.host RETURNING id");
    insert.bind(1, e.host);
    insert.bind(2, e.machine.cpu);
    insert.bind(3, e.machine.cores);
    insert.bind(4, e.machine.memoryBytes);
    insert.bind(5, e.machine.gpu);
    insert.executeStep();
    const std::int64_t number = insert.getColumn(0).getInt64();
    insert.reset();
    SQLite::Statement& update = statement("UPDATE runs SET machine_id = ?, device = ?, threads = ?, program = ? WHERE id = ?");
    update.bind(1, number);
    update.bind(2, e.device);
    update.bind(3, e.threads);
    update.bind(4, e.program);
    update.bind(5, m_run);
    run(update);
}

void EventProjector::write(const events::Step& e)
{
    const events::Place place{e.stage, e.step};
    writeMetric(place, "loss", e.loss);
    if (e.lossPerToken) { // older events do not say it
        writeMetric(place, "lossPerToken", e.lossPerToken);
    }
    writeMetric(place, "tokens", static_cast<double>(e.tokens));
    writeMetric(place, "rows", static_cast<double>(e.rows));
    writeMetric(place, "gradNorm", e.gradNorm);
    writeMetric(place, "learningRate", e.learningRate);
    writeMetric(place, "tokensPerSecond", e.tokensPerSecond);
    m_progress.lastStage = e.stage;
    m_progress.lastStep = e.step;
    m_progress.lastLoss = e.lossPerToken ? e.lossPerToken : e.loss;
}

void EventProjector::write(const events::HeldOut& e)
{
    writeMetric({e.stage, e.step}, "heldOutLoss", e.loss);
    if (e.lossPerToken) {
        writeMetric({e.stage, e.step}, "heldOutLossPerToken", e.lossPerToken);
    }
}

void EventProjector::write(const events::Heartbeat& e)
{
    const auto bytes = [&](const char* key, std::optional<std::int64_t> value) {
        if (value.value_or(0) > 0) {
            writeMetric({e.stage, e.step}, key, static_cast<double>(*value));
        }
    };
    bytes("rssBytes", e.rssBytes);
    bytes("gpuBytes", e.gpuBytes);
}

void EventProjector::writeMetric(events::Place place, const std::string& key, std::optional<double> value)
{
    // Events come in the order of their sequence numbers, so the newest line of a step is the last one written here.
    SQLite::Statement& upsert =
        statement("INSERT INTO metrics (run_id, stage, key_id, step, value, time_ms) VALUES (?, ?, ?, ?, ?, ?) "
                  "ON CONFLICT DO UPDATE SET value = excluded.value, time_ms = excluded.time_ms");
    upsert.bind(1, m_run);
    upsert.bind(2, place.stage);
    upsert.bind(3, keyNumber(key));
    upsert.bind(4, place.step);
    bindOptional(upsert, 5, value); // JSON has no NaN: a value that was not finite arrives as null, and stays null
    upsert.bind(6, m_timeMs);
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
    update.bind(1, m_progress.life.state);
    bindOptional(update, 2, m_progress.life.startedMs);
    bindOptional(update, 3, m_progress.life.finishedMs);
    update.bind(4, m_progress.life.lastEventMs);
    update.bind(5, m_progress.life.durationMs);
    update.bind(6, m_progress.lastStage);
    update.bind(7, m_progress.lastStep);
    bindOptional(update, 8, m_progress.lastLoss);
    update.bind(9, m_progress.life.error);
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
