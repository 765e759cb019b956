// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/control.h"
#include "core/jobs/job_life.h"
#include "core/jobs/job_lock.h"
#include "tests/support/test_registry.h"
#include "tests/ui/run_events.h"
#include "tests/ui/window_fixture.h"
#include "ui/services/run_progress.h"

#include <QSignalSpy>

#include <csignal>

using namespace lori;
using namespace lori::ui;
using jobs::Command;
using jobs::JobState;
using ui::test::WindowFixture;

namespace {

using ui::test::stepsSeen;

} // namespace

class RunServiceTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        qunsetenv("FAKE_FAIL");
        qputenv("FAKE_STEP_MS", "2");
    }

    void aStartedRunIsFollowedToItsEnd()
    {
        WindowFixture fixture;
        QSignalSpy started(fixture.runs.get(), &RunService::runStarted);
        QSignalSpy finished(fixture.runs.get(), &RunService::runFinished);
        QSignalSpy failed(fixture.runs.get(), &RunService::runFailed);
        QSignalSpy stopped(fixture.runs.get(), &RunService::runStopped);
        const auto id = fixture.runs->start(WindowFixture::shortConfig());
        QVERIFY2(id.has_value(), id ? "" : id.error().sentence().c_str());
        QCOMPARE(started.count(), 1);
        QVERIFY(finished.wait(15000));
        QCOMPARE(finished.count(), 1);
        QCOMPARE(failed.count() + stopped.count(), 0);
        QCOMPARE(fixture.runs->state(*id), JobState::Finished);
        QCOMPARE(stepsSeen(*fixture.runs, *id), 16);
        QVERIFY(fixture.runs->liveRuns().isEmpty());
    }

    void theFirstLossPointComesWithinASecondOfItsStep()
    {
        qputenv("FAKE_STEP_MS", "300");
        WindowFixture fixture;
        const auto id = fixture.runs->start(WindowFixture::shortConfig(4));
        QVERIFY(id.has_value());
        QTRY_VERIFY_WITH_TIMEOUT(stepsSeen(*fixture.runs, *id) > 0, 15000);
        const auto events = ui::test::eventsOf(*fixture.runs, *id);
        const auto first = std::find_if(events.begin(), events.end(), [](const auto& event) { return event.type() == "step"; });
        const std::int64_t lag = QDateTime::currentMSecsSinceEpoch() - first->timeMs;
        qInfo("first step seen after %lld ms", static_cast<long long>(lag));
        QVERIFY2(lag <= 1000, qPrintable(QString::number(lag)));
        QVERIFY(fixture.runs->send(*id, Command::StopAndKeep));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Stopped, 15000);
    }

    void aRunPausesContinuesAndStops()
    {
        qputenv("FAKE_STEP_MS", "10");
        WindowFixture fixture;
        QSignalSpy stopped(fixture.runs.get(), &RunService::runStopped);
        const auto id = fixture.runs->start(WindowFixture::shortConfig(2000));
        QVERIFY(id.has_value());
        QTRY_VERIFY_WITH_TIMEOUT(stepsSeen(*fixture.runs, *id) > 2, 15000);
        QVERIFY(fixture.runs->send(*id, Command::Pause));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Paused, 15000);
        const std::int64_t atPause = stepsSeen(*fixture.runs, *id);
        QVERIFY(fixture.runs->send(*id, Command::Continue));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Running, 15000);
        QTRY_VERIFY_WITH_TIMEOUT(stepsSeen(*fixture.runs, *id) > atPause, 15000);
        QVERIFY(fixture.runs->send(*id, Command::StopAndKeep));
        QVERIFY(stopped.wait(15000));
        QCOMPARE(stopped.front().at(1).toBool(), true);
        QCOMPARE(stopped.count(), 1);
    }

    void aKilledWorkerIsLostAndCanBeResumed()
    {
        qputenv("FAKE_STEP_MS", "20");
        WindowFixture fixture;
        QSignalSpy lost(fixture.runs.get(), &RunService::runLost);
        QSignalSpy finished(fixture.runs.get(), &RunService::runFinished);
        const auto id = fixture.runs->start(WindowFixture::shortConfig(30));
        QVERIFY(id.has_value());
        QTRY_VERIFY_WITH_TIMEOUT(stepsSeen(*fixture.runs, *id) > 3, 15000);
        const auto pid = jobs::JobLock::holder(fixture.runs->folder(*id).value());
        QVERIFY(pid && *pid > 0);
        QCOMPARE(::kill(static_cast<pid_t>(*pid), SIGKILL), 0);
        QVERIFY(lost.wait(15000));
        QCOMPARE(fixture.runs->state(*id), JobState::Lost);
        QCOMPARE(finished.count(), 0);
        const auto resumed = fixture.runs->resume(*id);
        QVERIFY2(resumed.has_value(), resumed ? "" : resumed.error().sentence().c_str());
        QVERIFY(finished.wait(20000));
        QCOMPARE(fixture.runs->state(*id), JobState::Finished);
        QCOMPARE(fixture.runs->progress(*id).strip(JobState::Finished, 0).back().state, StepState::Done);
    }

    void aSecondWindowSeesTheWholeCurve()
    {
        qputenv("FAKE_STEP_MS", "10");
        WindowFixture fixture;
        const auto id = fixture.runs->start(WindowFixture::shortConfig(1000));
        QVERIFY(id.has_value());
        QTRY_VERIFY_WITH_TIMEOUT(stepsSeen(*fixture.runs, *id) > 20, 15000);
        fixture.runs.reset(); // the window is gone; the worker is not
        RunService second(fixture.home);
        QCOMPARE(second.attachLive(), QStringList{*id});
        QTRY_VERIFY_WITH_TIMEOUT(stepsSeen(second, *id) > 25, 15000);
        std::int64_t expected = 1;
        for (const auto& event : ui::test::eventsOf(second, *id)) {
            if (event.type() == "step") {
                QCOMPARE(events::fieldsOf(event.payload).at("step").get<std::int64_t>(), expected++);
            }
        }
        QSignalSpy stopped(&second, &RunService::runStopped);
        QVERIFY(second.send(*id, Command::Discard));
        QVERIFY(stopped.wait(15000));
        QCOMPARE(stopped.front().at(1).toBool(), false);
    }

    void aFailureArrivesOnceWithItsReason()
    {
        qputenv("FAKE_FAIL", "1");
        WindowFixture fixture;
        QSignalSpy failed(fixture.runs.get(), &RunService::runFailed);
        const auto id = fixture.runs->start(WindowFixture::shortConfig());
        QVERIFY(id.has_value());
        QVERIFY(failed.wait(15000));
        QCOMPARE(failed.count(), 1);
        const auto error = failed.front().at(1).value<Error>();
        QCOMPARE(error.code, ErrorCode::OutOfMemory);
        QCOMPARE(QString::fromStdString(error.hint), QStringLiteral("use fewer rows per step"));
    }

    void aMissingWorkerIsOneSentence()
    {
        WindowFixture fixture;
        const QByteArray worker = qgetenv("LORI_WORKER");
        qputenv("LORI_WORKER", "/nonexistent/lori");
        const auto id = fixture.runs->start(WindowFixture::shortConfig());
        qputenv("LORI_WORKER", worker);
        QVERIFY(!id.has_value());
        QVERIFY(QString::fromStdString(id.error().sentence()).contains(QStringLiteral("/nonexistent/lori")));
    }
};

LORI_TEST(RunServiceTest)
#include "run_service_test.moc"
