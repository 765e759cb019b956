// SPDX-License-Identifier: Apache-2.0
#include "core/wire/line_splitter.h"

#include <utility>

namespace lori::wire {

std::optional<LineSplitter::Line> LineSplitter::next()
{
    for (;;) {
        const std::size_t end = m_buffer.find('\n', m_scanned);
        if (end == std::string::npos) {
            m_buffer.erase(0, m_begin);
            m_begin = 0;
            m_scanned = m_buffer.size();
            if (m_isSkipping || m_buffer.size() > m_longest) {
                m_buffer.clear();
                m_buffer.shrink_to_fit();
                m_scanned = 0;
                return std::exchange(m_isSkipping, true) ? std::nullopt : std::optional<Line>(Line{{}, true});
            }
            return std::nullopt;
        }
        const std::size_t begin = std::exchange(m_begin, end + 1);
        m_scanned = m_begin;
        if (std::exchange(m_isSkipping, false)) {
            continue;
        }
        if (end - begin > m_longest) {
            return Line{{}, true};
        }
        return Line{m_buffer.substr(begin, end - begin), false};
    }
}

std::optional<LineSplitter::Line> LineSplitter::rest()
{
    if (m_isSkipping || m_buffer.empty()) {
        return std::nullopt;
    }
    return Line{std::exchange(m_buffer, {}), false};
}

} // namespace lori::wire
