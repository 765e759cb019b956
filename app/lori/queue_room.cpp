// SPDX-License-Identifier: Apache-2.0
#include "app/lori/queue_room.h"

#include "core/jobs/job_lock.h"
#include "core/support/this_machine.h"
#include "core/workers/kinds.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>

namespace lori::app {

namespace fs = std::filesystem;

namespace {

constexpr double kUsable = 0.9; // of what is free: plans are estimates

/// What a job at work holds already, 0 when that cannot be told.
std::int64_t heldBytes(const Home& home, const fs::path& folder)
{
    const auto job = jobs::JobFolder::open(home, folder.string());
    const auto pid = job ? jobs::JobLock::holder(*job) : std::nullopt;
    std::ifstream status("/proc/" + std::to_string(pid.value_or(0)) + "/status");
    std::string line;
    while (pid && std::getline(status, line)) {
        long long kilobytes = 0;
        if (std::sscanf(line.c_str(), "VmRSS: %lld kB", &kilobytes) == 1) { // NOLINT: fixed kernel format
            return kilobytes * 1024;
        }
    }
    return 0;
}

} // namespace

std::int64_t QueueRoom::planned(const fs::path& folder)
{
    const auto known = m_planned.find(folder);
    if (known != m_planned.end()) {
        return known->second;
    }
    const auto plan = guard([&] {
        const jobs::JobRecord record = jobs::JobFolder::open(m_home, folder.string()).value().record().value();
        return workers::makeKind(m_home, record).value()->plan();
    });
    return m_planned[folder] = plan && !plan->mayUseGpu ? plan->memoryBytes : -1;
}

std::size_t QueueRoom::fitting(const std::vector<fs::path>& working, const std::vector<fs::path>& next)
{
    const auto most = static_cast<std::size_t>(availableThreads());
    double room = kUsable * static_cast<double>(availableMemoryBytes());
    for (const fs::path& folder : working) {
        const std::int64_t bytes = planned(folder);
        if (bytes < 0) {
            return 0; // it is to be alone
        }
        room -= static_cast<double>(std::max<std::int64_t>(0, bytes - heldBytes(m_home, folder)));
    }
    std::size_t count = 0;
    for (const fs::path& folder : next) {
        if (working.size() + count >= most) {
            break;
        }
        const std::int64_t bytes = planned(folder);
        room -= static_cast<double>(std::max<std::int64_t>(0, bytes));
        if (working.size() + count > 0 && (bytes < 0 || room < 0)) {
            break;
        }
        ++count;
        if (bytes < 0) {
            break;
        }
    }
    return count;
}

std::int64_t QueueRoom::threadsOfEach(std::size_t jobs) const
{
    return std::max<std::int64_t>(1, availableThreads() / static_cast<std::int64_t>(std::max<std::size_t>(1, jobs)));
}

} // namespace lori::app
