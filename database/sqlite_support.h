// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"
#include "database/connection.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace lori::database {

/// What SQLite said, as one sentence about the history in `file`.
[[nodiscard]] Error errorFromSqlite(const SQLite::Exception& exception, const std::filesystem::path& file);

/// guard() for bodies that use SQLite: its exceptions become Errors about `file`.
template <typename Body>
[[nodiscard]] auto guardSql(const std::filesystem::path& file, Body&& body)
{
    return guard([&]() -> decltype(body()) {
        try {
            return std::forward<Body>(body)();
        } catch (const SQLite::Exception& exception) {
            throw Exception(errorFromSqlite(exception, file));
        }
    });
}

/// A complete, empty history in memory.
[[nodiscard]] std::unique_ptr<Connection> openInMemory();

/// Puts the committed content of `from` in place of that of `to`, in one transaction. `to` may be written (WriteAccess, unless it
/// is private). Throws SQLite::Exception, also when a lock keeps it from being done whole.
void copyDatabase(Connection& to, Connection& from);

/// First column of the first row of a query without parameters. Throws when there is no row.
[[nodiscard]] std::int64_t queryInteger(SQLite::Database& db, const std::string& sql);
/// The number of `run` in this database.
[[nodiscard]] std::optional<std::int64_t> findRunNumber(SQLite::Database& db, const std::string& run);
/// The same; throws NotFound.
[[nodiscard]] std::int64_t requireRunNumber(SQLite::Database& db, const std::string& run);

/// Binds a value, or NULL where there is none.
template <typename T>
void bindOptional(SQLite::Statement& statement, int index, const std::optional<T>& value)
{
    value ? statement.bind(index, *value) : statement.bind(index);
}
[[nodiscard]] inline std::optional<std::int64_t> optionalInteger(const SQLite::Column& column)
{
    return column.isNull() ? std::nullopt : std::optional(column.getInt64());
}
[[nodiscard]] inline std::optional<double> optionalReal(const SQLite::Column& column)
{
    return column.isNull() ? std::nullopt : std::optional(column.getDouble());
}
/// Runs a statement whose parameters are bound, and makes it ready for the next time.
inline void run(SQLite::Statement& statement)
{
    statement.exec();
    statement.reset();
}

[[nodiscard]] std::int64_t nowMs();

} // namespace lori::database
