// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/file_lock.h"
#include "core/jobs/job_folder.h"

#include <optional>
#include <string>

namespace lori::jobs {

/// Exclusive ownership of a job by one worker: flock on run.lock, which also holds
/// {"pid":…,"startTimeMs":…,"controlBytes":…,"host":…}. The lock goes with the process, however it ends.
class JobLock final {
public:
    /// Errors: Busy with the holder's pid.
    [[nodiscard]] static Result<JobLock> acquire(const JobFolder& folder);
    /// Pid of a live worker that holds the lock now, if any (also used to tell "lost" from "running"); 0 when it is
    /// locked by somebody whose pid cannot be read.
    [[nodiscard]] static std::optional<std::int64_t> holder(const JobFolder& folder);

private:
    explicit JobLock(FileLock lock) : m_lock(std::move(lock)) {}
    FileLock m_lock;
};

/// What run.lock says about the worker that took it last, dead or alive.
struct LockRecord {
    std::int64_t pid = 0;
    std::int64_t startTimeMs = 0;
    /// Length of control.jsonl when the lock was taken: what stands before was asked of an earlier worker. Two attempts may begin
    /// within one millisecond, so that the time does not tell. Older workers did not write it.
    std::optional<std::uint64_t> controlBytes;
    std::string host;
};
[[nodiscard]] std::optional<LockRecord> readLockRecord(const JobFolder& folder);

} // namespace lori::jobs
