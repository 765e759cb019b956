// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/history.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace lori::database {

/// What a person said about one run, and what only the history knows of it.
struct RunAnnotations {
    std::string name; ///< "" = config.name
    std::string note;
    std::vector<std::string> tags; ///< sorted
    std::optional<std::int64_t> trashedMs;
    std::string trashedFrom; ///< folder before the trash
    std::string folder;      ///< only for runs outside the history's own runs and trash
    std::int64_t changedMs = 0;
    [[nodiscard]] bool empty() const
    {
        return name.empty() && note.empty() && tags.empty() && !trashedMs && folder.empty() && changedMs == 0;
    }
    bool operator==(const RunAnnotations&) const = default;
};
using AnnotationSet = std::map<std::string, RunAnnotations>; ///< by run id

/// Everything the database holds, runs without annotations left out. `ownFolder` is the folder of the database.
[[nodiscard]] AnnotationSet collectAnnotations(SQLite::Database& db, const std::filesystem::path& ownFolder);
/// Reads annotations.json; empty when missing. Throws BadFile, NewerVersion.
[[nodiscard]] AnnotationSet readAnnotations(const std::filesystem::path& file);
/// Puts `annotations` in place of what the database holds about the run.
void applyAnnotations(SQLite::Database& db, std::int64_t number, const RunAnnotations& annotations);
/// applyAnnotations from the file, if it knows the run. A file that cannot be read changes nothing: ingest must go on.
void restoreAnnotations(SQLite::Database& db, std::int64_t number, const std::string& run, const std::filesystem::path& file);

/// Writes annotations.json from the database; entries of runs that the database does not know are kept, an unreadable file is
/// moved aside. Call inside a write transaction, after the change and before the commit. Throws DiskFull, Io.
void backUpAnnotations(const History& history);
/// The same, forgetting one run for good.
void forgetAnnotations(const History& history, const std::string& run);

/// Replaces the tags of a run.
void writeTags(SQLite::Database& db, std::int64_t number, const std::vector<std::string>& tags);
/// Whether the row says that the run is in the trash; false for an unknown run.
[[nodiscard]] bool isNotedAsTrash(SQLite::Database& db, const std::string& run);
/// Marks a run whose folder was found in the trash, or out of it, when the row says otherwise.
void noteTrash(SQLite::Database& db, const std::string& run, bool inTrash);

} // namespace lori::database
