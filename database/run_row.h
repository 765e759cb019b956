// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace SQLite {
class Database;
}

namespace lori::database {

/// Adds the rows that config.json alone gives: the run, its configuration and its stages. Returns the run's number.
/// Throws BadFile when config.json is missing or not a JSON object. Unknown fields do not matter here: a run of another version
/// of the program belongs in the history all the same.
std::int64_t insertRun(SQLite::Database& db, const std::string& run, const std::filesystem::path& folder);

/// Removes everything derived from the events and makes the run as insertRun left it. A person's edits stay.
void resetRun(SQLite::Database& db, std::int64_t number, const std::filesystem::path& folder);

} // namespace lori::database
