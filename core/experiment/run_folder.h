// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/events.h"
#include "core/experiment/run_config.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lori::experiment {

/// Where everything of one user lives: $LORI_HOME, else $XDG_DATA_HOME/lori-workbench, else ~/.local/share/lori-workbench.
struct Home {
    std::filesystem::path root;
    [[nodiscard]] std::filesystem::path runs() const { return root / "runs"; }
    [[nodiscard]] std::filesystem::path trash() const { return root / "trash"; }
    [[nodiscard]] std::filesystem::path historyFile() const { return root / "history.sqlite"; }
    [[nodiscard]] std::filesystem::path speedFile() const { return root / "speed.json"; }
    [[nodiscard]] static Home fromEnvironment();
};

/// What other programs ask of a running worker, one JSON line each in control.jsonl: {"timeMs":…,"command":"pause"}.
enum class Command : std::uint8_t { Pause, Continue, StopAndKeep, Discard, EvaluateNow, Checkpoint };

/// A run's folder (design §2): config.json, events.jsonl, control.jsonl, run.lock, checkpoints/, adapter/, masks/, items/,
/// result.json.
class RunFolder final {
public:
    /// Makes runs/<id>/ with config.json whole or not at all. Id: UTC time, name in lower-case ASCII, four random letters
    /// ("20261121-141530-quick-look-kfqz").
    /// `files`: names and texts of what else appears with it.
    [[nodiscard]] static Result<RunFolder> create(const Home& home, const RunConfig& config,
                                                  const std::vector<std::pair<std::string, std::string>>& files = {});
    /// The same under an id of the caller's; a folder of that id that is there already is opened as it is, so that work which was
    /// killed finds its run again. Id: lower-case letters, digits and hyphens. Errors: InvalidArgument, BadFile (a folder that is
    /// no run), DiskFull, Io.
    [[nodiscard]] static Result<RunFolder> createOrOpen(const Home& home, const RunConfig& config, const std::string& id);
    /// Opens an existing folder; `nameOrPath` is an id in home.runs() or any path. Errors: NotFound, BadFile.
    [[nodiscard]] static Result<RunFolder> open(const Home& home, const std::string& nameOrPath);

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::string id() const { return m_path.filename().string(); }
    [[nodiscard]] std::filesystem::path eventsFile() const { return m_path / "events.jsonl"; }
    [[nodiscard]] std::filesystem::path controlFile() const { return m_path / "control.jsonl"; }
    [[nodiscard]] std::filesystem::path checkpoints() const { return m_path / "checkpoints"; }
    /// adapter/<stage index>-<kind>: "adapter/0-lori-d".
    [[nodiscard]] std::filesystem::path adapterFolder(std::int64_t stage, StageKind kind) const;
    [[nodiscard]] std::filesystem::path masks() const { return m_path / "masks"; }
    [[nodiscard]] std::filesystem::path items() const { return m_path / "items"; }
    [[nodiscard]] std::filesystem::path resultFile() const { return m_path / "result.json"; }
    [[nodiscard]] std::filesystem::path logFile() const { return m_path / "log.txt"; }
    [[nodiscard]] Result<RunConfig> config() const;

    [[nodiscard]] Result<void> sendCommand(Command command) const;

private:
    explicit RunFolder(std::filesystem::path path);
    std::filesystem::path m_path;
};

/// Exclusive ownership of a run by one worker: flock on run.lock, which also holds {"pid":…,"startTimeMs":…,"host":…}.
/// The lock goes with the process, however it ends.
class RunLock final {
public:
    /// Errors: Busy with the holder's pid.
    [[nodiscard]] static Result<RunLock> acquire(const RunFolder& folder);
    RunLock(RunLock&& other) noexcept;
    RunLock& operator=(RunLock&& other) noexcept;
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;
    ~RunLock();
    /// Pid of a live worker that holds the lock now, if any (also used to tell "lost" from "running"); 0 when it is
    /// locked by somebody whose pid cannot be read.
    [[nodiscard]] static std::optional<std::int64_t> holder(const RunFolder& folder);

private:
    explicit RunLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

/// Reads the commands that were added to control.jsonl since the last call. Commands older than the worker's start (the moment
/// its RunLock was taken; without a lock, the moment this object is made) are ignored, as are lines that cannot be read.
class ControlReader final {
public:
    explicit ControlReader(const RunFolder& folder);
    [[nodiscard]] std::vector<Command> poll();

private:
    std::filesystem::path m_file;
    std::uint64_t m_position = 0;
    std::int64_t m_notBeforeMs = 0;
};

enum class RunState : std::uint8_t { Waiting, Running, Paused, Finished, Stopped, Failed, Lost };
[[nodiscard]] std::string_view runStateName(RunState state);
/// State from events, lock and clock: Lost when no terminal event, no live lock holder, or silent for over 30 s.
[[nodiscard]] RunState runState(const RunFolder& folder, const std::vector<Event>& events, std::int64_t nowMs);

} // namespace lori::experiment
