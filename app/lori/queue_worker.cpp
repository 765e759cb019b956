// SPDX-License-Identifier: Apache-2.0
#include "app/lori/queue_worker.h"

#include "app/lori/queue_room.h"
#include "core/jobs/detached.h"
#include "core/jobs/job_lock.h"
#include "core/jobs/job_state.h"
#include "core/support/files.h"
#include "core/support/this_machine.h"
#include "database/ingest.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <sstream>
#include <thread>
#include <unistd.h>

namespace lori::app {

namespace fs = std::filesystem;
using database::QueueContent;
using database::QueueEntry;
using database::QueueState;
using jobs::JobState;

namespace {

constexpr auto kLook = std::chrono::milliseconds(50);  ///< how often a process at work is looked at
constexpr auto kIdle = std::chrono::milliseconds(500); ///< how often the queue is, when nothing can begin

/// Held by the process that was started for an entry; unlike run.lock from the moment it is started.
fs::path claimFile(const jobs::JobFolder& folder)
{
    return folder.path() / "queue.lock";
}

bool isAtWork(const jobs::JobFolder& folder)
{
    return jobs::FileLock::isHeld(claimFile(folder)) || jobs::JobLock::holder(folder).has_value();
}

std::uint64_t eventBytes(const jobs::JobFolder& folder)
{
    std::error_code missing;
    const std::uintmax_t size = fs::file_size(folder.eventsFile(), missing);
    return missing ? 0 : size;
}

/// The last sentence that a process wrote before it ended, from its log.
std::string lastSentence(const jobs::JobFolder& folder)
{
    const auto text = readTextFile(folder.logFile());
    std::string sentence;
    std::istringstream lines(text ? *text : std::string());
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("lori: ")) {
            sentence = line.substr(6);
        }
    }
    return sentence.empty() ? "its process ended without a word; see " + folder.logFile().string() : sentence;
}

class QueueWorker final {
public:
    QueueWorker(const Home& home, const QueueWorkOptions& options)
        : m_home(home),
          m_options(options),
          m_history(database::History::open(home.historyFile()).value()),
          m_queue(m_history),
          m_room(home)
    {
    }

    /// Until nothing is left to do; the caller holds the queue's lock.
    void work()
    {
        for (;;) {
            requireNoInterrupt();
            QueueContent content = m_queue.content().value();
            if (settleAll(content) > 0) {
                if (m_options.once) {
                    return;
                }
                continue;
            }
            m_worked.paused = content.paused;
            const bool isAtWork = countAtWork(content) > 0;
            if (!content.paused && begin(content)) {
                continue;
            }
            if (isAtWork) {
                sleep(kLook);
            } else if (m_options.stay || (!content.paused && hasWaiting(content))) {
                sleep(kIdle);
            } else {
                return;
            }
        }
    }

    [[nodiscard]] const QueueWorked& worked() const { return m_worked; }

    /// Whether an entry waits or is at work, and may be.
    [[nodiscard]] bool hasWork() const
    {
        const QueueContent content = m_queue.content().value();
        return countAtWork(content) > 0 || (!content.paused && hasWaiting(content));
    }

private:
    /// What this worker knows of an entry at work beside the queue.
    struct Process {
        std::optional<std::int64_t> pid; ///< started here and not ended yet
        std::uint64_t before = 0;        ///< size of events.jsonl when it was started
        bool refused = false;            ///< it ended with an error and without an event
    };

    static std::size_t countAtWork(const QueueContent& content)
    {
        return static_cast<std::size_t>(
            std::count_if(content.entries.begin(), content.entries.end(),
                          [](const QueueEntry& entry) { return entry.state == QueueState::Working; }));
    }

    static bool hasWaiting(const QueueContent& content)
    {
        return std::any_of(content.entries.begin(), content.entries.end(),
                           [](const QueueEntry& entry) { return entry.state == QueueState::Waiting; });
    }

    /// The entries that may begin now, in order.
    static std::vector<fs::path> due(const QueueContent& content)
    {
        std::vector<fs::path> folders;
        const std::int64_t now = unixMs();
        for (const QueueEntry& entry : content.entries) {
            if (entry.state == QueueState::Waiting && entry.startAtMs <= now) {
                folders.push_back(entry.folder);
            }
        }
        return folders;
    }

    /// Makes the next entry one at work, when there is room for it; the next look at the queue settles it.
    bool begin(const QueueContent& content)
    {
        const std::vector<fs::path> next = due(content);
        std::vector<fs::path> working;
        for (const QueueEntry& entry : content.entries) {
            if (entry.state == QueueState::Working) {
                working.push_back(entry.folder);
            }
        }
        if (next.empty() || (!working.empty() && (m_options.once || !m_options.sideBySide))) {
            return false;
        }
        const std::size_t together = m_options.sideBySide && !m_options.once ? m_room.fitting(working, next) : 1;
        if (together == 0) {
            return false;
        }
        m_threads = m_options.sideBySide ? m_room.threadsOfEach(working.size() + together) : 0;
        const auto folder = jobs::JobFolder::open(m_home, next.front().string());
        // A job that a person finished meanwhile is done by all of its events; of others only what comes from now on counts.
        const bool finished = folder && jobs::stateSince(*folder, 0, unixMs()).value().state == JobState::Finished;
        return m_queue.begin(next.front(), folder && !finished ? eventBytes(*folder) : 0).value();
    }

    /// Looks at every entry at work; how many came to their end.
    std::size_t settleAll(const QueueContent& content)
    {
        std::size_t ended = 0;
        for (const QueueEntry& entry : content.entries) {
            ended += entry.state == QueueState::Working && settle(entry) ? 1 : 0;
        }
        return ended;
    }

    /// Brings an entry at work on: starts a process where there is none, and ends the entry when its job has ended. True when it
    /// has. Never waits.
    bool settle(const QueueEntry& entry)
    {
        const auto opened = jobs::JobFolder::open(m_home, entry.folder.string());
        if (!opened) {
            return end(entry, QueueState::Failed, opened.error().sentence());
        }
        const jobs::JobFolder& folder = *opened;
        Process& process = m_processes[entry.folder];
        if (process.pid) {
            const auto ended = jobs::endOf(*process.pid);
            if (!ended) {
                return false;
            }
            process.pid.reset();
            process.refused = ended->exitCode > 0 && !isAtWork(folder) && eventBytes(folder) == process.before;
        }
        if (isAtWork(folder)) {
            return false;
        }
        const jobs::StateOfJob now = jobs::stateSince(folder, entry.beganBytes, unixMs()).value();
        if (isAtWork(folder)) {
            return false; // somebody took it between the two looks
        }
        if (now.state == JobState::Finished) {
            return end(entry, QueueState::Done, {});
        }
        if (now.state == JobState::Failed || now.state == JobState::Stopped) {
            return end(entry, QueueState::Failed, now.state == JobState::Failed ? now.error : "the job was stopped");
        }
        if (process.refused) {
            return end(entry, QueueState::Failed, lastSentence(folder)); // refused before it began
        }
        if (entry.attempts >= kQueueAttempts) {
            return end(entry, QueueState::Failed,
                       "its process was lost " + std::to_string(entry.attempts) + " times; see " + folder.logFile().string());
        }
        attempt(entry, folder, process);
        return false;
    }

    /// Starts a process for the entry, unless somebody else was quicker.
    void attempt(const QueueEntry& entry, const jobs::JobFolder& folder, Process& process)
    {
        std::optional<jobs::FileLock> claim = jobs::FileLock::tryTake(claimFile(folder));
        if (!claim) {
            return;
        }
        const std::int64_t attempts = m_queue.countAttempt(entry.folder).value();
        say(entry.job + (attempts == 1 ? " begins" : " begins again, attempt " + std::to_string(attempts)));
        process.before = eventBytes(folder);
        const jobs::Environment threads =
            m_threads > 0 ? jobs::Environment{{"LORI_THREADS", std::to_string(m_threads)}} : jobs::Environment{};
        process.pid = jobs::startDetached({"job", "resume", folder.path().string()}, folder.logFile(), &*claim, threads).value();
    }

    /// Always true: the entry has ended.
    bool end(const QueueEntry& entry, QueueState state, const std::string& error)
    {
        m_processes.erase(entry.folder);
        bringHistoryUpToDate(entry.folder);
        m_queue.end(entry.folder, state, error).value();
        ++(state == QueueState::Done ? m_worked.done : m_worked.failed);
        say(entry.job + (state == QueueState::Done ? " is done" : " failed: " + error));
        return true;
    }

    /// A job feeds the history itself unless it was killed. Should it not work now, the next import does it.
    void bringHistoryUpToDate(const fs::path& folder)
    {
        if (fs::exists(folder / "config.json")) {
            static_cast<void>(database::ingestFolder(m_history, folder));
        } else if (fs::exists(folder / "job.json")) {
            static_cast<void>(database::ingestJob(m_history, folder));
        }
    }

    void sleep(std::chrono::milliseconds time) const
    {
        std::this_thread::sleep_for(time);
        requireNoInterrupt();
    }

    void requireNoInterrupt() const
    {
        if (m_options.interrupt != nullptr && m_options.interrupt->load()) {
            throw Exception(ErrorCode::Interrupted, "the queue's worker was interrupted; what is at work goes on",
                            "go on with lori queue work");
        }
    }

    void say(const std::string& line) const
    {
        if (m_options.say) {
            m_options.say(line);
        }
    }

    const Home& m_home;
    const QueueWorkOptions& m_options;
    database::History m_history;
    database::Queue m_queue;
    QueueRoom m_room;
    std::map<fs::path, Process> m_processes; ///< by the entry's folder
    std::int64_t m_threads = 0;              ///< of the next process; 0 for all
    QueueWorked m_worked;
};

/// The queue's lock with our pid in it; none when another worker holds it.
std::optional<jobs::FileLock> takeQueue(const Home& home)
{
    std::optional<jobs::FileLock> lock = jobs::FileLock::tryTake(queueLockFile(home));
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (lock && (::ftruncate(lock->descriptor(), 0) != 0 ||
                 ::pwrite(lock->descriptor(), pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size()))) {
        throw Exception(errorFromErrno(errno, "cannot write", queueLockFile(home)));
    }
    return lock;
}

} // namespace

fs::path queueLockFile(const Home& home)
{
    return home.root / "queue.lock";
}

std::optional<std::int64_t> queueWorkerPid(const Home& home)
{
    if (!jobs::FileLock::isHeld(queueLockFile(home))) {
        return std::nullopt;
    }
    std::int64_t pid = 0;
    if (const auto text = readTextFile(queueLockFile(home), 64)) {
        std::from_chars(text->data(), text->data() + text->size(), pid);
    }
    return pid;
}

Result<QueueWorked> workQueue(const Home& home, const QueueWorkOptions& options)
{
    return guard([&] {
        fs::create_directories(home.root);
        QueueWorker worker(home, options);
        for (bool first = true;; first = false) {
            std::optional<jobs::FileLock> lock = takeQueue(home);
            if (!lock && first) {
                throw Exception(ErrorCode::Busy,
                                "another worker (process " + std::to_string(queueWorkerPid(home).value_or(0)) +
                                    ") works this queue",
                                "see `lori queue list`", home.root.string());
            }
            if (lock) {
                worker.work();
            }
            if (!lock || options.once) {
                return worker.worked();
            }
            // Whoever added something while the lock was still held started no worker: look once more without it.
            lock.reset();
            if (!worker.hasWork()) {
                return worker.worked();
            }
        }
    });
}

} // namespace lori::app
