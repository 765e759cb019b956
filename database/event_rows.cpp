// SPDX-License-Identifier: Apache-2.0
// What events say about stages, scores, adapters and masks.
#include "database/event_projector.h"

#include "database/item_file.h"
#include "database/sqlite_support.h"

namespace lori::database {

void EventProjector::write(const events::StageStarted& e)
{
    SQLite::Statement& upsert =
        statement("INSERT INTO stages (run_id, stage, name, kind, steps, trainable, started_ms) VALUES (?, ?, ?, ?, ?, ?, ?) "
                  "ON CONFLICT (run_id, stage) DO UPDATE SET name = excluded.name, kind = excluded.kind, steps = excluded.steps, "
                  "trainable = excluded.trainable, started_ms = coalesce(started_ms, excluded.started_ms)");
    upsert.bind(1, m_run);
    upsert.bind(2, e.stage);
    upsert.bind(3, e.name.empty() ? e.kind : e.name);
    upsert.bind(4, e.kind);
    upsert.bind(5, e.steps);
    upsert.bind(6, e.trainable);
    upsert.bind(7, m_timeMs);
    run(upsert);
}

void EventProjector::write(const events::StageFinished& e)
{
    SQLite::Statement& update = statement("UPDATE stages SET seconds = ? WHERE run_id = ? AND stage = ?");
    bindOptional(update, 1, e.seconds);
    update.bind(2, m_run);
    update.bind(3, e.stage);
    run(update);
}

void EventProjector::write(const events::Seal& e)
{
    SQLite::Statement& update =
        statement("UPDATE stages SET a_unchanged = ?, base_unchanged = ?, outside_mask_zero = ?, a_hash = ?, "
                  "base_hash = ? WHERE run_id = ? AND stage = ?");
    update.bind(1, e.aUnchanged ? 1 : 0);
    update.bind(2, e.baseUnchanged ? 1 : 0);
    update.bind(3, e.outsideMaskZero ? 1 : 0);
    update.bind(4, e.aHash);
    update.bind(5, e.baseHash);
    update.bind(6, m_run);
    update.bind(7, e.stage);
    run(update);
}

void EventProjector::write(const events::Score& e)
{
    if (!e.value) {
        return; // a score without a number stays among the events
    }
    SQLite::Statement& upsert = statement(
        "INSERT INTO evaluations (run_id, stage, step, task, metric, seq, time_ms, value, low, high, hits, row_count, "
        "higher_is_better, "
        "items_file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, stage, step, task, metric) DO UPDATE "
        "SET "
        "seq = excluded.seq, time_ms = excluded.time_ms, value = excluded.value, low = excluded.low, high = excluded.high, "
        "hits = excluded.hits, row_count = excluded.row_count, higher_is_better = excluded.higher_is_better, "
        "items_file = excluded.items_file RETURNING id");
    upsert.bind(1, m_run);
    upsert.bind(2, e.stage);
    upsert.bind(3, e.step);
    upsert.bind(4, e.task);
    upsert.bind(5, e.metric);
    upsert.bind(6, m_seq);
    upsert.bind(7, m_timeMs);
    upsert.bind(8, *e.value);
    upsert.bind(9, e.low.value_or(*e.value));
    upsert.bind(10, e.high.value_or(*e.value));
    upsert.bind(11, e.hits);
    upsert.bind(12, e.n);
    upsert.bind(13, e.higherIsBetter ? 1 : 0);
    upsert.bind(14, e.items);
    upsert.executeStep();
    const std::int64_t evaluation = upsert.getColumn(0).getInt64();
    upsert.reset();
    writeItems(evaluation, e.items);
    writeMetric({e.stage, e.step}, e.task + "." + e.metric, *e.value);
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

void EventProjector::write(const events::Adapter& e)
{
    SQLite::Statement& upsert = statement("INSERT INTO adapters (run_id, stage, folder, kind, trainable, bytes, sha256) "
                                          "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, stage, folder) DO UPDATE SET "
                                          "kind = excluded.kind, trainable = excluded.trainable, bytes = excluded.bytes, "
                                          "sha256 = excluded.sha256");
    upsert.bind(1, m_run);
    upsert.bind(2, e.stage);
    upsert.bind(3, e.folder);
    upsert.bind(4, e.kind);
    upsert.bind(5, e.trainable);
    upsert.bind(6, e.bytes);
    upsert.bind(7, e.sha256);
    run(upsert);
}

void EventProjector::write(const events::Mask& e)
{
    SQLite::Statement& upsert =
        statement("INSERT INTO masks (run_id, stage, file, sparsity, scope, rule, kept, total, threshold) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, stage, file) DO UPDATE SET "
                  "sparsity = excluded.sparsity, scope = excluded.scope, rule = excluded.rule, "
                  "kept = excluded.kept, total = excluded.total, threshold = excluded.threshold");
    upsert.bind(1, m_run);
    upsert.bind(2, e.stage);
    upsert.bind(3, e.file);
    upsert.bind(4, e.sparsity);
    upsert.bind(5, e.scope);
    upsert.bind(6, e.rule);
    upsert.bind(7, e.kept);
    upsert.bind(8, e.total);
    bindOptional(upsert, 9, e.threshold);
    run(upsert);
}

} // namespace lori::database
