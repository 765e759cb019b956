// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace lori::database {

/// Rows of one run in two databases compared.
struct Comparison {
    std::int64_t events = 0; ///< rows looked at in the history
    std::int64_t metrics = 0;
    std::vector<std::string> differences; ///< one sentence each; at most five a table, then a count
};

/// Compares everything derived about `run` in `history` with `expected`, a database that a fresh ingest of the folder filled.
/// Numbers that mean something in one database only (run_id and the like) are replaced by what they stand for.
[[nodiscard]] Comparison compareRun(SQLite::Database& history, SQLite::Database& expected, const std::string& run);

/// The same for a job of home/jobs: its row and its artifacts. Returns the differences.
[[nodiscard]] std::vector<std::string> compareJob(SQLite::Database& history, SQLite::Database& expected, const std::string& job);

} // namespace lori::database
