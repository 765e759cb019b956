// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/events.h"
#include "core/experiment/run_folder.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace lori::runs {

/// Resident memory of this process in bytes.
struct ProcessMemory {
    std::int64_t now = 0;
    std::int64_t peak = 0;
};
[[nodiscard]] ProcessMemory processMemory();

using EventObserver = std::function<void(const experiment::Event&)>;

/// The worker's side of events.jsonl: appends events, shows them to an observer, and beats once a second from a thread of its
/// own, so that a long evaluation or load never looks dead. A small reserve file is given up when the disk is full, so that the
/// run can still say why it ended.
class RunLog final {
public:
    /// Errors: those of EventWriter::open.
    [[nodiscard]] static Result<std::unique_ptr<RunLog>> open(const experiment::RunFolder& folder, EventObserver observer);
    RunLog(const RunLog&) = delete;
    RunLog& operator=(const RunLog&) = delete;
    ~RunLog();

    /// Throws Exception(DiskFull | Io).
    void append(const std::string& type, nlohmann::json values);
    /// The run's last words: frees the reserve first when the disk is full. Stops the heart-beat. Never throws.
    void appendTerminal(const std::string& type, nlohmann::json values) noexcept;
    /// Where heart-beats find the bytes held on a GPU; without it they say nothing of one.
    void setGpuMemory(std::function<std::optional<std::int64_t>()> bytes);
    /// What the next heart-beats say.
    void setState(const std::string& state, std::int64_t stage, std::int64_t step);

private:
    RunLog(std::unique_ptr<experiment::EventWriter> writer, const experiment::RunFolder& folder, EventObserver observer);
    void beat(const std::stop_token& stop);

    std::unique_ptr<experiment::EventWriter> m_writer;
    std::filesystem::path m_folder;
    EventObserver m_observer;
    std::mutex m_mutex; ///< guards m_state, m_stage, m_step, m_gpuMemory, and one append at a time
    std::condition_variable_any m_wake;
    std::string m_state = "preparing";
    std::int64_t m_stage = -1;
    std::int64_t m_step = 0;
    std::function<std::optional<std::int64_t>()> m_gpuMemory;
    std::jthread m_heart; ///< last: it uses all of the above
};

} // namespace lori::runs
