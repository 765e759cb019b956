// SPDX-License-Identifier: Apache-2.0
// One run in detail, its curves and its evaluated rows.
#include "database/run_repository.h"
#include "database/run_rows.h"
#include "database/sqlite_support.h"

#include "core/events/event.h"

#include <limits>

namespace lori::database {

namespace {

RunSummary readSummary(SQLite::Database& db, std::int64_t number)
{
    SQLite::Statement row(db, std::string("SELECT ") + SummaryReader::columns() +
                                  " FROM runs LEFT JOIN notes ON notes.run_id = runs.id WHERE runs.id = ?");
    row.bind(1, number);
    row.executeStep();
    return SummaryReader(db).read(row);
}

std::string readText(SQLite::Database& db, const char* sql, std::int64_t number)
{
    SQLite::Statement row(db, sql);
    row.bind(1, number);
    return row.executeStep() ? row.getColumn(0).getString() : std::string();
}

std::vector<StageRow> readStages(SQLite::Database& db, std::int64_t number)
{
    SQLite::Statement rows(db, "SELECT stage, name, kind, steps, trainable, started_ms, seconds, a_unchanged, base_unchanged, "
                               "outside_mask_zero, a_hash, base_hash FROM stages WHERE run_id = ? ORDER BY stage");
    rows.bind(1, number);
    std::vector<StageRow> stages;
    while (rows.executeStep()) {
        StageRow stage{rows.getColumn(0).getInt64(),    rows.getColumn(1).getString(),
                       rows.getColumn(2).getString(),   rows.getColumn(3).getInt64(),
                       rows.getColumn(4).getInt64(),    optionalInteger(rows.getColumn(5)),
                       optionalReal(rows.getColumn(6)), std::nullopt};
        if (!rows.getColumn(7).isNull()) {
            stage.seal = SealRow{rows.getColumn(7).getInt() != 0, rows.getColumn(8).getInt() != 0,
                                 rows.getColumn(9).getInt() != 0, rows.getColumn(10).getString(), rows.getColumn(11).getString()};
        }
        stages.push_back(std::move(stage));
    }
    return stages;
}

std::vector<AdapterRow> readAdapters(SQLite::Database& db, std::int64_t number)
{
    SQLite::Statement rows(
        db, "SELECT stage, folder, kind, trainable, bytes, sha256 FROM adapters WHERE run_id = ? ORDER BY stage, folder");
    rows.bind(1, number);
    std::vector<AdapterRow> adapters;
    while (rows.executeStep()) {
        adapters.push_back({rows.getColumn(0).getInt64(), rows.getColumn(1).getString(), rows.getColumn(2).getString(),
                            rows.getColumn(3).getInt64(), rows.getColumn(4).getInt64(), rows.getColumn(5).getString()});
    }
    return adapters;
}

std::vector<MaskRow> readMasks(SQLite::Database& db, std::int64_t number)
{
    SQLite::Statement rows(db, "SELECT stage, file, sparsity, scope, rule, kept, total, threshold FROM masks WHERE run_id = ? "
                               "ORDER BY stage, file");
    rows.bind(1, number);
    std::vector<MaskRow> masks;
    while (rows.executeStep()) {
        masks.push_back({rows.getColumn(0).getInt64(), rows.getColumn(1).getString(), rows.getColumn(2).getDouble(),
                         rows.getColumn(3).getString(), rows.getColumn(4).getString(), rows.getColumn(5).getInt64(),
                         rows.getColumn(6).getInt64(), optionalReal(rows.getColumn(7))});
    }
    return masks;
}

std::vector<EvaluationRow> readEvaluations(SQLite::Database& db, std::int64_t number)
{
    SQLite::Statement rows(db,
                           "SELECT id, task, metric, higher_is_better, value, low, high, hits, row_count, stage, step, time_ms, "
                           "items_file, (SELECT count(*) FROM evaluation_items WHERE evaluation_id = id) FROM evaluations "
                           "WHERE run_id = ? ORDER BY seq");
    rows.bind(1, number);
    std::vector<EvaluationRow> evaluations;
    while (rows.executeStep()) {
        EvaluationRow row;
        row.id = rows.getColumn(0).getInt64();
        row.task = rows.getColumn(1).getString();
        row.metric = rows.getColumn(2).getString();
        row.higherIsBetter = rows.getColumn(3).getInt() != 0;
        row.score = {rows.getColumn(4).getDouble(), rows.getColumn(5).getDouble(), rows.getColumn(6).getDouble(),
                     rows.getColumn(7).getInt64(),  rows.getColumn(8).getInt64(),  rows.getColumn(9).getInt64(),
                     rows.getColumn(10).getInt64()};
        row.timeMs = rows.getColumn(11).getInt64();
        row.itemsFile = rows.getColumn(12).getString();
        row.itemCount = rows.getColumn(13).getInt64();
        evaluations.push_back(std::move(row));
    }
    return evaluations;
}

std::optional<MachineFacts> readMachine(SQLite::Database& db, std::int64_t number)
{
    SQLite::Statement row(db, "SELECT host, cpu, cores, memory_bytes, gpu, device, threads, program FROM runs "
                              "JOIN machines ON machines.id = machine_id WHERE runs.id = ?");
    row.bind(1, number);
    if (!row.executeStep()) {
        return std::nullopt;
    }
    return MachineFacts{row.getColumn(0).getString(), row.getColumn(1).getString(), row.getColumn(2).getInt64(),
                        row.getColumn(3).getInt64(),  row.getColumn(4).getString(), row.getColumn(5).getString(),
                        row.getColumn(6).getInt64(),  row.getColumn(7).getString()};
}

std::vector<HealthNote> readHealthNotes(SQLite::Database& db, std::int64_t number)
{
    // The second condition is that of the index events_rare, without which this would read every step.
    SQLite::Statement rows(db, "SELECT time_ms, json FROM events WHERE run_id = ? AND type = 'note' "
                               "AND type NOT IN ('step', 'heartbeat') ORDER BY seq");
    rows.bind(1, number);
    std::vector<HealthNote> notes;
    while (rows.executeStep()) {
        const events::Payload payload = events::payloadFrom(events::Note::kType, rows.getColumn(1).getString());
        if (const auto* note = std::get_if<events::Note>(&payload)) {
            notes.push_back({rows.getColumn(0).getInt64(), note->level, note->code, note->text, note->values.dump()});
        }
    }
    return notes;
}

} // namespace

Result<RunDetail> RunRepository::find(const std::string& id) const
{
    return guardSql(m_history.file(), [&] {
        SQLite::Database& db = m_history.connection();
        SQLite::Transaction snapshot(db);
        const std::int64_t number = requireRunNumber(db, id);
        RunDetail detail;
        detail.summary = readSummary(db, number);
        detail.configJson = readText(db, "SELECT json FROM configurations WHERE run_id = ?", number);
        detail.planJson = readText(db,
                                   "SELECT json FROM events WHERE run_id = ? AND type = 'plan' "
                                   "AND type NOT IN ('step', 'heartbeat') ORDER BY seq DESC LIMIT 1",
                                   number);
        detail.stages = readStages(db, number);
        detail.adapters = readAdapters(db, number);
        detail.masks = readMasks(db, number);
        detail.evaluations = readEvaluations(db, number);
        detail.machine = readMachine(db, number);
        detail.healthNotes = readHealthNotes(db, number);
        detail.events = std::stoll(readText(db, "SELECT count(*) FROM events WHERE run_id = ?", number));
        return detail;
    });
}

Result<std::vector<MetricPoint>> RunRepository::series(const std::string& id, std::int64_t stage, const std::string& key) const
{
    return guardSql(m_history.file(), [&] {
        SQLite::Statement rows(m_history.connection(), "SELECT step, value, time_ms FROM metrics WHERE run_id = ? AND stage = ? "
                                                       "AND key_id = (SELECT id FROM metric_keys WHERE name = ?) ORDER BY step");
        rows.bind(1, requireRunNumber(m_history.connection(), id));
        rows.bind(2, stage);
        rows.bind(3, key);
        std::vector<MetricPoint> points;
        while (rows.executeStep()) {
            points.push_back({rows.getColumn(0).getInt64(),
                              optionalReal(rows.getColumn(1)).value_or(std::numeric_limits<double>::quiet_NaN()),
                              rows.getColumn(2).getInt64()});
        }
        return points;
    });
}

Result<std::vector<std::string>> RunRepository::seriesKeys(const std::string& id, std::int64_t stage) const
{
    return guardSql(m_history.file(), [&] {
        SQLite::Statement rows(m_history.connection(),
                               "SELECT name FROM metric_keys WHERE EXISTS (SELECT 1 FROM metrics "
                               "WHERE run_id = ? AND stage = ? AND key_id = metric_keys.id) ORDER BY name");
        rows.bind(1, requireRunNumber(m_history.connection(), id));
        rows.bind(2, stage);
        std::vector<std::string> keys;
        while (rows.executeStep()) {
            keys.push_back(rows.getColumn(0).getString());
        }
        return keys;
    });
}

Result<std::vector<ItemRow>> RunRepository::items(std::int64_t evaluation) const
{
    return guardSql(m_history.file(), [&] {
        SQLite::Statement rows(m_history.connection(),
                               "SELECT item, prompt, expected, answer, extracted, hit FROM evaluation_items "
                               "WHERE evaluation_id = ? ORDER BY position");
        rows.bind(1, evaluation);
        std::vector<ItemRow> items;
        while (rows.executeStep()) {
            items.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString(), rows.getColumn(2).getString(),
                             rows.getColumn(3).getString(), rows.getColumn(4).getString(), rows.getColumn(5).getInt() != 0});
        }
        return items;
    });
}

Result<std::vector<ItemFlip>> RunRepository::flips(std::int64_t before, std::int64_t after) const
{
    return guardSql(m_history.file(), [&] {
        SQLite::Statement rows(m_history.connection(),
                               "SELECT a.item, a.prompt, a.expected, b.answer, a.answer, b.hit, a.hit FROM evaluation_items AS a "
                               "JOIN evaluation_items AS b ON b.evaluation_id = ?1 AND b.item = a.item AND b.hit <> a.hit "
                               "WHERE a.evaluation_id = ?2 ORDER BY a.position");
        rows.bind(1, before);
        rows.bind(2, after);
        std::vector<ItemFlip> flips;
        while (rows.executeStep()) {
            flips.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString(), rows.getColumn(2).getString(),
                             rows.getColumn(3).getString(), rows.getColumn(4).getString(), rows.getColumn(5).getInt() != 0,
                             rows.getColumn(6).getInt() != 0});
        }
        return flips;
    });
}

} // namespace lori::database
