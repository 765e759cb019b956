// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event_types.h"
#include "database/life_cycle.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace SQLite {
class Database;
}

namespace lori::database {

/// What an ingest reads and changes of a row of `jobs`.
struct JobRow {
    std::string id;
    std::filesystem::path folder;
    std::string result; ///< text of result.json, "" until the job finished
    LifeCycle life;
    std::uint64_t bytes = 0; ///< of events.jsonl read
    std::string tail;        ///< the last of them, see tailBefore()
    std::int64_t lastSeq = 0;
    std::int64_t skippedLines = 0;
};

// All of these throw. Call those that write inside a transaction.

[[nodiscard]] std::optional<JobRow> readJobRow(SQLite::Database& db, const std::string& job);
/// Adds the row that job.json alone gives. Throws BadFile, NewerVersion.
void insertJob(SQLite::Database& db, const std::string& job, const std::filesystem::path& folder);
void moveJob(SQLite::Database& db, const std::string& job, const std::filesystem::path& folder);
/// Makes the row as insertJob left it, without artifacts, and returns it.
[[nodiscard]] JobRow resetJob(SQLite::Database& db, const JobRow& row);
/// Writes what `row` holds but id and folder.
void writeJobRow(SQLite::Database& db, const JobRow& row);
/// An artifact of that path takes the place of an older one: a job that was resumed makes it again.
void writeArtifact(SQLite::Database& db, const std::string& job, const events::Artifact& artifact, std::int64_t timeMs);
/// The text of result.json; "" when it is missing or no JSON.
[[nodiscard]] std::string readResult(const std::filesystem::path& folder);

} // namespace lori::database
