// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/run_folder.h"
#include "database/history.h"
#include "database/job_ingest.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lori::database {

/// What one ingest did.
struct Ingested {
    std::string run;
    bool newRun = false;
    bool startedOver = false; ///< events.jsonl had become shorter or another one: the run's rows were made anew
    std::int64_t newEvents = 0;
    std::int64_t skippedLines = 0;     ///< unreadable or repeated lines among the new ones
    std::int64_t missingItemFiles = 0; ///< score events whose items file is not there
};

/// Brings the history up to date with a run folder: reads the complete lines after the byte reached last time. Idempotent (keyed
/// by run and sequence number), in transactions of at most 20,000 events, each whole or not at all; a torn last line waits.
/// Steps that appear again after a resume replace the older ones. Cheap when nothing is new: call it each second.
/// A run that the history does not know yet gets its notes and tags back from annotations.json, if they are there.
/// Errors: NotFound and BadFile (no run folder, config.json unreadable), NewerVersion (its events), AlreadyExists (another run of
/// that id is known from another folder that still exists), Busy, DiskFull, Io.
[[nodiscard]] Result<Ingested> ingestFolder(const History& history, const std::filesystem::path& runFolder);

/// One folder that could not be ingested.
struct IngestProblem {
    std::filesystem::path folder;
    Error error;
};
struct HomeIngested {
    std::vector<Ingested> runs;    ///< only those with something new
    std::vector<JobIngested> jobs; ///< likewise
    std::vector<IngestProblem> problems;
};
/// ingestFolder for every folder of home.runs() and home.trash(), ingestJob for those of home.jobs(). One bad folder does not
/// stop the others.
[[nodiscard]] Result<HomeIngested> ingestHome(const History& history, const Home& home);

} // namespace lori::database
