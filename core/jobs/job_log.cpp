// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_log.h"

#include "core/support/files.h"

#include <chrono>
#include <cstdio>
#include <fstream>

namespace lori::jobs {

namespace {

constexpr std::size_t kReserveBytes = 64 * 1024;
constexpr auto kBeat = std::chrono::seconds(1);

std::filesystem::path reserveFile(const std::filesystem::path& folder)
{
    return folder / ".reserve";
}

} // namespace

ProcessMemory processMemory()
{
    ProcessMemory memory;
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line)) {
        long long kilobytes = 0;
        if (std::sscanf(line.c_str(), "VmRSS: %lld kB", &kilobytes) == 1) { // NOLINT: fixed kernel format
            memory.now = kilobytes * 1024;
        } else if (std::sscanf(line.c_str(), "VmHWM: %lld kB", &kilobytes) == 1) { // NOLINT
            memory.peak = kilobytes * 1024;
        }
    }
    return memory;
}

Result<std::unique_ptr<JobLog>> JobLog::open(const JobFolder& folder, EventObserver observer)
{
    return guard([&] {
        writeFileAtomically(reserveFile(folder.path()), std::string(kReserveBytes, '\0')).value();
        auto writer = events::EventWriter::open(folder.eventsFile());
        return std::unique_ptr<JobLog>(new JobLog(std::move(writer).value(), folder, std::move(observer))); // NOLINT: private
    });
}

JobLog::JobLog(std::unique_ptr<events::EventWriter> writer, const JobFolder& folder, EventObserver observer)
    : m_writer(std::move(writer)),
      m_folder(folder.path()),
      m_observer(std::move(observer)),
      m_heart([this](const std::stop_token& stop) { beat(stop); })
{
}

JobLog::~JobLog()
{
    m_heart.request_stop();
    m_wake.notify_all();
    if (m_heart.joinable()) {
        m_heart.join();
    }
    std::error_code ignored;
    std::filesystem::remove(reserveFile(m_folder), ignored);
}

void JobLog::append(events::Payload payload)
{
    const std::scoped_lock lock(m_mutex);
    const events::Event event = m_writer->append(std::move(payload));
    if (m_observer) {
        m_observer(event);
    }
}

void JobLog::appendTerminal(const events::Payload& payload) noexcept
{
    m_heart.request_stop();
    m_wake.notify_all();
    if (m_heart.joinable()) {
        m_heart.join();
    }
    const auto first = guard([&] { append(payload); });
    if (!first) {
        std::error_code ignored;
        std::filesystem::remove(reserveFile(m_folder), ignored);
        static_cast<void>(guard([&] { append(payload); }));
    }
}

void JobLog::setGpuMemory(std::function<std::optional<std::int64_t>()> bytes)
{
    const std::scoped_lock lock(m_mutex);
    m_gpuMemory = std::move(bytes);
}

void JobLog::setState(const std::string& state, std::int64_t stage, std::int64_t step)
{
    const std::scoped_lock lock(m_mutex);
    m_state = state;
    m_stage = stage;
    m_step = step;
}

events::Place JobLog::place()
{
    const std::scoped_lock lock(m_mutex);
    return {m_stage, m_step};
}

void JobLog::beat(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        const ProcessMemory memory = processMemory();
        const auto disk = freeDiskBytes(m_folder);
        events::Heartbeat pulse;
        {
            const std::scoped_lock lock(m_mutex);
            pulse.state = m_state;
            pulse.stage = m_stage;
            pulse.step = m_step;
            pulse.rssBytes = memory.now;
            pulse.peakRssBytes = memory.peak;
            pulse.freeDiskBytes = disk ? static_cast<std::int64_t>(*disk) : -1;
            pulse.gpuBytes = m_gpuMemory ? m_gpuMemory() : std::nullopt;
        }
        // A failed beat is not the run's end: the next checkpoint or step meets the same disk and reports it.
        static_cast<void>(guard([&] { append(pulse); }));
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, kBeat, [] { return false; });
    }
}

} // namespace lori::jobs
