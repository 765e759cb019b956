// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/control.h"
#include "core/support/home.h"
#include "core/support/result.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace lori::jobs {

/// What a job is: job.json, written once when its folder is made.
struct JobRecord {
    static constexpr int kVersion = 1;
    std::string kind;                                  ///< "train", "sequence", "evaluate", "merge", "interference" …
    std::string name;                                  ///< for people
    nlohmann::json options = nlohmann::json::object(); ///< of its kind; nothing else decides what the job does
    std::string key;                                   ///< equal for equal work, "" when it was not asked for
    std::int64_t createdMs = 0;
};

/// A job's folder (design §2): job.json, events.jsonl, control.jsonl, run.lock, items/, result.json, log.txt and what it made.
/// Trainings have config.json too, and theirs is a RunFolder; folders of older programs have no job.json.
class JobFolder {
public:
    /// Makes home.jobs()/<id>/ with job.json, whole or not at all. Errors: InvalidArgument (no kind), DiskFull, Io.
    [[nodiscard]] static Result<JobFolder> create(const Home& home, JobRecord record);
    /// Opens an existing folder; `nameOrPath` is an id in home.jobs() or home.runs(), or any path. Errors: NotFound, BadFile.
    [[nodiscard]] static Result<JobFolder> open(const Home& home, const std::string& nameOrPath);

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::string id() const { return m_path.filename().string(); }
    [[nodiscard]] std::filesystem::path eventsFile() const { return m_path / "events.jsonl"; }
    [[nodiscard]] std::filesystem::path controlFile() const { return m_path / "control.jsonl"; }
    [[nodiscard]] std::filesystem::path items() const { return m_path / "items"; }
    [[nodiscard]] std::filesystem::path resultFile() const { return m_path / "result.json"; }
    [[nodiscard]] std::filesystem::path logFile() const { return m_path / "log.txt"; }
    /// Of a training's folder without job.json: its kind and name. Errors: BadFile, NewerVersion.
    [[nodiscard]] Result<JobRecord> record() const;

    /// Writes job.json anew, whole or not at all; for a job that nobody has begun. Errors: Unsupported (a training's folder),
    /// DiskFull, Io.
    [[nodiscard]] Result<void> writeRecord(const JobRecord& record) const;

    /// Asks the worker for something. Errors: DiskFull, Io.
    [[nodiscard]] Result<void> sendCommand(Command command) const;
    /// Asks for another value of a setting of the stage at work; `change.step` is the worker's to choose. Errors: as
    /// sendCommand(); InvalidArgument for a value that the setting cannot have.
    [[nodiscard]] Result<void> sendChange(const experiment::StageChange& change) const;

protected:
    explicit JobFolder(std::filesystem::path path) : m_path(std::move(path)) {}
    /// What find() says when there is nothing: "run" and "lori history list names the runs".
    struct Sought {
        const char* noun;
        const char* hint;
    };
    /// The folder that `nameOrPath` means: in one of `places`, else a path. Throws Exception(InvalidArgument | NotFound).
    [[nodiscard]] static std::filesystem::path find(const std::vector<std::filesystem::path>& places, const Sought& sought,
                                                    const std::string& nameOrPath);

private:
    std::filesystem::path m_path;
};

} // namespace lori::jobs
