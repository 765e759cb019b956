// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace SQLite {
class Database;
}

namespace lori::database {

class Connection;

/// One step of the schema: its place in the list + 1 is the user_version it leads to.
struct Migration {
    const char* name;
    const char* sql;
};
/// All of them, oldest first; embedded from database/migrations.
[[nodiscard]] const std::vector<Migration>& migrations();

/// Marks a SQLite file as a LoRI history (PRAGMA application_id, "LoRI" in ASCII).
inline constexpr std::int64_t kApplicationId = 0x4C6F5249;

/// Throws unless `db` is empty or a history of at most this program's version. Returns its version, 0 when empty.
[[nodiscard]] std::int64_t requireHistory(SQLite::Database& db, const std::filesystem::path& file);

/// Brings the schema of `db` up to `version`, each step in one transaction. A history that holds a schema already is first copied
/// to "<file>.v<old version>-<UTC time>.bak". Safe when several programs do it at once. `file` ":memory:" has no backup.
void migrate(Connection& db, const std::filesystem::path& file, std::int64_t version);

} // namespace lori::database
