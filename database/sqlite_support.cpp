// SPDX-License-Identifier: Apache-2.0
#include "database/sqlite_support.h"

#include "database/migrations.h"

#include <sqlite3.h>

#include <chrono>

namespace lori::database {

namespace {

constexpr const char* kRebuildHint =
    "run `lori history rebuild`: it makes the history anew from the run folders and keeps names, "
    "notes and tags";

/// Switching to WAL needs the file alone for a moment, and SQLite does not wait for that by itself.
void switchToWal(SQLite::Database& db)
{
    constexpr int kPauseMs = 20;
    for (int waitedMs = 0;; waitedMs += kPauseMs) {
        try {
            SQLite::Statement pragma(db, "PRAGMA journal_mode = WAL");
            pragma.executeStep();
            return;
        } catch (const SQLite::Exception& exception) {
            if (exception.getErrorCode() != SQLITE_BUSY || waitedMs >= kBusyTimeoutMs) {
                throw;
            }
        }
        sqlite3_sleep(kPauseMs);
    }
}

} // namespace

Error errorFromSqlite(const SQLite::Exception& exception, const std::filesystem::path& file)
{
    const std::string where = file.string();
    const std::string detail = exception.what();
    switch (exception.getErrorCode() & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Busy, "another program has been writing to the history for over 5 seconds", "try again in a moment",
                where};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorCode::BadFile, "the history is damaged (" + detail + ")", kRebuildHint, where};
    case SQLITE_FULL:
        return {ErrorCode::DiskFull, "cannot write the history: the disk is full", "free some space and try again", where};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorCode::Io, "the history cannot be written (" + detail + ")",
                "check the permissions of the file and its folder", where};
    case SQLITE_CANTOPEN:
        return {ErrorCode::Io, "the history cannot be opened (" + detail + ")", "check that its folder exists and may be written",
                where};
    case SQLITE_IOERR:
        return {ErrorCode::Io, "reading or writing the history failed (" + detail + ")", "check the disk", where};
    case SQLITE_NOMEM:
        return {ErrorCode::OutOfMemory, "not enough memory for the history", "close other programs and try again", where};
    default:
        return {ErrorCode::Internal, "the history answered: " + detail, "run `lori history check`", where};
    }
}

void prepareConnection(SQLite::Database& db, bool writes)
{
    db.setBusyTimeout(kBusyTimeoutMs);
    db.exec("PRAGMA foreign_keys = ON");
    if (writes) {
        switchToWal(db);
        // In WAL mode NORMAL keeps the file sound through a power cut; at worst the last moments are ingested again from the
        // run folders. A person's edits are synced to annotations.json as well.
        db.exec("PRAGMA synchronous = NORMAL");
    } else {
        db.exec("PRAGMA query_only = ON");
    }
}

std::unique_ptr<SQLite::Database> openInMemory()
{
    auto db = std::make_unique<SQLite::Database>(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db->exec("PRAGMA foreign_keys = ON");
    migrate(*db, ":memory:", static_cast<std::int64_t>(migrations().size()));
    return db;
}

std::int64_t queryInteger(SQLite::Database& db, const std::string& sql)
{
    SQLite::Statement statement(db, sql);
    if (!statement.executeStep()) {
        throw Exception(ErrorCode::Internal, "a query gave no row: " + sql);
    }
    return statement.getColumn(0).getInt64();
}

std::optional<std::int64_t> findRunNumber(SQLite::Database& db, const std::string& run)
{
    SQLite::Statement statement(db, "SELECT id FROM runs WHERE run = ?");
    statement.bind(1, run);
    if (!statement.executeStep()) {
        return std::nullopt;
    }
    return statement.getColumn(0).getInt64();
}

std::int64_t requireRunNumber(SQLite::Database& db, const std::string& run)
{
    const std::optional<std::int64_t> number = findRunNumber(db, run);
    if (!number) {
        throw Exception(ErrorCode::NotFound, "the history knows no run '" + run + "'", "see `lori history list`");
    }
    return *number;
}

std::int64_t nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace lori::database
