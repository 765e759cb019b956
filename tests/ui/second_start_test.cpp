// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is started beside work that goes on first asks whether it shall wait.
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/experiment/sweep_dialog.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/pages/sequence/sequence_page.h"
#include "ui/pages/studies/studies_page.h"

#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

#include <algorithm>

using namespace lori;
using namespace lori::ui;
using jobs::JobState;
using ui::test::kPatience;
using ui::test::runsOf;
using ui::test::WindowFixture;

namespace {

/// A window beside a training that goes on until the end of the test.
struct Busy {
    WindowFixture fixture;
    std::unique_ptr<MainWindow> window;
    QString run;

    Busy()
    {
        qputenv("FAKE_STEPS", "100000");
        window = fixture.makeWindow();
        window->begin();
        run = fixture.runs->start(WindowFixture::shortConfig()).value();
        [&] {
            QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(run), JobState::Running, kPatience);
            QTRY_VERIFY(fixture.queue->content().has_value());
        }();
    }
    ~Busy()
    {
        const QStringList live = fixture.runs->liveRuns();
        for (const QString& id : live) {
            static_cast<void>(fixture.runs->send(id, jobs::Command::StopAndKeep));
        }
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT(fixture.runs->state(run) == JobState::Stopped, kPatience);
        }();
        qunsetenv("FAKE_STEPS");
    }
    [[nodiscard]] bool isAsking() const { return fixture.context.messages->isAsking(); }
    void answer(const char* text) const
    {
        const auto buttons = fixture.context.messages->findChildren<QPushButton*>();
        const auto found = std::find_if(buttons.rbegin(), buttons.rend(),
                                        [&](const QPushButton* button) { return button->text().contains(QLatin1String(text)); });
        QVERIFY(found != buttons.rend());
        (*found)->click();
    }
    [[nodiscard]] bool hasAnswer(const char* text) const
    {
        const auto buttons = fixture.context.messages->findChildren<QPushButton*>();
        return std::any_of(buttons.begin(), buttons.end(), [&](const QPushButton* button) {
            return button->isVisible() && button->text().contains(QLatin1String(text));
        });
    }
    [[nodiscard]] std::size_t queued() const
    {
        const auto content = fixture.queue->content();
        return content ? content->entries.size() : 0;
    }
};

/// A run that a person stopped.
QString stoppedRun(const WindowFixture& fixture)
{
    const QString id = fixture.runs->start(WindowFixture::shortConfig()).value();
    [&] {
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(id), JobState::Running, kPatience);
        QVERIFY(fixture.runs->send(id, jobs::Command::StopAndKeep).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(id), JobState::Stopped, kPatience);
    }();
    return id;
}

} // namespace

class SecondStartTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        qputenv("FAKE_STEP_MS", "1");
        qputenv("FAKE_QUEUE_MS", "10");
    }

    void aSequenceAsksAndWaits()
    {
        const Busy busy;
        busy.window->showPage(QStringLiteral("sequence"));
        auto& page = pageOf<SequencePage>(*busy.window);
        QTRY_VERIFY(page.can(PageCommand::Start));
        page.perform(PageCommand::Start);
        QVERIFY(busy.isAsking());
        QCOMPARE(runsOf(busy.fixture).size(), std::size_t{1}); // nothing is made without an answer
        busy.answer("after it");
        QTRY_COMPARE(busy.queued(), std::size_t{1});
        QCOMPARE(runsOf(busy.fixture).size(), std::size_t{2});
        QCOMPARE(busy.fixture.runs->liveRuns().size(), 1);
    }

    void aSweepAsksAndCanStartAllTheSame()
    {
        const Busy busy;
        busy.window->showPage(QStringLiteral("experiment"));
        auto& page = pageOf<ExperimentPage>(*busy.window);
        page.showSweep();
        auto* dialog = page.findChild<SweepDialog*>();
        auto* rates = dialog->findChild<QLineEdit*>(QStringLiteral("sweepRate"));
        rates->setFocus();
        rates->selectAll();
        QTest::keyClicks(rates, QStringLiteral("1e-4 1e-3"));
        auto* start = dialog->findChild<QPushButton*>(QStringLiteral("startSweep"));
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), kPatience);
        QTest::mouseClick(start, Qt::LeftButton);
        QVERIFY(busy.isAsking());
        QVERIFY(busy.fixture.jobs->liveJobs().isEmpty());
        busy.answer("all the same");
        QCOMPARE(busy.fixture.jobs->liveJobs().size(), 1);
        const QString job = busy.fixture.jobs->liveJobs().front();
        QTRY_COMPARE_WITH_TIMEOUT(busy.fixture.jobs->state(job), JobState::Running, kPatience); // before it hears nothing
        QVERIFY(busy.fixture.jobs->send(job, jobs::Command::StopAndKeep).has_value());
        QTRY_VERIFY_WITH_TIMEOUT(busy.fixture.jobs->liveJobs().isEmpty(), kPatience);
    }

    void aStudyAsksAndWaits()
    {
        const Busy busy;
        busy.window->showPage(QStringLiteral("studies"));
        auto& page = pageOf<StudiesPage>(*busy.window);
        QTRY_VERIFY_WITH_TIMEOUT(page.findChild<QListWidget*>(QStringLiteral("studyList"))->count() > 0, kPatience);
        page.choose(QStringLiteral("small-orthogonality"));
        page.perform(PageCommand::Start);
        QVERIFY(busy.isAsking());
        QVERIFY(busy.fixture.jobs->liveJobs().isEmpty());
        page.choose(QStringLiteral("small-story")); // it is the asked one that is queued
        busy.answer("after it");
        QTRY_COMPARE(busy.queued(), std::size_t{1});
        const auto entry = busy.fixture.queue->content()->entries.front();
        QCOMPARE(busy.fixture.jobs->record(QString::fromStdString(entry.job))->name, std::string("small-orthogonality"));
    }

    void resumingAsksAndWaitsOrGoesOn()
    {
        const Busy busy;
        const QString stopped = stoppedRun(busy.fixture);
        busy.window->showPage(QStringLiteral("runs"));
        auto& page = pageOf<RunsPage>(*busy.window);
        page.showRun(stopped);
        page.resume();
        QVERIFY(busy.isAsking());
        QCOMPARE(busy.fixture.runs->state(stopped), JobState::Stopped);
        busy.answer("Do not start");
        QTest::qWait(50);
        QCOMPARE(busy.fixture.runs->state(stopped), JobState::Stopped);
        page.resume();
        busy.answer("after it");
        QTRY_COMPARE(busy.queued(), std::size_t{1});
        QVERIFY(busy.fixture.context.messages->text().contains(QStringLiteral("waits in the queue")));
        page.resume();
        QTRY_VERIFY(busy.hasAnswer("after it"));
        busy.answer("all the same");
        QTRY_COMPARE_WITH_TIMEOUT(busy.fixture.runs->state(stopped), JobState::Running, kPatience);
        QVERIFY(busy.fixture.runs->send(stopped, jobs::Command::StopAndKeep).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(busy.fixture.runs->state(stopped), JobState::Stopped, kPatience);
    }

    void aJobAtWorkIsAskedAboutToo()
    {
        qputenv("FAKE_STEPS", "100000");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const QString stopped = stoppedRun(fixture);
        const auto work = [&](const char* kind) {
            jobs::JobRecord record;
            record.kind = kind;
            record.name = "something else";
            return fixture.jobs->startNew(record).value();
        };
        const auto stop = [&](const QString& job) {
            QTRY_COMPARE_WITH_TIMEOUT(fixture.jobs->state(job), JobState::Running, kPatience);
            QVERIFY(fixture.jobs->send(job, jobs::Command::StopAndKeep).has_value());
            QTRY_VERIFY_WITH_TIMEOUT(fixture.jobs->liveJobs().isEmpty(), kPatience);
        };
        const QString merge = work("merge");
        window->showPage(QStringLiteral("runs"));
        auto& page = pageOf<RunsPage>(*window);
        page.showRun(stopped);
        page.resume();
        QVERIFY(fixture.context.messages->isAsking());
        QVERIFY(fixture.context.messages->text().startsWith(QStringLiteral("something else is at work")));
        fixture.context.messages->dismiss();
        stop(merge);
        const QString download = work("download"); // a line that is busy slows no training
        page.resume();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(stopped), JobState::Running, kPatience);
        QVERIFY(fixture.runs->send(stopped, jobs::Command::StopAndKeep).has_value());
        stop(download);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(stopped), JobState::Stopped, kPatience);
        qunsetenv("FAKE_STEPS");
    }
};

LORI_TEST(SecondStartTest)
#include "second_start_test.moc"
