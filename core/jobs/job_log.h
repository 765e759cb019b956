// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event_writer.h"
#include "core/jobs/job_folder.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace lori::jobs {

/// Resident memory of this process in bytes.
struct ProcessMemory {
    std::int64_t now = 0;
    std::int64_t peak = 0;
};
[[nodiscard]] ProcessMemory processMemory();

using EventObserver = std::function<void(const events::Event&)>;

/// The worker's side of events.jsonl: appends events, shows them to an observer, and beats once a second from a thread of its
/// own, so that a long evaluation or load never looks dead. A small reserve file is given up when the disk is full, so that the
/// run can still say why it ended.
class JobLog final {
public:
    /// Errors: those of EventWriter::open.
    [[nodiscard]] static Result<std::unique_ptr<JobLog>> open(const JobFolder& folder, EventObserver observer);
    JobLog(const JobLog&) = delete;
    JobLog& operator=(const JobLog&) = delete;
    ~JobLog();

    /// Throws Exception(DiskFull | Io).
    void append(events::Payload payload);
    /// The run's last words: frees the reserve first when the disk is full. Stops the heart-beat. Never throws.
    void appendTerminal(const events::Payload& payload) noexcept;
    /// Where heart-beats find the bytes held on a GPU; without it they say nothing of one.
    void setGpuMemory(std::function<std::optional<std::int64_t>()> bytes);
    /// What the next heart-beats say.
    void setState(const std::string& state, std::int64_t stage, std::int64_t step);
    /// Stage and step as they were set last.
    [[nodiscard]] events::Place place();

private:
    JobLog(std::unique_ptr<events::EventWriter> writer, const JobFolder& folder, EventObserver observer);
    void beat(const std::stop_token& stop);

    std::unique_ptr<events::EventWriter> m_writer;
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

} // namespace lori::jobs
