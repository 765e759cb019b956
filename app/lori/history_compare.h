// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/history_command.h"

#include <iosfwd>

namespace lori::database {
class History;
}

namespace lori::app {

/// `lori history compare`: the newest answers of two runs, task by task and row by row; with the same run twice, before training
/// against after. Tasks with several accuracies ("nlu") are compared once more with their rows pooled. Returns the exit code.
/// Throws Exception: NotFound (run), InvalidArgument (nothing in common).
int compareRuns(const HistoryOptions& options, const database::History& history, std::ostream& out);

} // namespace lori::app
