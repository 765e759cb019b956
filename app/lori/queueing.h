// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/command.h"
#include "core/jobs/job_folder.h"

#include <cstdint>
#include <string>

namespace lori::app {

/// Adds --queue, --at, --continue-on-error and --start, which fill context.queue. Built without the database it adds nothing.
void addQueueOptions(CLI::App& command, Context& context);
/// The same without --queue, for a command that is about the queue anyway.
void addQueueDetails(CLI::App& command, Context& context);

/// Puts a job or run into the queue as context.queue says, and starts a worker when that is wished. The answer is
/// {"job":ID,"folder":…,"queued":true,"workerStarted":…}. Errors: AlreadyExists (it waits or works), InvalidArgument (finished
/// already, a time that cannot be read), those of database::Queue, Unsupported (built without the database).
[[nodiscard]] Result<Answer> enqueue(const Context& context, const jobs::JobFolder& folder);

/// Starts a detached `lori queue work` when none is alive in this home; whether it did. Errors: Io, DiskFull.
[[nodiscard]] Result<bool> startQueueWorker(const Home& home);

/// Unix milliseconds of "22:00" (the next one), "2026-12-01 22:00" (also with a T) or "+90m", "+2h"; local time, seen at `nowMs`.
/// 0 for "". Errors: InvalidArgument.
[[nodiscard]] Result<std::int64_t> startTime(const std::string& text, std::int64_t nowMs);

} // namespace lori::app
