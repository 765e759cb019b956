// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_folder.h"
#include "database/queue.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace lori::app {

/// Held by the one worker of a home's queue; holds its pid as text.
[[nodiscard]] std::filesystem::path queueLockFile(const Home& home);
/// Its pid while one is alive; 0 when that cannot be read.
[[nodiscard]] std::optional<std::int64_t> queueWorkerPid(const Home& home);

struct QueueWorkOptions {
    bool once = false;                            ///< end after one entry
    bool sideBySide = false;                      ///< several at a time when their plans say that they fit (queue_room.h)
    bool stay = false;                            ///< wait for more when the queue is empty or paused
    const std::atomic<bool>* interrupt = nullptr; ///< set by signal handlers; what is at work goes on without the worker
    std::function<void(const std::string&)> say;  ///< one line about what happens; may be empty
};

/// What a worker did.
struct QueueWorked {
    std::int64_t done = 0;
    std::int64_t failed = 0;
    bool paused = false; ///< it ended because the queue is paused
};

/// Works the queue of a home in order, one entry at a time unless several may be worked side by side, each in a process of its
/// own that outlives us (`lori job resume`, output in the job's log.txt). An entry that an earlier worker left at work is waited
/// for when its process lives, recorded when it ended, and started again when it was lost, at most kQueueAttempts times in all:
/// nothing is lost or done twice, whoever is killed. Ends when nothing waits any more, or the queue is paused. Errors: Busy
/// (another worker is alive), Interrupted; those of Queue.
[[nodiscard]] Result<QueueWorked> workQueue(const Home& home, const QueueWorkOptions& options);

inline constexpr std::int64_t kQueueAttempts = 3;

} // namespace lori::app
