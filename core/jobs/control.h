// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace lori::jobs {

class JobFolder;

/// What other programs ask of a running worker, one JSON line each in control.jsonl: {"timeMs":…,"command":"pause"}.
enum class Command : std::uint8_t { Pause, Continue, StopAndKeep, Discard, EvaluateNow, Checkpoint };

/// "pause", "continue", "stop_and_keep", "discard", "evaluate_now", "checkpoint".
[[nodiscard]] std::string_view commandName(Command command);
[[nodiscard]] std::optional<Command> commandFromName(std::string_view name);

/// Reads the commands that were added to control.jsonl since the last call. Commands from before the worker's start (the moment
/// its JobLock was taken; without a lock, the moment this object is made) are ignored, as are lines that cannot be read.
class ControlReader final {
public:
    explicit ControlReader(const JobFolder& folder);
    [[nodiscard]] std::vector<Command> poll();

private:
    std::filesystem::path m_file;
    std::uint64_t m_position = 0;
    std::int64_t m_notBeforeMs = 0;
};

} // namespace lori::jobs
