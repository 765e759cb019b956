// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/job_service.h"

#include "core/events/event_follower.h"
#include "core/jobs/job_lock.h"
#include "core/jobs/job_state.h"
#include "core/support/files.h"
#include "ui/services/run_service.h"
#include "ui/services/worker_process.h"

#include <nlohmann/json.hpp>

#include <QDateTime>
#include <QDir>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace lori::ui {

using jobs::JobFolder;
using jobs::JobState;

namespace {

constexpr int kPollMs = 100;
constexpr std::int64_t kStateMs = 1000;    // lock and silence are looked at this often
constexpr std::int64_t kLaunchMs = 15'000; // a worker that has no lock after this long never came up
constexpr std::size_t kEventsPerPoll = 2000;

std::int64_t nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace

/// What is remembered about a job that is followed.
struct WatchedJob {
    explicit WatchedJob(JobFolder jobFolder) : folder(std::move(jobFolder)), follower(folder.eventsFile()) {}

    JobFolder folder;
    events::EventFollower follower;
    jobs::JobLife life;
    JobState state = JobState::Waiting;
    std::optional<events::Progress> progress;
    std::optional<Error> failure;
    std::int64_t launchedMs = 0; ///< when a worker was started from here and has not said `started` yet, else 0
    std::int64_t stateCheckedMs = 0;
    bool caughtUp = false;  ///< the file was read to its end at least once
    bool announces = false; ///< it was alive while being watched: its end is news
};

JobService::JobService(Home home, QObject* parent) : QObject(parent), m_home(std::move(home)), m_timer(new QTimer(this))
{
    m_timer->setInterval(kPollMs);
    connect(m_timer, &QTimer::timeout, this, &JobService::poll);
}

JobService::~JobService() = default;

Result<QString> JobService::make(jobs::JobRecord record)
{
    const auto made = JobFolder::create(m_home, std::move(record));
    return made ? Result<QString>(QString::fromStdString(made->id())) : Result<QString>(made.error());
}

Result<QString> JobService::startNew(jobs::JobRecord record)
{
    if (workerProgram().isEmpty()) { // before a folder is made that nobody works in
        return noWorkerProgram();
    }
    auto made = make(std::move(record));
    if (made) {
        if (const auto started = start(*made); !started) {
            return started.error();
        }
    }
    return made;
}

Result<void> JobService::start(const QString& jobId)
{
    const auto opened = JobFolder::open(m_home, jobId.toStdString());
    if (!opened) {
        return opened.error();
    }
    if (jobs::JobLock::holder(*opened)) {
        return Error{ErrorCode::Busy, "a worker is still at work on this job", "wait for it, or stop it first",
                     jobId.toStdString()};
    }
    const auto before = jobs::stateSince(*opened, 0, nowMs());
    if (before && before->state == JobState::Finished) {
        return Error{ErrorCode::InvalidArgument, "this job has finished already", "make a new one", jobId.toStdString()};
    }
    if (const auto watched = watch(jobId); !watched) {
        return watched.error();
    }
    const auto started = startWorker(
        {QStringLiteral("job"), QStringLiteral("resume"), QString::fromStdString(opened->path().string())}, opened->logFile());
    if (!started) {
        return started.error();
    }
    WatchedJob& job = *m_jobs.value(jobId);
    job.launchedMs = nowMs();
    job.announces = true;
    job.failure.reset();
    updateState(jobId, job);
    adjustTimer();
    Q_EMIT jobStarted(jobId);
    return {};
}

Result<void> JobService::send(const QString& jobId, jobs::Command command)
{
    const auto opened = JobFolder::open(m_home, jobId.toStdString());
    return opened ? opened->sendCommand(command) : Result<void>(opened.error());
}

Result<void> JobService::watch(const QString& jobId)
{
    if (m_jobs.contains(jobId)) {
        return {};
    }
    const auto opened = JobFolder::open(m_home, jobId.toStdString());
    if (!opened) {
        return opened.error();
    }
    const auto job = std::make_shared<WatchedJob>(*opened);
    job->announces = jobs::JobLock::holder(*opened).has_value();
    m_jobs.insert(jobId, job);
    follow(jobId, *job);
    adjustTimer();
    return {};
}

void JobService::forget(const QString& jobId)
{
    m_jobs.remove(jobId);
    adjustTimer();
}

QStringList JobService::attachLive()
{
    QStringList found;
    const QDir folders(QString::fromStdString(m_home.jobs().string()));
    for (const QString& name : folders.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed)) {
        const auto opened = JobFolder::open(m_home, name.toStdString());
        if (opened && jobs::JobLock::holder(*opened) && watch(name)) {
            found.append(name);
        }
    }
    return found;
}

QStringList JobService::liveJobs() const
{
    QStringList live;
    for (auto it = m_jobs.cbegin(); it != m_jobs.cend(); ++it) {
        if (isLive(it.value()->state) && it.value()->announces) {
            live.append(it.key());
        }
    }
    std::sort(live.begin(), live.end(), std::greater<>());
    return live;
}

JobState JobService::state(const QString& jobId) const
{
    const auto job = m_jobs.value(jobId);
    return job ? job->state : JobState::Waiting;
}

std::optional<events::Progress> JobService::progress(const QString& jobId) const
{
    const auto job = m_jobs.value(jobId);
    return job ? job->progress : std::nullopt;
}

std::optional<Error> JobService::failure(const QString& jobId) const
{
    const auto job = m_jobs.value(jobId);
    return job ? job->failure : std::nullopt;
}

Result<jobs::JobRecord> JobService::record(const QString& jobId) const
{
    const auto opened = JobFolder::open(m_home, jobId.toStdString());
    return opened ? opened->record() : Result<jobs::JobRecord>(opened.error());
}

Result<nlohmann::json> JobService::result(const QString& jobId) const
{
    const auto opened = JobFolder::open(m_home, jobId.toStdString());
    if (!opened) {
        return opened.error();
    }
    const auto text = readTextFile(opened->resultFile());
    if (!text) {
        return text.error();
    }
    auto document = nlohmann::json::parse(*text, nullptr, false);
    if (document.is_discarded()) {
        return Error{ErrorCode::BadFile, "this is no JSON", "work in the job again", opened->resultFile().string()};
    }
    return document;
}

void JobService::poll()
{
    const QStringList ids = m_jobs.keys(); // a slot may watch or forget jobs meanwhile
    for (const QString& id : ids) {
        if (const auto job = m_jobs.value(id)) {
            follow(id, *job);
        }
    }
    adjustTimer();
}

void JobService::follow(const QString& jobId, WatchedJob& job)
{
    const auto polled = job.follower.poll(kEventsPerPoll);
    const std::size_t count = polled ? polled->size() : 0;
    if (count > 0) {
        for (const events::Event& event : *polled) {
            job.life.fold(event);
            if (event.as<events::Started>() != nullptr) {
                job.launchedMs = 0;
                job.failure.reset();
                job.progress.reset();
            } else if (const auto* progress = event.as<events::Progress>()) {
                job.progress = *progress;
            } else if (const auto* failed = event.as<events::Failed>()) {
                job.failure = events::errorOf(*failed);
            }
        }
        Q_EMIT eventsAppended(jobId, *polled);
    }
    job.caughtUp = job.caughtUp || count < kEventsPerPoll;
    if (job.caughtUp &&
        (count > 0 || nowMs() - job.stateCheckedMs >= kStateMs)) { // half of a long past would look like a lost job
        updateState(jobId, job);
    }
}

void JobService::updateState(const QString& jobId, WatchedJob& job)
{
    job.stateCheckedMs = nowMs();
    JobState state = JobState::Waiting;
    if (job.launchedMs == 0) {
        state = job.life.state(job.folder, job.stateCheckedMs);
        job.announces = job.announces || state == JobState::Running || state == JobState::Paused;
    } else if (job.stateCheckedMs - job.launchedMs > kLaunchMs && !jobs::JobLock::holder(job.folder)) {
        job.launchedMs = 0; // it never came up
        state = JobState::Lost;
    }
    if (state == job.state) {
        return;
    }
    job.state = state;
    const bool ends = job.announces && !isLive(state);
    job.announces = job.announces && !ends;
    Q_EMIT stateChanged(jobId, state);
    if (ends) {
        Q_EMIT jobEnded(jobId, state);
    }
}

/// A job that waits is looked at too: the queue may begin it at any moment.
void JobService::adjustTimer()
{
    const bool needed =
        std::any_of(m_jobs.cbegin(), m_jobs.cend(), [](const auto& job) { return !job->caughtUp || isLive(job->state); });
    if (needed && !m_timer->isActive()) {
        m_timer->start();
    } else if (!needed) {
        m_timer->stop();
    }
}

} // namespace lori::ui
