// SPDX-License-Identifier: Apache-2.0
#include "database/sqlite_support.h"

#include "database/migrations.h"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

#include <chrono>

namespace lori::database {

namespace {

constexpr const char* kRebuildHint =
    "run `lori history rebuild`: it makes the history anew from the run folders and keeps names, "
    "notes and tags";

} // namespace

Error errorFromSqlite(const SQLite::Exception& exception, const std::filesystem::path& file)
{
    const std::string where = file.string();
    const std::string detail = exception.what();
    switch (exception.getErrorCode() & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return busyError(kWriteWait, file);
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

std::unique_ptr<Connection> openInMemory()
{
    auto db = std::make_unique<Connection>(":memory:", Connection::Use::Private);
    migrate(*db, ":memory:", static_cast<std::int64_t>(migrations().size()));
    return db;
}

void copyDatabase(Connection& to, Connection& from)
{
    const int answer = SQLite::Backup(to, from).executeStep(-1);
    if (answer != SQLITE_DONE) { // BUSY and LOCKED come back as answers, not as exceptions
        throw SQLite::Exception("the copy of the database was not finished", answer);
    }
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
