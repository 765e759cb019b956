// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/run_folder.h"

#include <iosfwd>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace lori::app {

struct Context;

/// What a person wrote after `lori history`.
struct HistoryOptions {
    std::string action;    ///< "list", "show", "compare", "artifacts", "check", "rebuild", "export", "import"; "" when not used
    std::string run;       ///< show, compare: an id of a run (show: or job), its beginning, a name, or "last"
    std::string other;     ///< compare: the second run
    std::string task;      ///< compare: only this task
    std::string folder;    ///< import: a run or job folder, a folder of run folders, or a .lori file; "" = the home's own
    std::string text;      ///< list: words to find
    std::string kind;      ///< list --jobs, artifacts: only of this kind
    bool jobs = false;     ///< list: the jobs that are no trainings instead
    bool trash = false;    ///< list: the trash instead
    bool noImport = false; ///< check: do not bring the history up to date first
    bool json = false;
    std::vector<std::string> runs{}; ///< export: as `run`
    std::string to{};                ///< export: the .lori file
    bool withAdapters = false;       ///< export: adapters, too
    bool overwrite = false;          ///< export: an older file of that name may go
};

/// Adds `history list|show|compare|artifacts|check|rebuild|export|import`. The parse fills `options`, which must outlive `app`.
/// Returns `history`.
CLI::App* addHistoryCommand(CLI::App& app, HistoryOptions& options);
/// The same, and the command is carried out when the program chooses it.
void addHistoryCommand(CLI::App& app, Context& context);

/// Does it. A table for people or, with --json, one JSON document goes to `out`; remarks and failures, one sentence each, to
/// `err`. Returns the exit code of design §8; a check that finds a disagreement returns 1.
int runHistoryCommand(const HistoryOptions& options, const Home& home, std::ostream& out, std::ostream& err);

} // namespace lori::app
