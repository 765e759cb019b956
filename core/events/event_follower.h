// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event.h"

#include <filesystem>
#include <vector>

namespace lori::events {

/// Follows an events.jsonl that may not exist yet and may be growing. Never blocks, remembers its byte position.
class EventFollower final {
public:
    explicit EventFollower(std::filesystem::path file, std::uint64_t fromByte = 0);
    /// The complete lines that appeared since the last call, at most `maxEvents`. A torn last line waits for its line feed.
    /// A file that became shorter is read again from the start. Unreadable lines are skipped and counted. Errors: Io.
    [[nodiscard]] Result<std::vector<Event>> poll(std::size_t maxEvents = 20000);
    [[nodiscard]] std::uint64_t position() const { return m_position; }
    [[nodiscard]] std::uint64_t skippedLines() const { return m_skippedLines; }

private:
    std::filesystem::path m_file;
    std::uint64_t m_position = 0;
    std::uint64_t m_skippedLines = 0;
};

} // namespace lori::events
