// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string_view>

namespace lori::serving {

/// Whole lines to a descriptor, from several threads. It may wait for a reader who is slow, never for one who is gone; SIGPIPE
/// must be ignored.
class LineOutput final {
public:
    explicit LineOutput(int descriptor) : m_descriptor(descriptor) {}

    /// Writes a line that ends with its line feed; nothing once it is closed.
    void write(std::string_view line);
    /// From now on nobody waits longer than this for a reader. For any thread.
    void giveUpAfter(std::chrono::milliseconds time);
    /// Nobody reads any more, or writing failed. For any thread.
    [[nodiscard]] bool isClosed() const { return m_isClosed.load(); }

private:
    std::mutex m_mutex;
    int m_descriptor;
    std::atomic<bool> m_isClosed{false};
    std::atomic<std::int64_t> m_giveUpAtMs{INT64_MAX}; ///< of the steady clock
};

} // namespace lori::serving
