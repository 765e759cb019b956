// SPDX-License-Identifier: Apache-2.0
#include "app/lori/progress_line.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <unistd.h>

namespace lori::app {

ProgressLine::ProgressLine() : m_terminal(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine()
{
    clear();
}

void ProgressLine::clear()
{
    if (m_drawn) {
        std::cerr << "\r\033[K" << std::flush;
        m_drawn = false;
    }
}

void ProgressLine::say(const std::string& line)
{
    if (m_terminal) {
        clear();
        std::cerr << line << std::endl;
    }
}

void ProgressLine::show(const std::string& what, std::int64_t done, std::int64_t total, double etaSeconds,
                        const std::string& detail)
{
    const auto now = std::chrono::steady_clock::now();
    if (!m_terminal || (done < total && now - m_last < std::chrono::milliseconds(100))) {
        return;
    }
    m_last = now;
    m_drawn = true;
    constexpr std::int64_t kWidth = 24;
    const std::int64_t filled = total > 0 ? std::clamp<std::int64_t>(done * kWidth / total, 0, kWidth) : 0;
    std::string bar;
    for (std::int64_t i = 0; i < kWidth; ++i) {
        bar += i < filled ? "█" : "░";
    }
    std::cerr << "\r\033[K" << what << "  " << bar << "  " << done << "/" << total;
    if (!detail.empty()) {
        std::cerr << "  " << detail;
    }
    if (etaSeconds >= 0) {
        std::cerr << "  about " << durationText(etaSeconds) << " left";
    }
    std::cerr << std::flush;
}

std::string durationText(double seconds)
{
    const auto whole = static_cast<std::int64_t>(std::llround(std::max(0.0, seconds)));
    if (whole < 90) {
        return std::to_string(whole) + " s";
    }
    const std::int64_t minutes = (whole + 30) / 60;
    return minutes < 60 ? std::to_string(minutes) + " min"
                        : std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

} // namespace lori::app
