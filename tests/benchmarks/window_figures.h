// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEventLoop>
#include <QTimer>

#include <sys/resource.h>

#include <cstdint>
#include <fstream>

/// What benchmarks of the window measure of their own process.
namespace lori::benchmarks {

inline std::int64_t residentBytes()
{
    std::ifstream status("/proc/self/statm");
    std::int64_t whole = 0;
    std::int64_t resident = 0;
    status >> whole >> resident;
    return resident * 4096;
}

/// User and system time of all threads, seconds.
inline double processorSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Lets the window work for a while.
inline void waitFor(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Share of one core that this process takes over so many milliseconds, percent.
inline double processorShare(int milliseconds)
{
    const double from = processorSeconds();
    waitFor(milliseconds);
    return (processorSeconds() - from) / milliseconds * 1e5;
}

} // namespace lori::benchmarks
