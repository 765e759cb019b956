// SPDX-License-Identifier: Apache-2.0
#include "database/table_compare.h"

#include "database/sqlite_support.h"

#include <array>
#include <string_view>

namespace lori::database {

namespace {

/// The rows of one table for the run or job ?1, ordered by their first `keys` columns, which name a row.
struct TableView {
    const char* name;
    int keys;
    const char* sql;
};

constexpr std::array<TableView, 2> kJobTables{{
    {"job", 0,
     "SELECT kind, name, key, options, created_ms, state, result, error, started_ms, finished_ms, last_event_ms, duration_ms, "
     "bytes, "
     "tail, last_seq FROM jobs WHERE id = ?1"},
    {"artifact", 1,
     "SELECT path, kind, fingerprint, bytes, parents, created_ms FROM job_artifacts WHERE job_id = ?1 ORDER BY path"},
}};

constexpr std::array<TableView, 11> kTables{{
    {"run", 0,
     "SELECT name, purpose, preset, model, parent_run, data, stage_summary, rank, sparsity, state, started_ms, finished_ms, "
     "last_event_ms, "
     "duration_ms, last_stage, last_step, last_loss, host, cpu, cores, memory_bytes, gpu, device, threads, program, error "
     "FROM runs LEFT JOIN machines ON machines.id = machine_id WHERE run = ?1"},
    {"configuration", 0, "SELECT json FROM configurations JOIN runs ON runs.id = run_id WHERE run = ?1"},
    {"stage", 1,
     "SELECT stage, stages.name, kind, steps, trainable, stages.started_ms, seconds, a_unchanged, base_unchanged, "
     "outside_mask_zero, "
     "a_hash, base_hash FROM stages JOIN runs ON runs.id = run_id WHERE run = ?1 ORDER BY stage"},
    {"event", 1, "SELECT seq, time_ms, type, json FROM events JOIN runs ON runs.id = run_id WHERE run = ?1 ORDER BY seq"},
    {"metric", 3,
     "SELECT stage, metric_keys.name, step, value, time_ms FROM metrics JOIN metric_keys ON metric_keys.id = key_id "
     "WHERE run_id = (SELECT id FROM runs WHERE run = ?1) ORDER BY stage, metric_keys.name, step"},
    {"evaluation", 4,
     "SELECT stage, step, task, metric, seq, time_ms, value, low, high, hits, row_count, higher_is_better, items_file "
     "FROM evaluations JOIN runs ON runs.id = run_id WHERE run = ?1 ORDER BY stage, step, task, metric"},
    {"evaluated row", 5,
     "SELECT stage, step, task, metric, position, item, prompt, expected, answer, extracted, hit FROM evaluation_items "
     "JOIN evaluations ON evaluations.id = evaluation_id JOIN runs ON runs.id = run_id WHERE run = ?1 "
     "ORDER BY stage, step, task, metric, position"},
    {"adapter", 2,
     "SELECT stage, adapters.folder, kind, trainable, bytes, sha256 FROM adapters JOIN runs ON runs.id = run_id WHERE run = ?1 "
     "ORDER BY stage, adapters.folder"},
    {"mask", 2,
     "SELECT stage, file, masks.sparsity, scope, rule, kept, total, threshold FROM masks JOIN runs ON runs.id = run_id WHERE run "
     "= ?1 "
     "ORDER BY stage, file"},
    {"score", 3,
     "SELECT task, metric, kind, value, low, high, hits, row_count, stage, step, higher_is_better FROM run_scores "
     "JOIN runs ON runs.id = run_id WHERE run = ?1 ORDER BY task, metric, kind"},
    {"reading position", 0, "SELECT bytes, tail, last_seq FROM ingest_state JOIN runs ON runs.id = run_id WHERE run = ?1"},
}};

/// A cursor over a view.
class Cursor final {
public:
    Cursor(SQLite::Database& db, const TableView& view, const std::string& run) : m_rows(db, view.sql)
    {
        m_rows.bind(1, run);
        next();
    }
    void next() { m_valid = m_rows.executeStep(); }
    [[nodiscard]] bool valid() const { return m_valid; }
    [[nodiscard]] SQLite::Statement& row() { return m_rows; }

private:
    SQLite::Statement m_rows;
    bool m_valid = false;
};

/// SQLite's order of two values: integers before or after by number, text by bytes. Negative, zero or positive.
int compareValues(const SQLite::Column& left, const SQLite::Column& right)
{
    if (left.isInteger() && right.isInteger()) {
        return left.getInt64() < right.getInt64() ? -1 : left.getInt64() > right.getInt64() ? 1 : 0;
    }
    if (left.isFloat() && right.isFloat()) {
        return left.getDouble() < right.getDouble() ? -1 : left.getDouble() > right.getDouble() ? 1 : 0;
    }
    if (left.getType() != right.getType()) {
        return left.getType() < right.getType() ? -1 : 1;
    }
    return left.isNull() ? 0 : left.getString().compare(right.getString());
}

int compareKeys(Cursor& left, Cursor& right, int keys)
{
    for (int column = 0; column < keys; ++column) {
        const int order = compareValues(left.row().getColumn(column), right.row().getColumn(column));
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

std::string shown(const SQLite::Column& column)
{
    constexpr std::size_t kMaxShown = 60;
    if (column.isNull()) {
        return "nothing";
    }
    const std::string text = column.isBlob() ? std::to_string(column.getBytes()) + " bytes" : column.getString();
    return text.size() <= kMaxShown ? text : text.substr(0, kMaxShown) + "…";
}

std::string rowName(const TableView& view, Cursor& cursor)
{
    std::string name = view.name;
    for (int column = 0; column < view.keys; ++column) {
        name += (column == 0 ? " (" : ", ") + std::string(cursor.row().getColumnName(column)) + " " +
                shown(cursor.row().getColumn(column));
    }
    return view.keys > 0 ? name + ")" : name;
}

/// Collects the differences of one table.
class Differences final {
public:
    void add(const std::string& text)
    {
        constexpr std::int64_t kMaxSentences = 5;
        if (++m_count <= kMaxSentences) {
            m_sentences.push_back(text);
        }
    }
    void moveTo(std::vector<std::string>& all, const char* table)
    {
        const auto shownCount = static_cast<std::int64_t>(m_sentences.size());
        all.insert(all.end(), m_sentences.begin(), m_sentences.end());
        if (m_count > shownCount) {
            all.push_back("and " + std::to_string(m_count - shownCount) + " more differences of kind " + table);
        }
    }

private:
    std::int64_t m_count = 0;
    std::vector<std::string> m_sentences;
};

void compareColumns(const TableView& view, Cursor& history, Cursor& expected, Differences& differences)
{
    for (int column = view.keys; column < history.row().getColumnCount(); ++column) {
        const SQLite::Column have = history.row().getColumn(column);
        const SQLite::Column want = expected.row().getColumn(column);
        if (compareValues(have, want) != 0) {
            differences.add(rowName(view, history) + ": " + have.getName() + " is " + shown(have) + " in the history, " +
                            shown(want) + " by the folder");
        }
    }
}

/// All rows of one view on both sides; returns how many the history has.
std::int64_t compareTable(const TableView& view, SQLite::Database& history, SQLite::Database& expected, const std::string& id,
                          std::vector<std::string>& all)
{
    Cursor have(history, view, id);
    Cursor want(expected, view, id);
    Differences differences;
    std::int64_t rows = 0;
    while (have.valid() || want.valid()) {
        const int order = !want.valid() ? -1 : !have.valid() ? 1 : compareKeys(have, want, view.keys);
        if (order < 0) {
            differences.add(rowName(view, have) + " is in the history, but not in the folder");
        } else if (order > 0) {
            differences.add(rowName(view, want) + " is in the folder, but not in the history");
        } else {
            compareColumns(view, have, want, differences);
        }
        if (order <= 0) {
            ++rows;
            have.next();
        }
        if (order >= 0) {
            want.next();
        }
    }
    differences.moveTo(all, view.name);
    return rows;
}

} // namespace

Comparison compareRun(SQLite::Database& history, SQLite::Database& expected, const std::string& run)
{
    Comparison result;
    for (const TableView& view : kTables) {
        const std::int64_t rows = compareTable(view, history, expected, run, result.differences);
        if (std::string_view(view.name) == "event") {
            result.events = rows;
        } else if (std::string_view(view.name) == "metric") {
            result.metrics = rows;
        }
    }
    return result;
}

std::vector<std::string> compareJob(SQLite::Database& history, SQLite::Database& expected, const std::string& job)
{
    std::vector<std::string> differences;
    for (const TableView& view : kJobTables) {
        static_cast<void>(compareTable(view, history, expected, job, differences));
    }
    return differences;
}

} // namespace lori::database
