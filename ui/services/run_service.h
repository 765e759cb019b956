// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/jobs/control.h"
#include "core/jobs/job_life.h"
#include "core/jobs/run_folder.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

class QFileSystemWatcher;
class QTimer;

namespace lori::ui {

struct WatchedRun;
class RunProgress;

/// Starts worker processes (`lori run`), follows the run folders' events.jsonl and sends commands. The window holds no other
/// truth about a run than its folder, so following a run that was just started and one found at start-up is the same code. All
/// members are for the window's thread; no call waits for a worker.
class RunService final : public QObject {
    Q_OBJECT

public:
    explicit RunService(Home home, QObject* parent = nullptr);
    ~RunService() override;

    /// The worker program: $LORI_WORKER, else `lori` beside this program, else `lori` on the PATH; empty when there is none.
    [[nodiscard]] static QString workerProgram();

    /// Makes the run's folder, starts the worker detached and watches the run. Errors: whatever RunFolder::create says; NotFound
    /// without a worker program; Io when the worker does not start.
    [[nodiscard]] Result<QString> start(const experiment::RunConfig& config);
    /// Starts the worker again for a run that was lost, stopped or failed. Errors: Busy when a worker still holds it; NotFound
    /// when the run was discarded: nothing is left to go on from.
    /// `acceptChangedData`: goes on although files that the run reads changed since it began.
    [[nodiscard]] Result<void> resume(const QString& runId, bool acceptChangedData = false);
    /// True for the failure of a run that would go on with other rows, masks or adapters than it began with.
    [[nodiscard]] static bool isChangedData(const Error& error);
    /// How the newest attempt of a watched run failed; nothing while it did not.
    [[nodiscard]] std::optional<Error> failure(const QString& runId) const;
    [[nodiscard]] Result<void> send(const QString& runId, jobs::Command command);
    /// Another value of a setting of the stage at work, from its next step on.
    [[nodiscard]] Result<void> change(const QString& runId, const experiment::StageChange& change);

    /// Follows a run from its first event; its whole past arrives by eventsAppended soon after. Watching twice is harmless.
    /// Errors: those of RunFolder::open, also when the folder went while it was watched.
    [[nodiscard]] Result<void> watch(const QString& runId);
    /// Forgets a run, for one whose folder goes to the trash.
    void forget(const QString& runId);
    /// Watches every run in home.runs() whose lock is held by a live worker; the ids found.
    QStringList attachLive();

    /// The process that still works on a run whose folder was removed, 0 when there is none (or none that is known to be it).
    [[nodiscard]] std::int64_t strayWorker(const QString& runId) const;
    /// Ends that process; there is nothing that it could keep.
    void endStrayWorker(const QString& runId);

    [[nodiscard]] bool isWatched(const QString& runId) const;
    /// Bytes of events.jsonl that were told by eventsAppended so far; what came before is read from the file (RunPast). 0 for a
    /// run that is not watched.
    [[nodiscard]] std::uint64_t position(const QString& runId) const;
    /// The sum of the events so far; empty for a run that is not watched.
    [[nodiscard]] const RunProgress& progress(const QString& runId) const;
    /// Waiting for a run that is not watched.
    [[nodiscard]] jobs::JobState state(const QString& runId) const;
    [[nodiscard]] QStringList watchedRuns() const;
    /// Watched runs that are waiting, running or paused, newest first.
    [[nodiscard]] QStringList liveRuns() const;
    [[nodiscard]] Result<jobs::RunFolder> folder(const QString& runId) const;
    [[nodiscard]] const Home& home() const { return m_home; }

    /// Reads what is new in every watched run now; a timer does this ten times a second while a run lives.
    void poll();

Q_SIGNALS:
    void runStarted(const QString& runId);
    void eventsAppended(const QString& runId, const std::vector<lori::events::Event>& events);
    void stateChanged(const QString& runId, lori::jobs::JobState state);
    /// One of the three per attempt that ends while being watched.
    void runFinished(const QString& runId);
    void runStopped(const QString& runId, bool kept);
    void runFailed(const QString& runId, const lori::Error& error);
    /// The worker is gone without a last word; the run can be resumed.
    void runLost(const QString& runId);
    /// Somebody removed the folder while the run was watched. strayWorker() says whether its worker goes on all the same.
    void folderRemoved(const QString& runId);

private:
    [[nodiscard]] Result<void> launch(const jobs::RunFolder& folder, const QStringList& more = {});
    WatchedRun& add(const jobs::RunFolder& folder);
    void follow(const QString& runId, WatchedRun& run);
    void updateState(const QString& runId, WatchedRun& run, bool force);
    [[nodiscard]] bool noticeRemoval(const QString& runId, WatchedRun& run);
    void announceEnd(const QString& runId, WatchedRun& run);
    void adjustTimer();

    Home m_home;
    QHash<QString, std::shared_ptr<WatchedRun>> m_runs;
    QTimer* m_timer = nullptr;
    QFileSystemWatcher* m_watcher = nullptr;
    QElapsedTimer m_sincePoll;
    QElapsedTimer m_sinceNews; ///< since an event other than a heart-beat came
};

/// Waiting, Running or Paused: a worker is or will soon be at work.
[[nodiscard]] bool isLive(jobs::JobState state);

} // namespace lori::ui
