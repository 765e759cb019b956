// SPDX-License-Identifier: Apache-2.0
// What events say about stages, scores, adapters and masks.
#include "database/event_projector.h"

#include "database/item_file.h"
#include "database/json_fields.h"
#include "database/sqlite_support.h"

namespace lori::database {

using experiment::Event;

void EventProjector::applyStageStarted(const Event& event)
{
    SQLite::Statement& upsert =
        statement("INSERT INTO stages (run_id, stage, name, kind, steps, trainable, started_ms) VALUES (?, ?, ?, ?, ?, ?, ?) "
                  "ON CONFLICT (run_id, stage) DO UPDATE SET name = excluded.name, kind = excluded.kind, steps = excluded.steps, "
                  "trainable = excluded.trainable, started_ms = coalesce(started_ms, excluded.started_ms)");
    const std::string kind = textField(event.values, "kind");
    const std::string name = textField(event.values, "name");
    upsert.bind(1, m_run);
    upsert.bind(2, stageOf(event));
    upsert.bind(3, name.empty() ? kind : name);
    upsert.bind(4, kind);
    upsert.bind(5, integerField(event.values, "steps").value_or(0));
    upsert.bind(6, integerField(event.values, "trainable").value_or(0));
    upsert.bind(7, event.timeMs);
    run(upsert);
}

void EventProjector::applyStageFinished(const Event& event)
{
    SQLite::Statement& update = statement("UPDATE stages SET seconds = ? WHERE run_id = ? AND stage = ?");
    bindOptional(update, 1, realField(event.values, "seconds"));
    update.bind(2, m_run);
    update.bind(3, stageOf(event));
    run(update);
}

void EventProjector::applySeal(const Event& event)
{
    SQLite::Statement& update =
        statement("UPDATE stages SET a_unchanged = ?, base_unchanged = ?, outside_mask_zero = ?, a_hash = ?, "
                  "base_hash = ? WHERE run_id = ? AND stage = ?");
    update.bind(1, boolField(event.values, "aUnchanged", false) ? 1 : 0);
    update.bind(2, boolField(event.values, "baseUnchanged", false) ? 1 : 0);
    update.bind(3, boolField(event.values, "outsideMaskZero", false) ? 1 : 0);
    update.bind(4, textField(event.values, "aHash"));
    update.bind(5, textField(event.values, "baseHash"));
    update.bind(6, m_run);
    update.bind(7, stageOf(event));
    run(update);
}

void EventProjector::applyScore(const Event& event)
{
    const std::optional<double> value = realField(event.values, "value");
    if (!value) {
        return; // a score without a number stays among the events
    }
    const std::string task = textField(event.values, "task");
    const std::string metric = textField(event.values, "metric");
    const std::string items = textField(event.values, "items");
    SQLite::Statement& upsert = statement(
        "INSERT INTO evaluations (run_id, stage, step, task, metric, seq, time_ms, value, low, high, hits, row_count, "
        "higher_is_better, "
        "items_file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, stage, step, task, metric) DO UPDATE "
        "SET "
        "seq = excluded.seq, time_ms = excluded.time_ms, value = excluded.value, low = excluded.low, high = excluded.high, "
        "hits = excluded.hits, row_count = excluded.row_count, higher_is_better = excluded.higher_is_better, "
        "items_file = excluded.items_file RETURNING id");
    upsert.bind(1, m_run);
    upsert.bind(2, stageOf(event));
    upsert.bind(3, stepOf(event));
    upsert.bind(4, task);
    upsert.bind(5, metric);
    upsert.bind(6, event.seq);
    upsert.bind(7, event.timeMs);
    upsert.bind(8, *value);
    upsert.bind(9, realField(event.values, "low").value_or(*value));
    upsert.bind(10, realField(event.values, "high").value_or(*value));
    upsert.bind(11, integerField(event.values, "hits").value_or(0));
    upsert.bind(12, integerField(event.values, "n").value_or(0));
    upsert.bind(13, boolField(event.values, "higherIsBetter", true) ? 1 : 0);
    upsert.bind(14, items);
    upsert.executeStep();
    const std::int64_t evaluation = upsert.getColumn(0).getInt64();
    upsert.reset();
    writeItems(evaluation, items);
    writeMetric(event, task + "." + metric, *value);
    m_scored = true;
}

void EventProjector::writeItems(std::int64_t evaluation, const std::string& named)
{
    SQLite::Statement& clear = statement("DELETE FROM evaluation_items WHERE evaluation_id = ?");
    clear.bind(1, evaluation);
    run(clear);
    if (named.empty()) {
        return;
    }
    const auto path = pathInFolder(m_folder, named);
    const auto rows = path ? readItems(*path) : std::nullopt;
    if (!rows) {
        ++m_missingItemFiles;
        return;
    }
    SQLite::Statement& insert =
        statement("INSERT INTO evaluation_items (evaluation_id, position, item, prompt, expected, answer, "
                  "extracted, hit) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    std::int64_t position = 0;
    for (const ItemRow& row : *rows) {
        insert.bind(1, evaluation);
        insert.bind(2, position++);
        insert.bind(3, row.id);
        insert.bind(4, row.prompt);
        insert.bind(5, row.expected);
        insert.bind(6, row.answer);
        insert.bind(7, row.extracted);
        insert.bind(8, row.hit ? 1 : 0);
        run(insert);
    }
}

void EventProjector::applyAdapter(const Event& event)
{
    SQLite::Statement& upsert = statement("INSERT INTO adapters (run_id, stage, folder, kind, trainable, bytes, sha256) "
                                          "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, stage, folder) DO UPDATE SET "
                                          "kind = excluded.kind, trainable = excluded.trainable, bytes = excluded.bytes, "
                                          "sha256 = excluded.sha256");
    upsert.bind(1, m_run);
    upsert.bind(2, stageOf(event));
    upsert.bind(3, textField(event.values, "folder"));
    upsert.bind(4, textField(event.values, "kind"));
    upsert.bind(5, integerField(event.values, "trainable").value_or(0));
    upsert.bind(6, integerField(event.values, "bytes").value_or(0));
    upsert.bind(7, textField(event.values, "sha256"));
    run(upsert);
}

void EventProjector::applyMask(const Event& event)
{
    SQLite::Statement& upsert =
        statement("INSERT INTO masks (run_id, stage, file, sparsity, scope, rule, kept, total, threshold) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, stage, file) DO UPDATE SET "
                  "sparsity = excluded.sparsity, scope = excluded.scope, rule = excluded.rule, "
                  "kept = excluded.kept, total = excluded.total, threshold = excluded.threshold");
    upsert.bind(1, m_run);
    upsert.bind(2, stageOf(event));
    upsert.bind(3, textField(event.values, "file"));
    upsert.bind(4, realField(event.values, "sparsity").value_or(0));
    upsert.bind(5, textField(event.values, "scope"));
    upsert.bind(6, textField(event.values, "rule"));
    upsert.bind(7, integerField(event.values, "kept").value_or(0));
    upsert.bind(8, integerField(event.values, "total").value_or(0));
    bindOptional(upsert, 9, realField(event.values, "threshold"));
    run(upsert);
}

} // namespace lori::database
