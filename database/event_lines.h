// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lori::database {

/// An event with the text of its line's fields, as a JSON object with sorted keys: the history keeps what newer programs add.
struct EventLine {
    events::Event event;
    std::string fields;
};

/// A piece of an events.jsonl: complete lines only.
struct EventLines {
    std::vector<EventLine> events;
    std::uint64_t endByte = 0;     ///< just after the last complete line read
    std::string tail;              ///< the last bytes before endByte, see tailBefore
    std::int64_t skippedLines = 0; ///< unreadable ones
    bool atEnd = true;             ///< false: there are more complete lines, call again from endByte
};

/// Reads complete lines of [fromByte, untilByte), at most `maxEvents` events. A missing file has no lines.
/// (EventFollower cannot stop at a given byte, which the check needs to compare like with like.)
/// Throws NewerVersion, BadFile (a line over 64 MiB), Io.
[[nodiscard]] EventLines readEventLines(const std::filesystem::path& file, std::uint64_t fromByte, std::uint64_t untilByte,
                                        std::size_t maxEvents);

/// Up to 64 bytes that end at `byte`: equal while the file only grows. "" when the file is shorter or missing.
[[nodiscard]] std::string tailBefore(const std::filesystem::path& file, std::uint64_t byte);

/// Size of the file, 0 when missing.
[[nodiscard]] std::uint64_t sizeOf(const std::filesystem::path& file);

} // namespace lori::database
