// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_folder.h"
#include "database/history.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace lori::database {

/// What one ingest of a job did.
struct JobIngested {
    std::string job;
    bool newJob = false;
    bool startedOver = false; ///< events.jsonl had become shorter or another one: the job's rows were made anew
    std::int64_t newEvents = 0;
    std::int64_t skippedLines = 0; ///< unreadable or repeated lines among the new ones
};

/// Brings the history up to date with the folder of a job that is no training: what job.json says, its life, result and
/// artifacts. Reads the complete lines after the byte reached last time. Idempotent, each transaction whole or not at all; cheap
/// when nothing is new: call it each second. Errors: NotFound and BadFile (no job folder, job.json unreadable), NewerVersion
/// (job.json or its events), AlreadyExists (another job of that id is known from another folder that still exists), Busy,
/// DiskFull, Io.
[[nodiscard]] Result<JobIngested> ingestJob(const History& history, const std::filesystem::path& jobFolder);

} // namespace lori::database
