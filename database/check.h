// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/run_folder.h"
#include "database/history.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace lori::database {

/// One thing that check() found, as one sentence.
struct Finding {
    enum class Kind : std::uint8_t {
        Damaged,     ///< the database file itself
        NotIngested, ///< a run or job, or complete events of it, are not in the history
        Differs,     ///< a row differs from what the folder says, is missing or too much
        FileMissing, ///< adapter, mask or items file
        FileDiffers, ///< other bytes or hash than recorded
        BadFolder,   ///< a folder among the runs or jobs that cannot be read as one
        Backup,      ///< annotations.json or queue.json does not hold what the history holds
    };
    Kind kind = Kind::Differs;
    std::string run; ///< id of the run or job; "" when it concerns the whole history
    std::string text;
};
[[nodiscard]] const char* findingKindName(Finding::Kind kind); ///< "not_ingested" …

struct CheckReport {
    std::int64_t runs = 0;
    std::int64_t jobs = 0;
    std::int64_t events = 0; ///< of runs
    std::int64_t metrics = 0;
    std::int64_t files = 0;                ///< adapters, masks and items files looked at
    std::vector<Finding> findings;         ///< empty = history and folders agree
    std::vector<std::string> foldersGone;  ///< runs and jobs that live only in the history now; not a disagreement
    std::vector<std::string> stillRunning; ///< runs and jobs whose newest events were left out because their worker is at work
    [[nodiscard]] bool agrees() const { return findings.empty(); }
    void add(Finding::Kind kind, const std::string& id, std::string text) { findings.push_back({kind, id, std::move(text)}); }
};

/// Proves that history and run folders agree: every complete event is in, every derived row equals what a fresh ingest of the
/// folder gives, adapters and masks of runs are there with the recorded bytes and SHA-256, no row is left over; likewise every
/// job of home.jobs(), and queue.json holds the queue. What a job made elsewhere is not looked for: a person may move it. Changes
/// nothing. Cost: reads every events.jsonl and hashes every adapter.
[[nodiscard]] Result<CheckReport> check(const History& history, const Home& home);

struct RebuildReport {
    std::int64_t runs = 0;
    std::int64_t jobs = 0;
    std::int64_t events = 0;           ///< of runs
    std::int64_t annotated = 0;        ///< runs whose name, note, tags or trash mark were kept
    std::vector<std::string> keptRows; ///< runs and jobs whose folder is gone, taken over from the old database
    std::vector<Finding> problems;     ///< folders that could not be read
    std::filesystem::path damagedFile; ///< where an unreadable old database was moved, "" when it was readable
};

/// Makes the history anew from the run folders of home.runs(), home.trash() and those imported from elsewhere and the job folders
/// of home.jobs(), keeping names, notes, tags and the queue (from the old database where it can be read, else from
/// annotations.json and queue.json). The old database is replaced at the end and at once; other programs that have it open go on
/// with the new content. On failure nothing is changed. Errors also: Busy when another program is rebuilding it, or writes for
/// over 5 s.
[[nodiscard]] Result<RebuildReport> rebuild(const std::filesystem::path& historyFile, const Home& home);

} // namespace lori::database
