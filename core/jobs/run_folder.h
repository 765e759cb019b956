// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/jobs/folder_making.h"
#include "core/jobs/job_folder.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace lori::jobs {

/// The folder of a training: config.json, checkpoints/, adapter/, masks/ beside what every job has.
class RunFolder final : public JobFolder {
public:
    /// Makes runs/<id>/ with config.json whole or not at all, `files` and what `fill` adds beside it. Errors: DiskFull, Io, those
    /// of `fill`.
    [[nodiscard]] static Result<RunFolder> create(const Home& home, const experiment::RunConfig& config, const Texts& files = {},
                                                  const Fill& fill = {});
    /// The same under an id of the caller's; a folder of that id that is there already is opened as it is, so that work which was
    /// killed finds its run again. Id: lower-case letters, digits and hyphens. Errors: InvalidArgument, BadFile (a folder that is
    /// no run), DiskFull, Io.
    [[nodiscard]] static Result<RunFolder> createOrOpen(const Home& home, const experiment::RunConfig& config,
                                                        const std::string& id);
    /// Opens an existing folder; `nameOrPath` is an id in home.runs() or any path. Errors: NotFound, BadFile.
    [[nodiscard]] static Result<RunFolder> open(const Home& home, const std::string& nameOrPath);

    [[nodiscard]] std::filesystem::path checkpoints() const { return path() / "checkpoints"; }
    /// adapter/<stage index>-<kind>: "adapter/0-lori-d".
    [[nodiscard]] std::filesystem::path adapterFolder(std::int64_t stage, experiment::StageKind kind) const;
    [[nodiscard]] std::filesystem::path masks() const { return path() / "masks"; }
    [[nodiscard]] Result<experiment::RunConfig> config() const;
    /// What the run did: its configuration with everything that people changed while it was at work. Running it gives the same
    /// bits. Errors: those of config() and of the events' file.
    [[nodiscard]] Result<experiment::RunConfig> recipe() const;

private:
    explicit RunFolder(std::filesystem::path folder) : JobFolder(std::move(folder)) {}
};

} // namespace lori::jobs
