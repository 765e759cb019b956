// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/history.h"
#include "database/queue_records.h"

#include <filesystem>
#include <functional>
#include <string>

namespace lori::database {

/// How a job is put into the queue.
struct QueueOptions {
    bool continueOnError = false;
    std::int64_t startAtMs = 0; ///< Unix time before which it does not begin; 0 for none
};

/// Jobs that wait in a person's order. Each change is one transaction and also writes queue.json beside the database: a database
/// that is new, or was made anew, takes the queue over from there at its first use. `history` must outlive it.
/// `job` is an entry's id or folder. Errors of every function: Busy, DiskFull, Io, BadFile; NotFound (no such entry).
class Queue final {
public:
    explicit Queue(const History& history) : m_history(history) {}

    [[nodiscard]] Result<QueueContent> content() const;

    /// At the end. An entry of that folder that ended before waits again. Errors also: AlreadyExists (it waits or works).
    [[nodiscard]] Result<QueueEntry> add(const std::filesystem::path& folder, const QueueOptions& options) const;
    /// Errors also: Busy (it is at work).
    [[nodiscard]] Result<void> remove(const std::string& job) const;
    /// Every entry that is done or failed; how many.
    [[nodiscard]] Result<std::int64_t> removeEnded() const;
    /// To `place` among those that wait, from 1; past the end means last. Errors also: InvalidArgument (it does not wait).
    [[nodiscard]] Result<void> move(const std::string& job, std::int64_t place) const;
    /// Changes an entry that waits: `body` may set when it begins and what its failure does, and may change the job's folder,
    /// which no worker begins meanwhile. Nothing is changed when it throws. Errors also: InvalidArgument (it does not wait), and
    /// those of `body`.
    [[nodiscard]] Result<QueueEntry> edit(const std::string& job, const std::function<void(QueueEntry&)>& body) const;
    /// A paused queue begins nothing; what is at work goes on.
    [[nodiscard]] Result<void> setPaused(bool paused) const;

    // For the one worker of a queue.

    /// A waiting entry becomes the one at work, with no attempts. False when it is not waiting any more, or the queue was paused.
    [[nodiscard]] Result<bool> begin(const std::filesystem::path& folder, std::uint64_t beganBytes) const;
    /// Counts one more process for the entry at work, before it is started; returns how many there were with it.
    [[nodiscard]] Result<std::int64_t> countAttempt(const std::filesystem::path& folder) const;
    /// The entry at work is done, or failed with `error`; then the queue pauses unless the entry says that it goes on.
    [[nodiscard]] Result<void> end(const std::filesystem::path& folder, QueueState state, const std::string& error) const;

private:
    void change(const std::function<void(QueueContent&)>& body) const;
    const History& m_history;
};

} // namespace lori::database
