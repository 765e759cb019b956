// SPDX-License-Identifier: Apache-2.0
#include "core/runs/run_log.h"

#include "core/support/files.h"

#include <chrono>
#include <cstdio>
#include <fstream>

namespace lori::runs {

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

Result<std::unique_ptr<RunLog>> RunLog::open(const experiment::RunFolder& folder, EventObserver observer)
{
    return guard([&] {
        writeFileAtomically(reserveFile(folder.path()), std::string(kReserveBytes, '\0')).value();
        auto writer = experiment::EventWriter::open(folder.eventsFile());
        return std::unique_ptr<RunLog>(new RunLog(std::move(writer).value(), folder, std::move(observer))); // NOLINT: private
    });
}

RunLog::RunLog(std::unique_ptr<experiment::EventWriter> writer, const experiment::RunFolder& folder, EventObserver observer)
    : m_writer(std::move(writer)),
      m_folder(folder.path()),
      m_observer(std::move(observer)),
      m_heart([this](const std::stop_token& stop) { beat(stop); })
{
}

RunLog::~RunLog()
{
    m_heart.request_stop();
    m_wake.notify_all();
    if (m_heart.joinable()) {
        m_heart.join();
    }
    std::error_code ignored;
    std::filesystem::remove(reserveFile(m_folder), ignored);
}

void RunLog::append(const std::string& type, nlohmann::json values)
{
    const std::scoped_lock lock(m_mutex);
    const experiment::Event event = m_writer->append(type, std::move(values));
    if (m_observer) {
        m_observer(event);
    }
}

void RunLog::appendTerminal(const std::string& type, nlohmann::json values) noexcept
{
    m_heart.request_stop();
    m_wake.notify_all();
    if (m_heart.joinable()) {
        m_heart.join();
    }
    const auto first = guard([&] { append(type, values); });
    if (!first) {
        std::error_code ignored;
        std::filesystem::remove(reserveFile(m_folder), ignored);
        static_cast<void>(guard([&] { append(type, values); }));
    }
}

void RunLog::setGpuMemory(std::function<std::optional<std::int64_t>()> bytes)
{
    const std::scoped_lock lock(m_mutex);
    m_gpuMemory = std::move(bytes);
}

void RunLog::setState(const std::string& state, std::int64_t stage, std::int64_t step)
{
    const std::scoped_lock lock(m_mutex);
    m_state = state;
    m_stage = stage;
    m_step = step;
}

void RunLog::beat(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        const ProcessMemory memory = processMemory();
        const auto disk = freeDiskBytes(m_folder);
        nlohmann::json values;
        {
            const std::scoped_lock lock(m_mutex);
            values = {{"state", m_state},
                      {"stage", m_stage},
                      {"step", m_step},
                      {"rssBytes", memory.now},
                      {"peakRssBytes", memory.peak},
                      {"freeDiskBytes", disk ? static_cast<std::int64_t>(*disk) : -1}};
            if (const auto bytes = m_gpuMemory ? m_gpuMemory() : std::nullopt) {
                values["gpuBytes"] = *bytes;
            }
        }
        // A failed beat is not the run's end: the next checkpoint or step meets the same disk and reports it.
        static_cast<void>(guard([&] { append("heartbeat", std::move(values)); }));
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, kBeat, [] { return false; });
    }
}

} // namespace lori::runs
