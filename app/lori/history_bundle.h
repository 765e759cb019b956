// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/history_command.h"
#include "database/history.h"

#include <iosfwd>
#include <string>

namespace lori::app {

/// `lori history import` takes this for a .lori file: an ordinary file, or a path that ends so.
[[nodiscard]] bool isBundle(const std::string& path);
/// `lori history export RUN… --to FILE`. A signal stops it, and no file is left. Throws Exception. Returns the exit code.
int exportRuns(const HistoryOptions& options, const database::History& history, std::ostream& out);
/// `lori history import FILE.lori`. A signal stops it before anything was added. Throws Exception. Returns the exit code: 1 when
/// the history could not take in all that came.
int importRunsFromBundle(const HistoryOptions& options, const database::History& history, const Home& home, std::ostream& out,
                         std::ostream& err);

} // namespace lori::app
