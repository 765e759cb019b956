// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lori::wire {

/// Makes lines of bytes as they come. A line that is longer than the limit is told of once and never held whole.
class LineSplitter final {
public:
    /// `longest`: bytes of a line without its line feed.
    explicit LineSplitter(std::size_t longest) : m_longest(longest) {}

    struct Line {
        std::string text; ///< without its line feed; empty when too long
        bool isTooLong = false;
    };
    void add(std::string_view bytes) { m_buffer.append(bytes); }
    /// The next whole line; nothing when more bytes are needed.
    [[nodiscard]] std::optional<Line> next();
    /// The last line, when the input ended without a line feed. Call after next() gave nothing.
    [[nodiscard]] std::optional<Line> rest();

private:
    std::size_t m_longest;
    std::string m_buffer;
    std::size_t m_begin = 0;   ///< of the line in the buffer
    std::size_t m_scanned = 0; ///< up to here there is no line feed
    bool m_isSkipping = false; ///< of a line that was told of
};

} // namespace lori::wire
