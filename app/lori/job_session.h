// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/command.h"
#include "core/jobs/job_folder.h"
#include "core/workers/job_options.h"

#include <string>
#include <vector>

namespace lori::app {

/// Makes a job of `kind` in the home and works in it here: progress on a terminal, Ctrl+C stops it, its result is the answer with
/// its id as "job". What the kind refuses before it begins leaves no folder behind. With context.queue it is put into the queue
/// instead. Errors: those of the kind, and of enqueue().
[[nodiscard]] Result<Answer> workAsJob(const Context& context, const std::string& kind, const std::string& name,
                                       const nlohmann::json& options);
/// The same, but goes on with the unfinished job of equal work where there is one: for work that is killed and run again.
[[nodiscard]] Result<Answer> goOnAsJob(const Context& context, const std::string& kind, const std::string& name,
                                       const nlohmann::json& options);
/// Works in a job's folder that is there already; trainings and sequences too.
[[nodiscard]] Result<Answer> workInJobFolder(const Context& context, const jobs::JobFolder& folder);

/// The answer without the job's id, for commands whose answers are older than jobs.
[[nodiscard]] Answer withoutJob(Answer answer);

/// A path that means the same from everywhere; what names nothing on the disk (a registered model) stays as it is.
[[nodiscard]] std::string absolutePath(const std::string& path);
[[nodiscard]] std::vector<std::string> absolutePaths(const std::vector<std::string>& paths);

} // namespace lori::app
