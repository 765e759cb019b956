// SPDX-License-Identifier: Apache-2.0
#include "database/queue.h"

#include "database/ingest_events.h"
#include "database/queue_content.h"
#include "database/sqlite_support.h"

#include <algorithm>

namespace lori::database {

namespace fs = std::filesystem;

namespace {

/// What the database holds, else what queue.json kept.
QueueContent contentOf(const History& history)
{
    std::optional<QueueContent> held = readQueue(history.connection());
    if (!held) {
        held = readQueueFile(queueFile(history));
    }
    return std::move(held).value_or(QueueContent{});
}

/// The same before a change: a damaged file, with no database that knows better, is kept under another name.
QueueContent contentOrMoveAside(const History& history)
{
    try {
        return contentOf(history);
    } catch (const Exception& exception) {
        if (exception.error().code != ErrorCode::BadFile || readQueue(history.connection())) {
            throw;
        }
        const fs::path file = queueFile(history);
        fs::rename(file, file.string() + ".damaged-" + std::to_string(nowMs()));
        return {};
    }
}

QueueEntry& require(QueueContent& content, const std::string& job)
{
    const auto found = std::find_if(content.entries.begin(), content.entries.end(),
                                    [&](const QueueEntry& entry) { return entry.job == job || entry.folder == job; });
    if (found == content.entries.end()) {
        throw Exception(ErrorCode::NotFound, "'" + job + "' is not in the queue", "see `lori queue list`");
    }
    return *found;
}

QueueEntry& requireWorking(QueueContent& content, const fs::path& folder)
{
    QueueEntry& entry = require(content, folder.string());
    if (entry.state != QueueState::Working) {
        throw Exception(ErrorCode::NotFound, "this entry of the queue is not at work", "see `lori queue list`", entry.job);
    }
    return entry;
}

void erase(QueueContent& content, const QueueEntry& entry)
{
    content.entries.erase(content.entries.begin() + (&entry - content.entries.data()));
}

} // namespace

void Queue::change(const std::function<void(QueueContent&)>& body) const
{
    WriteTransaction transaction(m_history.connection());
    QueueContent content = contentOrMoveAside(m_history);
    body(content);
    ++content.revision;
    writeQueue(m_history.connection(), content);
    writeQueueFile(queueFile(m_history), content);
    transaction.commit();
}

Result<QueueContent> Queue::content() const
{
    return guardSql(m_history.file(), [&] {
        const SQLite::Transaction snapshot(m_history.connection());
        return contentOf(m_history);
    });
}

Result<QueueEntry> Queue::add(const fs::path& folder, const QueueOptions& options) const
{
    return guardSql(m_history.file(), [&] {
        QueueEntry added;
        added.folder = cleanFolder(folder);
        added.job = added.folder.filename().string();
        added.continueOnError = options.continueOnError;
        added.startAtMs = options.startAtMs;
        added.addedMs = nowMs();
        change([&](QueueContent& content) {
            std::erase_if(content.entries, [&](const QueueEntry& entry) {
                const bool ended = entry.state == QueueState::Done || entry.state == QueueState::Failed;
                if (entry.folder == added.folder && !ended) {
                    throw Exception(ErrorCode::AlreadyExists, "the job is in the queue already", "see `lori queue list`",
                                    added.job);
                }
                return entry.folder == added.folder;
            });
            content.entries.push_back(added);
        });
        return added;
    });
}

Result<void> Queue::remove(const std::string& job) const
{
    return guardSql(m_history.file(), [&] {
        change([&](QueueContent& content) {
            const QueueEntry& entry = require(content, job);
            if (entry.state == QueueState::Working) {
                throw Exception(ErrorCode::Busy, "the job is at work", "stop it first: lori job stop " + entry.job, entry.job);
            }
            erase(content, entry);
        });
    });
}

Result<std::int64_t> Queue::removeEnded() const
{
    return guardSql(m_history.file(), [&] {
        std::int64_t removed = 0;
        change([&](QueueContent& content) {
            removed = static_cast<std::int64_t>(std::erase_if(content.entries, [](const QueueEntry& entry) {
                return entry.state == QueueState::Done || entry.state == QueueState::Failed;
            }));
        });
        return removed;
    });
}

Result<void> Queue::move(const std::string& job, std::int64_t place) const
{
    return guardSql(m_history.file(), [&] {
        change([&](QueueContent& content) {
            const QueueEntry moved = require(content, job);
            if (moved.state != QueueState::Waiting || place < 1) {
                throw Exception(ErrorCode::InvalidArgument,
                                place < 1
                                    ? "places count from 1"
                                    : "only what waits can be moved, this one is " + std::string(queueStateName(moved.state)),
                                "see `lori queue list`", job);
            }
            erase(content, require(content, job));
            std::int64_t passed = 1;
            auto at = content.entries.begin();
            while (at != content.entries.end() && (at->state != QueueState::Waiting || passed < place)) {
                passed += at->state == QueueState::Waiting ? 1 : 0;
                ++at;
            }
            content.entries.insert(at, moved);
        });
    });
}

Result<QueueEntry> Queue::edit(const std::string& job, const std::function<void(QueueEntry&)>& body) const
{
    return guardSql(m_history.file(), [&] {
        QueueEntry edited;
        change([&](QueueContent& content) {
            QueueEntry& entry = require(content, job);
            if (entry.state != QueueState::Waiting) {
                throw Exception(ErrorCode::InvalidArgument,
                                "only what waits can be changed, this one is " + std::string(queueStateName(entry.state)),
                                "see `lori queue list`", job);
            }
            QueueEntry copy = entry;
            body(copy);
            entry.continueOnError = copy.continueOnError;
            entry.startAtMs = copy.startAtMs;
            edited = entry;
        });
        return edited;
    });
}

Result<void> Queue::setPaused(bool paused) const
{
    return guardSql(m_history.file(), [&] { change([&](QueueContent& content) { content.paused = paused; }); });
}

Result<bool> Queue::begin(const fs::path& folder, std::uint64_t beganBytes) const
{
    return guardSql(m_history.file(), [&] {
        bool begun = false;
        change([&](QueueContent& content) {
            const auto entry = std::find_if(content.entries.begin(), content.entries.end(),
                                            [&](const QueueEntry& one) { return one.folder == folder; });
            begun = !content.paused && entry != content.entries.end() && entry->state == QueueState::Waiting;
            if (begun) {
                entry->state = QueueState::Working;
                entry->attempts = 0;
                entry->beganBytes = beganBytes;
                entry->error.clear();
            }
        });
        return begun;
    });
}

Result<std::int64_t> Queue::countAttempt(const fs::path& folder) const
{
    return guardSql(m_history.file(), [&] {
        std::int64_t attempts = 0;
        change([&](QueueContent& content) { attempts = ++requireWorking(content, folder).attempts; });
        return attempts;
    });
}

Result<void> Queue::end(const fs::path& folder, QueueState state, const std::string& error) const
{
    return guardSql(m_history.file(), [&] {
        change([&](QueueContent& content) {
            QueueEntry& entry = requireWorking(content, folder);
            entry.state = state;
            entry.error = error;
            content.paused = content.paused || (state == QueueState::Failed && !entry.continueOnError);
        });
    });
}

} // namespace lori::database
