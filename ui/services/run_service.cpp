// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/run_service.h"
#include "core/jobs/control.h"
#include "core/jobs/job_life.h"
#include "core/jobs/job_lock.h"

#include "ui/services/last_words.h"
#include "ui/services/watched_run.h"
#include "ui/services/worker_process.h"

#include <QDateTime>
#include <QDir>
#include <QFileSystemWatcher>
#include <QTimer>

#include <signal.h>

#include <algorithm>
#include <utility>

namespace lori::ui {

using jobs::JobState;
using jobs::RunFolder;

namespace {

constexpr int kPollMs = 100;
constexpr int kQuietPollMs = 500; // when nothing but heart-beats came for a while: a paused run costs nothing
constexpr std::int64_t kQuietAfterMs = 2000;
constexpr int kWatcherRestMs = 30;         // a file notification reads at once unless the last reading was just now
constexpr std::int64_t kStateMs = 1000;    // lock and silence are looked at this often
constexpr std::int64_t kLaunchMs = 15'000; // a worker that has no lock after this long never came up
constexpr auto kAcceptChangedData = "--accept-changed-data"; // of lori run, named in the hint of the failure
constexpr std::size_t kEventsPerPoll = 2000;                 // about 10 ms of parsing; a long past arrives in portions

std::int64_t nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QString fromPath(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

} // namespace

bool isLive(JobState state)
{
    return state == JobState::Waiting || state == JobState::Running || state == JobState::Paused;
}

RunService::RunService(Home home, QObject* parent)
    : QObject(parent), m_home(std::move(home)), m_timer(new QTimer(this)), m_watcher(new QFileSystemWatcher(this))
{
    m_timer->setInterval(kPollMs);
    connect(m_timer, &QTimer::timeout, this, &RunService::poll);
    connect(m_watcher, &QFileSystemWatcher::fileChanged, this, [this] {
        if (!m_sincePoll.isValid() || m_sincePoll.elapsed() > kWatcherRestMs) {
            poll();
        }
    });
}

RunService::~RunService() = default;

QString RunService::workerProgram()
{
    return ui::workerProgram();
}

Result<QString> RunService::start(const experiment::RunConfig& config)
{
    if (workerProgram().isEmpty()) {
        return noWorkerProgram();
    }
    const auto created = RunFolder::create(m_home, config);
    if (!created) {
        return created.error();
    }
    const QString runId = QString::fromStdString(created->id());
    WatchedRun& run = add(*created);
    run.announces = true;
    if (const auto launched = launch(*created); !launched) {
        forget(runId);
        return launched.error();
    }
    run.launchedMs = nowMs();
    adjustTimer();
    Q_EMIT runStarted(runId);
    return runId;
}

bool RunService::isChangedData(const Error& error)
{
    return error.code == ErrorCode::Mismatch && error.hint.find(kAcceptChangedData) != std::string::npos;
}

std::optional<Error> RunService::failure(const QString& runId) const
{
    return progress(runId).failure();
}

Result<void> RunService::resume(const QString& runId, bool acceptChangedData)
{
    const auto opened = RunFolder::open(m_home, runId.toStdString());
    if (!opened) {
        return opened.error();
    }
    if (wasDiscarded(opened->eventsFile())) {
        return Error{ErrorCode::NotFound, "this run was discarded; nothing is left to go on from",
                     "duplicate it as a new experiment", runId.toStdString()};
    }
    if (jobs::JobLock::holder(*opened)) {
        return Error{ErrorCode::Busy, "a worker is still at work on this run", "wait for it, or stop it first",
                     runId.toStdString()};
    }
    WatchedRun& run = add(*opened);
    const QStringList more = acceptChangedData ? QStringList{QLatin1String(kAcceptChangedData)} : QStringList();
    if (const auto launched = launch(*opened, more); !launched) {
        return launched.error();
    }
    run.announces = true;
    run.announcedSeq = run.terminalSeq;
    run.launchedMs = nowMs();
    updateState(runId, run, true);
    adjustTimer();
    Q_EMIT runStarted(runId);
    return {};
}

Result<void> RunService::launch(const RunFolder& folder, const QStringList& more)
{
    return startWorker(QStringList{QStringLiteral("run"), QStringLiteral("--folder"), fromPath(folder.path())} + more,
                       folder.logFile());
}

Result<void> RunService::send(const QString& runId, jobs::Command command)
{
    const auto opened = folder(runId);
    return opened ? opened->sendCommand(command) : Result<void>(opened.error());
}

Result<void> RunService::change(const QString& runId, const experiment::StageChange& change)
{
    const auto opened = folder(runId);
    return opened ? opened->sendChange(change) : Result<void>(opened.error());
}

Result<void> RunService::watch(const QString& runId)
{
    const auto opened = RunFolder::open(m_home, runId.toStdString());
    if (const auto known = m_runs.value(runId)) {
        if (!opened) {
            static_cast<void>(noticeRemoval(runId, *known));
            return opened.error();
        }
        if (!known->folderGone) {
            return {};
        }
        forget(runId); // it is there again: read anew
    }
    if (!opened) {
        return opened.error();
    }
    WatchedRun& run = add(*opened);
    run.announces = jobs::JobLock::holder(*opened).has_value();
    follow(runId, run); // a long past comes in portions, the first one now
    adjustTimer();
    return {};
}

void RunService::forget(const QString& runId)
{
    if (const auto run = m_runs.take(runId)) {
        m_watcher->removePath(fromPath(run->folder.eventsFile()));
    }
}

WatchedRun& RunService::add(const RunFolder& folder)
{
    m_sinceNews.restart(); // its first events shall be seen at once
    auto& run = m_runs[QString::fromStdString(folder.id())];
    if (!run) {
        run = std::make_shared<WatchedRun>(folder);
    }
    return *run;
}

QStringList RunService::attachLive()
{
    QStringList found;
    const QDir runs(fromPath(m_home.runs()));
    for (const QString& name : runs.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed)) {
        const auto opened = RunFolder::open(m_home, name.toStdString());
        if (opened && jobs::JobLock::holder(*opened) && watch(name)) {
            found.append(name);
        }
    }
    if (!found.isEmpty()) {
        poll();
    }
    return found;
}

std::int64_t RunService::strayWorker(const QString& runId) const
{
    const auto found = m_runs.constFind(runId);
    return found != m_runs.constEnd() && (*found)->folderGone && worksOn((*found)->pid, runId.toStdString()) ? (*found)->pid : 0;
}

void RunService::endStrayWorker(const QString& runId)
{
    if (const std::int64_t pid = strayWorker(runId); pid > 0) {
        ::kill(static_cast<pid_t>(pid), SIGKILL);
    }
}

/// True when the folder is no longer that of a run; tells it once.
bool RunService::noticeRemoval(const QString& runId, WatchedRun& run)
{
    std::error_code ignored;
    if (run.folderGone || std::filesystem::exists(run.folder.path() / "config.json", ignored)) {
        return run.folderGone;
    }
    run.folderGone = true;
    run.launchedMs = 0;
    const bool changed = run.state != JobState::Lost;
    run.state = JobState::Lost;
    if (changed) {
        Q_EMIT stateChanged(runId, run.state);
    }
    Q_EMIT folderRemoved(runId);
    return true;
}

bool RunService::isWatched(const QString& runId) const
{
    return m_runs.contains(runId);
}

std::uint64_t RunService::position(const QString& runId) const
{
    const auto found = m_runs.constFind(runId);
    return found == m_runs.constEnd() ? 0 : (*found)->follower.position();
}

const RunProgress& RunService::progress(const QString& runId) const
{
    static const RunProgress none;
    const auto found = m_runs.constFind(runId);
    return found == m_runs.constEnd() ? none : (*found)->progress;
}

JobState RunService::state(const QString& runId) const
{
    const auto found = m_runs.constFind(runId);
    return found == m_runs.constEnd() ? JobState::Waiting : (*found)->state;
}

QStringList RunService::watchedRuns() const
{
    return m_runs.keys();
}

QStringList RunService::liveRuns() const
{
    QStringList live;
    for (auto it = m_runs.cbegin(); it != m_runs.cend(); ++it) {
        if (isLive(it.value()->state) && (it.value()->announces || it.value()->caughtUp)) {
            live.append(it.key());
        }
    }
    std::sort(live.begin(), live.end(), std::greater<>());
    return live;
}

Result<RunFolder> RunService::folder(const QString& runId) const
{
    const auto found = m_runs.constFind(runId);
    return found == m_runs.constEnd() ? RunFolder::open(m_home, runId.toStdString()) : Result<RunFolder>((*found)->folder);
}

void RunService::poll()
{
    m_sincePoll.restart();
    const QStringList ids = m_runs.keys(); // a slot may watch or forget runs meanwhile
    for (const QString& id : ids) {
        if (const auto run = m_runs.value(id)) {
            follow(id, *run);
        }
    }
    adjustTimer();
}

void RunService::follow(const QString& runId, WatchedRun& run)
{
    auto polled = run.follower.poll(kEventsPerPoll);
    if (polled && !polled->empty()) {
        run.caughtUp = run.caughtUp || polled->size() < kEventsPerPoll;
        for (const events::Event& event : *polled) {
            run.life.fold(event);
            if (const auto* started = event.as<events::Started>()) {
                run.terminalSeq = 0;
                run.launchedMs = 0;
                run.pid = started->pid;
            } else if (events::isTerminal(event.payload)) {
                run.terminalSeq = event.seq;
                run.ending = event.payload;
            }
        }
        run.progress.append(*polled);
        const QString file = fromPath(run.folder.eventsFile());
        if (!m_watcher->files().contains(file)) {
            m_watcher->addPath(file);
        }
        if (std::any_of(polled->begin(), polled->end(),
                        [](const events::Event& event) { return event.as<events::Heartbeat>() == nullptr; })) {
            m_sinceNews.restart();
        }
        Q_EMIT eventsAppended(runId, *polled);
        if (run.caughtUp) { // half of a long past would look like a lost run
            updateState(runId, run, true);
        }
    } else {
        run.caughtUp = true;
        updateState(runId, run, false);
    }
    announceEnd(runId, run);
}

void RunService::updateState(const QString& runId, WatchedRun& run, bool force)
{
    const std::int64_t now = nowMs();
    if (!force && now - run.stateCheckedMs < kStateMs) {
        return;
    }
    run.stateCheckedMs = now;
    if (noticeRemoval(runId, run)) {
        return;
    }
    JobState state = JobState::Waiting;
    if (run.launchedMs == 0) {
        state = run.life.state(run.folder, now);
        if (state == JobState::Waiting) { // nothing was ever written, and no worker is coming
            state = JobState::Lost;
        }
    } else if (now - run.launchedMs > kLaunchMs && !jobs::JobLock::holder(run.folder)) {
        run.launchedMs = 0;
        state = JobState::Lost;
    }
    if (state == run.state) {
        return;
    }
    run.state = state;
    Q_EMIT stateChanged(runId, state);
    if (state == JobState::Lost && run.announces) {
        Q_EMIT runLost(runId);
    }
}

void RunService::announceEnd(const QString& runId, WatchedRun& run)
{
    if (!run.caughtUp || !run.announces || run.terminalSeq == 0 || run.terminalSeq == run.announcedSeq) {
        return;
    }
    run.announcedSeq = run.terminalSeq;
    const events::Payload ending = run.ending; // a slot may forget the run
    if (std::holds_alternative<events::Finished>(ending)) {
        Q_EMIT runFinished(runId);
    } else if (const auto* stopped = std::get_if<events::Stopped>(&ending)) {
        Q_EMIT runStopped(runId, stopped->kept);
    } else if (const auto* failed = std::get_if<events::Failed>(&ending)) {
        Q_EMIT runFailed(runId, events::errorOf(*failed));
    }
}

void RunService::adjustTimer()
{
    const bool needed = std::any_of(m_runs.cbegin(), m_runs.cend(), [](const auto& run) {
        return !run->folderGone && (!run->caughtUp || isLive(run->state) || (run->state == JobState::Lost && run->announces));
    });
    const bool quiet = m_sinceNews.isValid() && m_sinceNews.elapsed() > kQuietAfterMs;
    const int interval = quiet ? kQuietPollMs : kPollMs; // what is written meanwhile wakes the watcher
    if (needed && (!m_timer->isActive() || m_timer->interval() != interval)) {
        m_timer->start(interval);
    } else if (!needed) {
        m_timer->stop();
    }
}

} // namespace lori::ui
