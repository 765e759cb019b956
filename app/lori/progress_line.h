// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace lori::app {

/// One line on standard error that is drawn over itself: "LoRI-D  ███████░░░░  31/60  loss 2.104  about 2 min left".
/// Silent when standard error is not a terminal, so pipes and logs stay clean.
class ProgressLine final {
public:
    ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine();

    /// `etaSeconds` below 0 means not known yet. Redraws at most ten times a second, and always when `done` reaches `total`.
    void show(const std::string& what, std::int64_t done, std::int64_t total, double etaSeconds, const std::string& detail = {});
    /// Prints a whole line above the progress; like it, only on a terminal.
    void say(const std::string& line);
    void clear();

private:
    bool m_terminal;
    bool m_drawn = false;
    std::chrono::steady_clock::time_point m_last{};
};

/// "45 s", "3 min", "1 h 12 min".
[[nodiscard]] std::string durationText(double seconds);

} // namespace lori::app
