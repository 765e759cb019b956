// SPDX-License-Identifier: Apache-2.0
#include "core/serving/line_output.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace lori::serving {

namespace {

/// A pipe that poll() calls writable takes this much without waiting (PIPE_BUF).
constexpr std::size_t kPieceBytes = 4096;
constexpr int kLookMs = 100;

std::int64_t nowMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace

void LineOutput::giveUpAfter(std::chrono::milliseconds time)
{
    m_giveUpAtMs = nowMs() + time.count();
}

void LineOutput::write(std::string_view line)
{
    const std::scoped_lock lock(m_mutex);
    while (!line.empty() && !m_isClosed) {
        pollfd ready{m_descriptor, POLLOUT, 0};
        const int count = ::poll(&ready, 1, kLookMs);
        if (count <= 0) {
            m_isClosed = (count < 0 && errno != EINTR) || nowMs() > m_giveUpAtMs;
            continue;
        }
        const ssize_t written = ::write(m_descriptor, line.data(), std::min(line.size(), kPieceBytes));
        if (written < 0) {
            m_isClosed = errno != EINTR && errno != EAGAIN;
            continue;
        }
        line.remove_prefix(static_cast<std::size_t>(written));
    }
}

} // namespace lori::serving
