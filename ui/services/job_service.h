// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/jobs/control.h"
#include "core/jobs/job_life.h"

#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

class QTimer;

namespace lori::ui {

struct WatchedJob;

/// Jobs of every kind by their folders: makes and starts them, follows their events and sends commands. The folder is the only
/// truth, so a job that was started here, by the queue or in a terminal is followed by the same code. Trainings are RunService's,
/// which knows their steps; this one takes them too. All members are for the window's thread; no call waits for a worker.
class JobService final : public QObject {
    Q_OBJECT

public:
    explicit JobService(Home home, QObject* parent = nullptr);
    ~JobService() override;

    /// Makes the job's folder and nothing else: it waits, for the queue or for start(). Gives its id. Errors: those of
    /// JobFolder::create.
    [[nodiscard]] Result<QString> make(jobs::JobRecord record);
    /// make() and start().
    [[nodiscard]] Result<QString> startNew(jobs::JobRecord record);
    /// Starts a worker for a job that waits, or was stopped, lost or failed, and watches it. Errors: Busy when a worker holds it;
    /// InvalidArgument when it finished; NotFound, BadFile (no such job); those of startWorker.
    [[nodiscard]] Result<void> start(const QString& jobId);
    /// Asks the worker for something. Errors: NotFound, DiskFull, Io.
    [[nodiscard]] Result<void> send(const QString& jobId, jobs::Command command);

    /// Follows a job from its first event; its past arrives by eventsAppended soon after. Watching twice is harmless.
    /// Errors: NotFound, BadFile.
    [[nodiscard]] Result<void> watch(const QString& jobId);
    void forget(const QString& jobId);
    /// Watches every job in home.jobs() whose lock a live worker holds; the ids found.
    QStringList attachLive();

    [[nodiscard]] bool isWatched(const QString& jobId) const { return m_jobs.contains(jobId); }
    /// Watched jobs that are waiting for their worker, running or paused, newest first.
    [[nodiscard]] QStringList liveJobs() const;
    /// Waiting for a job that is not watched.
    [[nodiscard]] jobs::JobState state(const QString& jobId) const;
    /// What the worker said last about how far it is; nothing before it did, and for a job that is not watched.
    [[nodiscard]] std::optional<events::Progress> progress(const QString& jobId) const;
    /// How the newest attempt of a watched job failed; nothing while it did not.
    [[nodiscard]] std::optional<Error> failure(const QString& jobId) const;
    /// job.json. Errors: NotFound, BadFile, NewerVersion.
    [[nodiscard]] Result<jobs::JobRecord> record(const QString& jobId) const;
    /// result.json of a job that finished. Errors: NotFound, BadFile.
    [[nodiscard]] Result<nlohmann::json> result(const QString& jobId) const;

    /// Reads what is new in every watched job now; a timer does this ten times a second while one lives.
    void poll();

Q_SIGNALS:
    void jobStarted(const QString& jobId);
    void eventsAppended(const QString& jobId, const std::vector<lori::events::Event>& events);
    void stateChanged(const QString& jobId, lori::jobs::JobState state);
    /// Once for each attempt that ends, or is lost, while being watched.
    void jobEnded(const QString& jobId, lori::jobs::JobState state);

private:
    void follow(const QString& jobId, WatchedJob& job);
    void updateState(const QString& jobId, WatchedJob& job);
    void adjustTimer();

    Home m_home;
    QHash<QString, std::shared_ptr<WatchedJob>> m_jobs;
    QTimer* m_timer = nullptr;
};

} // namespace lori::ui
