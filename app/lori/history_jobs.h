// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/history_command.h"

#include <iosfwd>

namespace lori::database {
class History;
}

namespace lori::app {

// What `lori history` says of jobs that are no trainings, and of what jobs and runs made. A table for people or, with
// options.json, one JSON document (shapes: database/README.md). Each returns the exit code; throws Exception.

/// `lori history list --jobs`.
int listJobs(const HistoryOptions& options, const database::History& history, std::ostream& out);
/// `lori history show` of a job's id. Throws NotFound, InvalidArgument (several fit).
int showJob(const HistoryOptions& options, const database::History& history, std::ostream& out);
/// `lori history artifacts`.
int listArtifacts(const HistoryOptions& options, const database::History& history, std::ostream& out);

} // namespace lori::app
