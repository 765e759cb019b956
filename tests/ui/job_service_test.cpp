// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job_lock.h"
#include "tests/support/test_registry.h"
#include "ui/services/history_service.h"
#include "ui/services/job_service.h"
#include "ui/services/queue_service.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace lori;
using namespace lori::ui;
using jobs::Command;
using jobs::JobState;

namespace {

constexpr int kJobWaitMs = 20'000;

jobs::JobRecord merge(const std::string& name)
{
    return {.kind = "merge", .name = name, .options = {{"method", "linear"}}, .key = {}, .createdMs = 0};
}

QStringList waiting(const QueueService& queue)
{
    QStringList ids;
    const auto content = queue.content();
    for (const database::QueueEntry& entry : content ? content->entries : std::vector<database::QueueEntry>()) {
        if (entry.state == database::QueueState::Waiting) {
            ids << QString::fromStdString(entry.job);
        }
    }
    return ids;
}

} // namespace

/// A job of any kind is made, followed, asked and gone on with by one service; the queue is changed by another.
class JobServiceTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    Home m_home;
    std::unique_ptr<JobService> m_jobs;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_home.root = m_folder->path().toStdString();
        qputenv("LORI_HOME", m_folder->path().toLocal8Bit());
        qputenv("LORI_WORKER", LORI_FAKE_WORKER);
        qputenv("FAKE_STEP_MS", "5");
        qunsetenv("FAKE_FAIL");
        qunsetenv("FAKE_STEPS");
        m_jobs = std::make_unique<JobService>(m_home);
    }
    void cleanup()
    {
        m_jobs.reset();
        qunsetenv("FAKE_FAIL");
        qunsetenv("FAKE_STEPS");
    }

    void aJobIsMadeWorkedInAndGivesItsResult()
    {
        QSignalSpy ended(m_jobs.get(), &JobService::jobEnded);
        std::vector<std::string> types;
        connect(m_jobs.get(), &JobService::eventsAppended, this, [&](const QString&, const std::vector<events::Event>& told) {
            for (const events::Event& event : told) {
                types.emplace_back(event.type());
            }
        });
        const auto id = m_jobs->startNew(merge("two adapters"));
        QVERIFY(id.has_value());
        QCOMPARE(m_jobs->liveJobs(), QStringList{*id});
        QTRY_COMPARE_WITH_TIMEOUT(m_jobs->state(*id), JobState::Finished, kJobWaitMs);
        QCOMPARE(ended.count(), 1);
        QCOMPARE(types.front(), std::string("started"));
        QCOMPARE(types.back(), std::string("finished"));
        QCOMPARE(types.size(), std::size_t{22});
        QCOMPARE(m_jobs->progress(*id)->done, 20);
        QCOMPARE(m_jobs->record(*id)->name, std::string("two adapters"));
        QCOMPARE((*m_jobs->result(*id))["parts"].get<int>(), 20);
        QVERIFY(m_jobs->liveJobs().isEmpty());
        const auto again = m_jobs->start(*id);
        QVERIFY(!again.has_value());
        QCOMPARE(again.error().code, ErrorCode::InvalidArgument);
    }

    void aJobIsPausedContinuedStoppedAndGoneOnWith()
    {
        qputenv("FAKE_STEPS", "100000");
        const auto id = m_jobs->startNew(merge("long"));
        QVERIFY(id.has_value());
        QTRY_COMPARE_WITH_TIMEOUT(m_jobs->state(*id), JobState::Running, kJobWaitMs);
        QVERIFY(m_jobs->send(*id, Command::Pause));
        QTRY_COMPARE_WITH_TIMEOUT(m_jobs->state(*id), JobState::Paused, kJobWaitMs);
        QVERIFY(m_jobs->send(*id, Command::Continue));
        QTRY_COMPARE_WITH_TIMEOUT(m_jobs->state(*id), JobState::Running, kJobWaitMs);
        const auto busy = m_jobs->start(*id);
        QVERIFY(!busy.has_value());
        QCOMPARE(busy.error().code, ErrorCode::Busy);
        QSignalSpy ended(m_jobs.get(), &JobService::jobEnded);
        QVERIFY(m_jobs->send(*id, Command::StopAndKeep));
        QTRY_COMPARE_WITH_TIMEOUT(m_jobs->state(*id), JobState::Stopped, kJobWaitMs);
        QCOMPARE(ended.count(), 1);
        qputenv("FAKE_STEPS", "10");
        const auto folder = jobs::JobFolder::open(m_home, id->toStdString());
        QTRY_VERIFY(!jobs::JobLock::holder(*folder)); // its last word comes a moment before it is gone
        QVERIFY(m_jobs->start(*id).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(m_jobs->state(*id), JobState::Finished, kJobWaitMs);
        QCOMPARE(ended.count(), 2);
    }

    void aFailureIsToldWithItsReason()
    {
        qputenv("FAKE_FAIL", "1");
        const auto id = m_jobs->startNew(merge("too big"));
        QVERIFY(id.has_value());
        QTRY_COMPARE_WITH_TIMEOUT(m_jobs->state(*id), JobState::Failed, kJobWaitMs);
        QCOMPARE(m_jobs->failure(*id)->code, ErrorCode::OutOfMemory);
        QVERIFY(!m_jobs->result(*id).has_value());
    }

    void aKilledWorkerIsLostAndItsJobIsFoundByAnotherWindow()
    {
        qputenv("FAKE_STEPS", "100000");
        const auto id = m_jobs->startNew(merge("killed"));
        QVERIFY(id.has_value());
        QTRY_COMPARE_WITH_TIMEOUT(m_jobs->state(*id), JobState::Running, kJobWaitMs);
        JobService another(m_home); // a window that opens now
        QCOMPARE(another.attachLive(), QStringList{*id});
        QTRY_COMPARE_WITH_TIMEOUT(another.state(*id), JobState::Running, kJobWaitMs);
        QSignalSpy ended(&another, &JobService::jobEnded);
        const auto pid = jobs::JobLock::holder(*jobs::JobFolder::open(m_home, id->toStdString()));
        QVERIFY(pid && *pid > 0);
        QCOMPARE(::kill(static_cast<pid_t>(*pid), SIGKILL), 0);
        QTRY_COMPARE_WITH_TIMEOUT(another.state(*id), JobState::Lost, kJobWaitMs);
        QCOMPARE(ended.count(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_jobs->state(*id), JobState::Lost, kJobWaitMs);
    }

    void whatIsNoJobIsRefused()
    {
        QCOMPARE(m_jobs->watch(QStringLiteral("nothing")).error().code, ErrorCode::NotFound);
        QCOMPARE(m_jobs->start(QStringLiteral("nothing")).error().code, ErrorCode::NotFound);
        QVERIFY(!m_jobs->startNew({}).has_value()); // no kind
        qputenv("LORI_WORKER", "/nowhere/lori");
        const auto id = m_jobs->startNew(merge("no worker"));
        QVERIFY(!id.has_value());
        QCOMPARE(id.error().code, ErrorCode::Io);
    }

    void theQueueKeepsAPersonsOrder()
    {
        HistoryService history(m_home);
        QueueService queue(m_home, history);
        QCOMPARE(queue.content().error().code, ErrorCode::Busy);
        history.open();
        QTRY_VERIFY_WITH_TIMEOUT(queue.content().has_value(), kJobWaitMs);
        QSignalSpy changed(&queue, &QueueService::changed);
        QSignalSpy failed(&history, &HistoryService::failed);
        QStringList ids;
        for (const char* name : {"first", "second", "third"}) {
            ids << m_jobs->make(merge(name)).value();
            queue.add(m_home.jobs() / ids.back().toStdString(), {}, false);
        }
        QTRY_COMPARE(waiting(queue), ids);
        QVERIFY(changed.count() > 0);
        queue.move(ids[2], 1);
        QTRY_COMPARE(waiting(queue), (QStringList{ids[2], ids[0], ids[1]}));
        queue.remove(ids[0]);
        QTRY_COMPARE(waiting(queue), (QStringList{ids[2], ids[1]}));
        queue.setPaused(true);
        QTRY_VERIFY(queue.content()->paused);
        QCOMPARE(failed.count(), 0);
        queue.remove(QStringLiteral("nothing"));
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.front().front().value<Error>().code, ErrorCode::NotFound);
        queue.removeEnded(); // none ended
        QTRY_VERIFY(!history.isWriting());
        QCOMPARE(waiting(queue).size(), 2);
    }

    void aWorkerIsStartedOnceForWhatWaits()
    {
        qputenv("FAKE_QUEUE_MS", "5000");
        HistoryService history(m_home);
        QueueService queue(m_home, history);
        history.open();
        QTRY_VERIFY_WITH_TIMEOUT(queue.content().has_value(), kJobWaitMs);
        QVERIFY(!queue.hasWorker());
        const QString id = m_jobs->make(merge("waits")).value();
        queue.add(m_home.jobs() / id.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(queue.hasWorker(), kJobWaitMs);
        QVERIFY(queue.work().has_value()); // one is alive: nothing to do
        QCOMPARE(waiting(queue), QStringList{id});
    }
};

LORI_TEST(JobServiceTest)
#include "job_service_test.moc"
