// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lori::database {

enum class QueueState : std::uint8_t { Waiting, Working, Done, Failed };
/// "waiting", "working", "done", "failed".
[[nodiscard]] std::string_view queueStateName(QueueState state);
[[nodiscard]] std::optional<QueueState> queueStateFromName(std::string_view name);

/// One job or run in the queue.
struct QueueEntry {
    std::string job; ///< id: the folder's name
    std::filesystem::path folder;
    QueueState state = QueueState::Waiting;
    bool continueOnError = false; ///< when this one fails the next one begins, else the queue pauses
    std::int64_t startAtMs = 0;   ///< Unix time before which it does not begin; 0 for none
    std::int64_t addedMs = 0;
    std::int64_t attempts = 0;    ///< processes started for it since it was added
    std::uint64_t beganBytes = 0; ///< size of events.jsonl when its work began: what stands before belongs to older attempts
    std::string error;            ///< sentence of a failed one
    bool operator==(const QueueEntry&) const = default;
};

/// The queue in its order.
struct QueueContent {
    bool paused = false;
    std::int64_t revision = 0; ///< rises with every change
    std::vector<QueueEntry> entries;
    bool operator==(const QueueContent&) const = default;
};

/// An entry as JSON; field names as above.
[[nodiscard]] nlohmann::json toJson(const QueueEntry& entry);

} // namespace lori::database
