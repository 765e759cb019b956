// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/ingest.h"
#include "database/job_ingest.h"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>

namespace lori::database {

class Connection;

/// Lines of an events.jsonl that one transaction takes in: other writers wait no longer than these.
inline constexpr std::size_t kEventsPerTransaction = 20'000;

/// How an ingest is done where it is not for a person's history.
struct IngestOptions {
    std::optional<std::filesystem::path> annotationsFile;                ///< where a new run's notes and tags come back from
    std::uint64_t untilByte = std::numeric_limits<std::uint64_t>::max(); ///< reads events.jsonl no further
};

/// ingestFolder() on any database of this schema. Throws.
Ingested ingestEvents(Connection& db, const std::filesystem::path& runFolder, const IngestOptions& options);

/// Absolute path without links, dots and a trailing slash, so that one folder has one name.
[[nodiscard]] std::filesystem::path cleanFolder(const std::filesystem::path& folder);

/// The folders directly in `parent` that hold a config.json, sorted; none when `parent` does not exist.
[[nodiscard]] std::vector<std::filesystem::path> runFoldersIn(const std::filesystem::path& parent);

/// ingestJob() on any database of this schema, reading events.jsonl no further than `untilByte`. Throws.
JobIngested ingestJobEvents(Connection& db, const std::filesystem::path& jobFolder, std::uint64_t untilByte);

/// The folders directly in `parent` that hold a job.json, sorted; those that are just being made are left out.
[[nodiscard]] std::vector<std::filesystem::path> jobFoldersIn(const std::filesystem::path& parent);

} // namespace lori::database
