// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/stage_change.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace lori::jobs {

class JobFolder;

/// What other programs ask of a running worker, one JSON line each in control.jsonl: {"timeMs":…,"command":"pause"}.
/// Change says what: {"timeMs":…,"command":"change","what":"learning-rate","value":1e-4}.
enum class Command : std::uint8_t { Pause, Continue, StopAndKeep, Discard, EvaluateNow, Checkpoint, Change };

/// "pause", "continue", "stop_and_keep", "discard", "evaluate_now", "checkpoint", "change".
[[nodiscard]] std::string_view commandName(Command command);
[[nodiscard]] std::optional<Command> commandFromName(std::string_view name);

/// Reads the commands that were added to control.jsonl since the last call. Commands from before the worker's start (the moment
/// its JobLock was taken; without a lock, the moment this object is made) are ignored, as are lines that cannot be read.
class ControlReader final {
public:
    explicit ControlReader(const JobFolder& folder);
    [[nodiscard]] std::vector<Command> poll();
    /// What the Changes that poll() gave ask for, oldest first, each once; their steps are 0.
    [[nodiscard]] std::vector<experiment::StageChange> takeChanges() { return std::exchange(m_changes, {}); }

private:
    std::filesystem::path m_file;
    std::uint64_t m_position = 0;
    std::int64_t m_notBeforeMs = 0;
    std::vector<experiment::StageChange> m_changes;
};

} // namespace lori::jobs
