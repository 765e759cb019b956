// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/merge_measuring.h"

#include "ui/services/error_text.h"
#include "ui/services/job_service.h"
#include "ui/services/run_service.h"

#include <QTimer>

namespace lori::ui {

using jobs::JobState;

namespace {

constexpr int kLeavingMs = 200;

} // namespace

MergeMeasuring::MergeMeasuring(JobService& jobs, QObject* parent) : QObject(parent), m_jobs(jobs)
{
    connect(&m_jobs, &JobService::jobEnded, this, &MergeMeasuring::ended);
    connect(&m_jobs, &JobService::eventsAppended, this, [this](const QString& id) {
        if (isWorking() && id == m_works[m_place].jobId) {
            Q_EMIT changed();
        }
    });
}

void MergeMeasuring::start(std::vector<MeasuringWork> works)
{
    if (isWorking()) {
        return;
    }
    m_works = std::move(works);
    m_place = 0;
    m_done = 0;
    m_seconds = 0;
    m_cancelled = false;
    m_failures.clear();
    next();
}

/// From the event loop: whoever heard that a job ended hears it before the next begins.
void MergeMeasuring::next()
{
    if (isWorking()) {
        m_clock.start();
        begin(m_works[m_place]);
    }
    Q_EMIT changed();
}

void MergeMeasuring::begin(MeasuringWork& work)
{
    if (work.jobId.isEmpty()) {
        const auto job = m_jobs.startNew(evaluationOf(work.measurement, work.name));
        if (!job) {
            fail(ErrorText::sentence(job.error()));
            return;
        }
        work.jobId = *job;
        m_begun[work.measurement] = *job;
        return;
    }
    const auto started = m_jobs.start(work.jobId);
    const bool isBusy = !started && started.error().code == ErrorCode::Busy;
    if (isBusy && m_jobs.isWatched(work.jobId) && !isLive(m_jobs.state(work.jobId))) { // its last worker is just leaving
        QTimer::singleShot(kLeavingMs, this, [this] {
            if (isWorking() && !m_cancelled) {
                begin(m_works[m_place]);
            }
        });
        return;
    }
    if (started || (isBusy && m_jobs.watch(work.jobId))) { // somebody else is at work on it: its end is news all the same
        return;
    }
    if (started.error().code == ErrorCode::InvalidArgument) { // done by somebody else meanwhile
        ++m_done;
        ++m_place;
        Q_EMIT measured();
        QTimer::singleShot(0, this, &MergeMeasuring::next);
        return;
    }
    fail(ErrorText::sentence(started.error()));
}

QString MergeMeasuring::begunFor(const Measurement& measurement) const
{
    const auto job = m_begun.find(measurement);
    return job == m_begun.end() ? QString() : job->second;
}

void MergeMeasuring::fail(const QString& reason)
{
    m_failures.append(tr("%1: %2", "what was measured; why it failed").arg(m_works[m_place].name, reason));
    ++m_place;
    QTimer::singleShot(0, this, &MergeMeasuring::next);
}

void MergeMeasuring::ended(const QString& jobId, JobState state)
{
    if (!isWorking() || jobId != m_works[m_place].jobId) {
        return;
    }
    if (state == JobState::Stopped || m_cancelled) {
        m_cancelled = true;
        m_done += state == JobState::Finished ? 1 : 0;
        m_place = m_works.size();
        Q_EMIT changed();
        Q_EMIT measured();
        return;
    }
    if (state != JobState::Finished) {
        const auto failure = m_jobs.failure(jobId);
        fail(failure ? ErrorText::sentence(*failure) : tr("The worker went away before it was done. Press Measure again."));
        return;
    }
    ++m_done;
    m_seconds += static_cast<double>(m_clock.elapsed()) / 1000;
    ++m_place;
    Q_EMIT measured();
    QTimer::singleShot(0, this, &MergeMeasuring::next);
}

void MergeMeasuring::cancel()
{
    if (!isWorking()) {
        return;
    }
    m_cancelled = true;
    const QString& job = m_works[m_place].jobId;
    if (!isLive(m_jobs.state(job)) || !m_jobs.send(job, jobs::Command::StopAndKeep)) {
        m_place = m_works.size();
    }
    Q_EMIT changed();
}

QString MergeMeasuring::name() const
{
    return isWorking() ? m_works[m_place].name : QString();
}

std::optional<events::Progress> MergeMeasuring::progress() const
{
    return isWorking() ? m_jobs.progress(m_works[m_place].jobId) : std::nullopt;
}

double MergeMeasuring::secondsLeft() const
{
    const auto now = progress();
    if (!now || now->total <= 0 || now->etaSeconds < 0) {
        return -1;
    }
    const double each =
        m_done > 0 ? m_seconds / static_cast<double>(m_done) : static_cast<double>(m_clock.elapsed()) / 1000 + now->etaSeconds;
    return now->etaSeconds + each * static_cast<double>(m_works.size() - m_place - 1);
}

} // namespace lori::ui
