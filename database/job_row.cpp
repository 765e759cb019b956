// SPDX-License-Identifier: Apache-2.0
#include "database/job_row.h"

#include "core/jobs/job_folder.h"
#include "core/support/files.h"
#include "database/sqlite_support.h"

namespace lori::database {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::string textOf(const json& value)
{
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// Binds ?1 … ?7 of the two statements below.
void bindRecord(SQLite::Statement& statement, const std::string& job, const fs::path& folder)
{
    const jobs::JobRecord record = jobs::JobFolder::open({}, folder.string()).value().record().value();
    statement.bind(1, job);
    statement.bind(2, folder.string());
    statement.bind(3, record.kind);
    statement.bind(4, record.name);
    statement.bind(5, record.key);
    statement.bind(6, textOf(record.options));
    statement.bind(7, record.createdMs);
}

} // namespace

std::optional<JobRow> readJobRow(SQLite::Database& db, const std::string& job)
{
    SQLite::Statement row(
        db, "SELECT folder, result, state, started_ms, finished_ms, last_event_ms, duration_ms, error, bytes, tail, "
            "last_seq, skipped_lines FROM jobs WHERE id = ?");
    row.bind(1, job);
    if (!row.executeStep()) {
        return std::nullopt;
    }
    JobRow found;
    found.id = job;
    found.folder = row.getColumn(0).getString();
    found.result = row.getColumn(1).getString();
    found.life = {row.getColumn(2).getString(), optionalInteger(row.getColumn(3)), optionalInteger(row.getColumn(4)),
                  row.getColumn(5).getInt64(),  row.getColumn(6).getInt64(),       row.getColumn(7).getString()};
    found.bytes = static_cast<std::uint64_t>(row.getColumn(8).getInt64());
    found.tail = row.getColumn(9).getString();
    found.lastSeq = row.getColumn(10).getInt64();
    found.skippedLines = row.getColumn(11).getInt64();
    return found;
}

void insertJob(SQLite::Database& db, const std::string& job, const fs::path& folder)
{
    SQLite::Statement insert(
        db, "INSERT INTO jobs (id, folder, kind, name, key, options, created_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    bindRecord(insert, job, folder);
    insert.exec();
}

void moveJob(SQLite::Database& db, const std::string& job, const fs::path& folder)
{
    SQLite::Statement move(db, "UPDATE jobs SET folder = ? WHERE id = ?");
    move.bind(1, folder.string());
    move.bind(2, job);
    move.exec();
}

JobRow resetJob(SQLite::Database& db, const JobRow& row)
{
    SQLite::Statement clear(db, "DELETE FROM job_artifacts WHERE job_id = ?");
    clear.bind(1, row.id);
    clear.exec();
    SQLite::Statement update(
        db, "UPDATE jobs SET folder = ?2, kind = ?3, name = ?4, key = ?5, options = ?6, created_ms = ?7 WHERE id = ?1");
    bindRecord(update, row.id, row.folder);
    update.exec();
    JobRow empty;
    empty.id = row.id;
    empty.folder = row.folder;
    return empty;
}

void writeJobRow(SQLite::Database& db, const JobRow& row)
{
    SQLite::Statement update(db, "UPDATE jobs SET result = ?, state = ?, started_ms = ?, finished_ms = ?, last_event_ms = ?, "
                                 "duration_ms = ?, error = ?, bytes = ?, tail = ?, last_seq = ?, skipped_lines = ? WHERE id = ?");
    update.bind(1, row.result);
    update.bind(2, row.life.state);
    bindOptional(update, 3, row.life.startedMs);
    bindOptional(update, 4, row.life.finishedMs);
    update.bind(5, row.life.lastEventMs);
    update.bind(6, row.life.durationMs);
    update.bind(7, row.life.error);
    update.bind(8, static_cast<std::int64_t>(row.bytes));
    update.bind(9, row.tail.data(), static_cast<int>(row.tail.size()));
    update.bind(10, row.lastSeq);
    update.bind(11, row.skippedLines);
    update.bind(12, row.id);
    update.exec();
}

void writeArtifact(SQLite::Database& db, const std::string& job, const events::Artifact& artifact, std::int64_t timeMs)
{
    SQLite::Statement upsert(db, "INSERT INTO job_artifacts (job_id, path, kind, fingerprint, bytes, parents, created_ms) "
                                 "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job_id, path) DO UPDATE SET kind = excluded.kind, "
                                 "fingerprint = excluded.fingerprint, bytes = excluded.bytes, parents = excluded.parents, "
                                 "created_ms = excluded.created_ms");
    upsert.bind(1, job);
    upsert.bind(2, artifact.path);
    upsert.bind(3, artifact.kind);
    upsert.bind(4, artifact.fingerprint);
    upsert.bind(5, artifact.bytes);
    upsert.bind(6, textOf(artifact.parents));
    upsert.bind(7, timeMs);
    upsert.exec();
}

std::string readResult(const fs::path& folder)
{
    constexpr std::uint64_t kMaxBytes = 64U << 20U;
    const auto text = readTextFile(folder / "result.json", kMaxBytes);
    return text && json::accept(*text) ? *text : std::string();
}

} // namespace lori::database
