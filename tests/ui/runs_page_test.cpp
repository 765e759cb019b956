// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/event_follower.h"
#include "core/jobs/control.h"
#include "core/jobs/job_life.h"
#include "core/jobs/job_lock.h"
#include "tests/support/test_registry.h"
#include "tests/ui/run_events.h"
#include "tests/ui/window_fixture.h"
#include "ui/dialogs/change_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/main_actions.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/history/history_page.h"
#include "ui/pages/runs/run_list.h"
#include "ui/pages/runs/run_log.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/run_progress.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

#include <csignal>
#include <filesystem>

using namespace lori;
using namespace lori::ui;
using jobs::JobState;
using ui::test::kPatience;
using ui::test::WindowFixture;

namespace {

void removeFolder(const WindowFixture& fixture, const QString& id)
{
    std::filesystem::remove_all(fixture.home.runs() / id.toStdString());
}

using ui::test::stepsSeen;

/// A click on the row of a run, as a person chooses it.
void choose(MainWindow& window, const QString& id)
{
    auto* list = pageOf<RunsPage>(window).findChild<RunList*>();
    const int row = list->runs().rowOf(id);
    QVERIFY(row >= 0);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->runs().index(row, 0)).center());
}

QPushButton* button(MainWindow& window, const char* name)
{
    return window.findChild<QPushButton*>(QLatin1String(name));
}

} // namespace

/// What the Runs page says and does is about the run that is chosen, whatever has become of its folder.
class RunsPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        qunsetenv("FAKE_FAIL");
        qunsetenv("FAKE_CHANGED");
        qputenv("FAKE_STEP_MS", "2");
    }

    void aRunWhoseFolderIsGoneEmptiesThePageAndNoButtonActsOnAnother()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        QStringList ids;
        for (const char* name : {"first", "second", "third"}) {
            auto config = WindowFixture::shortConfig(3);
            config.name = name;
            const auto id = fixture.runs->start(config);
            QVERIFY(id.has_value());
            QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Finished, kPatience);
            ids.append(*id);
        }
        QTRY_COMPARE_WITH_TIMEOUT(fixture.history->list()->size(), std::size_t{3}, kPatience);
        window->showPage(QStringLiteral("runs"));
        for (const QString& gone : ids) { // every row, one after another
            const QString other = ids[(ids.indexOf(gone) + 1) % ids.size()];
            if (std::filesystem::exists(fixture.home.runs() / other.toStdString())) {
                choose(*window, other);
                QCOMPARE(pageOf<RunsPage>(*window).shownRun(), other);
            }
            removeFolder(fixture, gone);
            choose(*window, gone);
            QCOMPARE(pageOf<RunsPage>(*window).shownRun(), QString());
            auto* title = window->findChild<QLabel*>(QStringLiteral("runsEmptyTitle"));
            QVERIFY2(title->isVisible() && title->text().contains(QStringLiteral("is gone")), qPrintable(title->text()));
            for (const char* name :
                 {"pauseButton", "stopButton", "resumeButton", "masksButton", "duplicateButton", "discardButton"}) {
                QVERIFY2(!button(*window, name)->isVisible(), name);
            }
            for (const QAction* action : {window->actions().pauseOrContinue, window->actions().stopAndKeep,
                                          window->actions().resume, window->actions().discard}) {
                QVERIFY2(!action->isEnabled(), qPrintable(action->objectName()));
            }
            pageOf<RunsPage>(*window).discard();
            pageOf<RunsPage>(*window).resume();
            const auto listed = fixture.history->list();
            QVERIFY(std::none_of(listed->begin(), listed->end(), [](const auto& run) { return run.trashedMs.has_value(); }));
            QCOMPARE(listed->size(), std::size_t{3});
        }
    }

    void aFolderRemovedUnderARunningWorkerIsSaidAndTheWorkerCanBeStopped()
    {
        qputenv("FAKE_STEP_MS", "50");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        window->showPage(QStringLiteral("runs"));
        const auto id = fixture.runs->start(WindowFixture::shortConfig(5000));
        QVERIFY(id.has_value());
        window->showRun(*id);
        QTRY_VERIFY_WITH_TIMEOUT(stepsSeen(*fixture.runs, *id) > 2, kPatience);
        const auto pid = jobs::JobLock::holder(fixture.runs->folder(*id).value());
        QVERIFY(pid && *pid > 0);
        QSignalSpy lost(fixture.runs.get(), &RunService::runLost);
        QSignalSpy removed(fixture.runs.get(), &RunService::folderRemoved);
        removeFolder(fixture, *id);
        QTRY_COMPARE_WITH_TIMEOUT(removed.count(), 1, kPatience);
        QCOMPARE(lost.count(), 0); // nothing is kept, and nothing can be resumed
        QVERIFY(!fixture.context.messages->text().contains(QStringLiteral("kept. "), Qt::CaseInsensitive));
        QVERIFY2(fixture.context.messages->text().contains(QString::number(*pid)), qPrintable(fixture.context.messages->text()));
        QCOMPARE(::kill(static_cast<pid_t>(*pid), 0), 0); // it goes on
        QCOMPARE(fixture.runs->strayWorker(*id), *pid);
        QVERIFY(!button(*window, "resumeButton")->isVisible());
        auto* stop = button(*window, "endStrayWorker");
        QTRY_VERIFY(stop->isVisible());
        stop->click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->strayWorker(*id), std::int64_t{0}, kPatience);
        QTRY_VERIFY(!stop->isVisible());
    }

    void aDiscardedRunGoesToTheTrashAndCannotBeResumed()
    {
        qputenv("FAKE_STEP_MS", "20");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const auto id = fixture.runs->start(WindowFixture::shortConfig(2000));
        QVERIFY(id.has_value());
        window->showRun(*id);
        QTRY_VERIFY_WITH_TIMEOUT(stepsSeen(*fixture.runs, *id) > 2, kPatience);
        button(*window, "discardButton")->click();
        QVERIFY(fixture.context.messages->isAsking());
        window->findChild<QPushButton*>(QStringLiteral("messageAction1"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.history->find(*id) && fixture.history->find(*id)->summary.trashedMs.has_value(),
                                 kPatience);
        QTRY_COMPARE(pageOf<RunsPage>(*window).shownRun(), QString()); // not in the list any more
        database::RunQuery query;
        QVERIFY(fixture.history->list(query)->empty());
        fixture.history->restore(*id);
        QTRY_COMPARE(fixture.history->list(query)->size(), std::size_t{1});
        window->showRun(*id);
        QTRY_VERIFY(window->findChild<QLabel*>(QStringLiteral("runState"))->text().contains(QStringLiteral("Discarded")));
        QVERIFY(!button(*window, "resumeButton")->isVisible());
        const auto resumed = fixture.runs->resume(*id);
        QVERIFY(!resumed.has_value());
        QVERIFY(QString::fromStdString(resumed.error().sentence()).contains(QStringLiteral("discarded")));
    }

    void theTrashIsOneButtonBackAndKeysStayInTheList()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const auto id = fixture.runs->start(WindowFixture::shortConfig(3));
        QVERIFY(id.has_value());
        window->show();
        window->showRun(*id);
        auto* list = pageOf<RunsPage>(*window).findChild<RunList*>();
        QCOMPARE(window->focusWidget(), list);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Finished, kPatience);
        button(*window, "discardButton")->click();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.history->find(*id) && fixture.history->find(*id)->summary.trashedMs.has_value(),
                                 kPatience);
        QCOMPARE(window->focusWidget(), list);
        QTRY_VERIFY(fixture.context.messages->text().contains(QStringLiteral("in the trash"))); // after "is finished"
        auto* undo = window->findChild<QPushButton*>(QStringLiteral("messageAction0"));
        QVERIFY(undo != nullptr && undo->text().contains(QStringLiteral("Undo")));
        undo->click();
        QTRY_VERIFY(!fixture.history->find(*id)->summary.trashedMs.has_value());
    }

    void aCopySaysThatItIsOne()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        auto config = WindowFixture::shortConfig(3);
        config.name = "Capitals";
        const auto id = fixture.runs->start(config);
        QVERIFY(id.has_value());
        window->showRun(*id);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Finished, kPatience);
        button(*window, "duplicateButton")->click();
        const experiment::RunConfig& copy = pageOf<ExperimentPage>(*window).draft().config();
        QCOMPARE(copy.name, std::string("Capitals (copy)"));
        QCOMPARE(copy.parentRun, id->toStdString());
        auto* from = pageOf<ExperimentPage>(*window).findChild<QLabel*>(QStringLiteral("presetExplanation"));
        QTRY_VERIFY2(from->text().startsWith(QStringLiteral("Started from an earlier run. ")), qPrintable(from->text()));
        pageOf<ExperimentPage>(*window).usePreset("quick-look");
        QTRY_VERIFY2(!from->text().contains(QStringLiteral("earlier run")), qPrintable(from->text()));
    }

    void aMessageEndsWhenItsRunRunsAgain()
    {
        qputenv("FAKE_FAIL", "1");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const auto id = fixture.runs->start(WindowFixture::shortConfig(200));
        QVERIFY(id.has_value());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.context.messages->text().contains(QStringLiteral("failed")), kPatience);
        qunsetenv("FAKE_FAIL");
        qputenv("FAKE_STEP_MS", "20");
        QVERIFY(fixture.runs->resume(*id).has_value());
        QVERIFY2(!fixture.context.messages->isVisible(), qPrintable(fixture.context.messages->text()));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Running, kPatience);
        QVERIFY(fixture.runs->send(*id, jobs::Command::StopAndKeep));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Stopped, kPatience);
    }

    void changedDataIsSaidOnResumeAndAPersonDecides()
    {
        qputenv("FAKE_STEP_MS", "20");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const auto id = fixture.runs->start(WindowFixture::shortConfig(300));
        QVERIFY(id.has_value());
        window->showRun(*id);
        QTRY_VERIFY_WITH_TIMEOUT(stepsSeen(*fixture.runs, *id) > 2, kPatience);
        QVERIFY(!button(*window, "acceptChangedData")->isVisible());
        QVERIFY(fixture.runs->send(*id, jobs::Command::StopAndKeep));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Stopped, kPatience);
        const auto isAlone = [&] {
            return !jobs::JobLock::holder(fixture.runs->folder(*id).value()).value_or(0);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isAlone(), kPatience); // its last word comes a moment before the worker is gone
        const std::int64_t before = stepsSeen(*fixture.runs, *id);
        qputenv("FAKE_CHANGED", "1");
        pageOf<RunsPage>(*window).resume();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Failed, kPatience);
        QVERIFY2(fixture.context.messages->text().contains(QStringLiteral("have changed")),
                 qPrintable(fixture.context.messages->text()));
        QTRY_VERIFY(button(*window, "acceptChangedData")->isVisible());
        QCOMPARE(stepsSeen(*fixture.runs, *id), before); // nothing went on by itself
        QTRY_VERIFY_WITH_TIMEOUT(isAlone(), kPatience);
        button(*window, "acceptChangedData")->click();
        QTRY_VERIFY_WITH_TIMEOUT(stepsSeen(*fixture.runs, *id) > before, kPatience);
        QTRY_VERIFY(!button(*window, "acceptChangedData")->isVisible());
        qunsetenv("FAKE_CHANGED");
        QVERIFY(fixture.runs->send(*id, jobs::Command::StopAndKeep));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Stopped, kPatience);
    }

    void theMenusPauseIsForTheOnlyRunAtWorkAndNamesIt()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        auto config = WindowFixture::shortConfig(3);
        config.name = "Done";
        const auto done = fixture.runs->start(config);
        QVERIFY(done.has_value());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*done), JobState::Finished, kPatience);
        qputenv("FAKE_STEP_MS", "20");
        config = WindowFixture::shortConfig(5000);
        config.name = "Capitals";
        const auto working = fixture.runs->start(config);
        QVERIFY(working.has_value());
        window->showRun(*done);
        const MainActions& actions = window->actions();
        QTRY_VERIFY_WITH_TIMEOUT(actions.pauseOrContinue->isEnabled(), kPatience);
        QVERIFY2(actions.pauseOrContinue->toolTip().contains(QStringLiteral("“Capitals”")),
                 qPrintable(actions.pauseOrContinue->toolTip()));
        QVERIFY(!button(*window, "pauseButton")->isVisible()); // the page's own buttons are for what it shows
        actions.pauseOrContinue->trigger();
        QVERIFY2(fixture.context.messages->text().contains(QStringLiteral("“Capitals” pauses")),
                 qPrintable(fixture.context.messages->text()));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*working), JobState::Paused, kPatience);
        QCOMPARE(actions.pauseOrContinue->text(), QStringLiteral("&Continue"));
        QCOMPARE(pageOf<RunsPage>(*window).shownRun(), *done);
        window->showRun(*working);
        QVERIFY2(!actions.stopAndKeep->toolTip().contains(QStringLiteral("Capitals")),
                 qPrintable(actions.stopAndKeep->toolTip()));
        window->showRun(*done);
        actions.stopAndKeep->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*working), JobState::Stopped, kPatience);
        QVERIFY(!actions.pauseOrContinue->isEnabled() && !actions.stopAndKeep->isEnabled());
    }

    void stopIsThereWhileAPauseIsWaitedFor()
    {
        qputenv("FAKE_STEP_MS", "1500"); // a worker that hears the pause only after its step
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const auto id = fixture.runs->start(WindowFixture::shortConfig(50));
        QVERIFY(id.has_value());
        window->showRun(*id);
        QTRY_VERIFY_WITH_TIMEOUT(stepsSeen(*fixture.runs, *id) > 0, kPatience);
        QTRY_VERIFY(button(*window, "pauseButton")->isEnabled());
        button(*window, "pauseButton")->click();
        QVERIFY(window->findChild<QLabel*>(QStringLiteral("runState"))->text().contains(QStringLiteral("pausing")));
        QVERIFY(button(*window, "stopButton")->isEnabled());
        QVERIFY(window->actions().stopAndKeep->isEnabled());
        button(*window, "stopButton")->click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Stopped, kPatience);
    }

    void aRunAtWorkIsChangedByKeyboardAndTheChangeIsDrawnAndKept()
    {
        qputenv("FAKE_STEP_MS", "40");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const auto id = fixture.runs->start(WindowFixture::shortConfig(400));
        QVERIFY(id.has_value());
        window->showRun(*id);
        QVERIFY(!button(*window, "changeButton")->isEnabled()); // nothing is at work that could be changed
        QTRY_VERIFY_WITH_TIMEOUT(button(*window, "changeButton")->isEnabled(), kPatience);
        button(*window, "changeButton")->click();
        auto* dialog = window->findChild<ChangeDialog*>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        auto* set = dialog->findChild<QPushButton*>(QStringLiteral("applyChanges"));
        auto* rate = dialog->findChild<QLineEdit*>(QStringLiteral("learningRateField"));
        auto* steps = dialog->findChild<QLineEdit*>(QStringLiteral("stepsField"));
        QVERIFY(!set->isEnabled()); // as it is now
        QVERIFY(rate->hasFocus() || !dialog->isActiveWindow());
        rate->clear();
        QTest::keyClicks(rate, QStringLiteral("fast"));
        QVERIFY(!set->isEnabled());
        QVERIFY(!dialog->findChild<QLabel*>(QStringLiteral("changeProblem"))->text().isEmpty());
        rate->clear();
        QTest::keyClicks(rate, QStringLiteral("2e-4"));
        steps->clear();
        QTest::keyClicks(steps, QStringLiteral("300"));
        QVERIFY(set->isEnabled());
        QTest::keyClick(steps, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->progress(*id).stageSteps(), std::int64_t{300}, kPatience);
        QVERIFY(!window->findChild<QLabel*>(QStringLiteral("runState"))->text().contains(QStringLiteral("changing")));
        const auto stage = fixture.runs->progress(*id).stageNow();
        QVERIFY(stage.has_value());
        QCOMPARE(stage->changes.size(), std::size_t{2});
        QCOMPARE(stage->changes[0].value, 2e-4);
        const auto recipe = fixture.runs->folder(*id)->recipe();
        QVERIFY(recipe.has_value());
        QCOMPARE(recipe->stages[0].changes, stage->changes);

        button(*window, "changeButton")->click(); // now it is ended
        QTRY_VERIFY(window->findChild<ChangeDialog*>() != nullptr);
        window->findChild<ChangeDialog*>()->findChild<QPushButton*>(QStringLiteral("endStage"))->click();
        const auto newest = [&] {
            return fixture.runs->folder(*id)->recipe()->stages[0].changes.back();
        };
        QTRY_VERIFY_WITH_TIMEOUT(newest().what == experiment::Setting::Steps && newest().value < 300, kPatience);
        QVERIFY(fixture.runs->send(*id, jobs::Command::StopAndKeep).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Stopped, kPatience);
        QVERIFY(button(*window, "branchButton")->isVisible());
    }

    void theLogSpeaksInSentencesAndShowsWhatIsStoredWhenAsked()
    {
        RunLog log;
        events::EventFollower golden(std::filesystem::path(LORI_SOURCE_DIR) / "tests/events/golden_events.jsonl");
        const auto events = golden.poll().value();
        log.append(events);
        const QStringList sentences = log.toPlainText().split(QLatin1Char('\n'));
        QCOMPARE(sentences.size(), static_cast<qsizetype>(events.size()) - 1); // heart-beats say nothing
        for (const QString& line : sentences) {
            const bool foreign = line.contains(QStringLiteral("of_a_newer_program")) || line.contains(QStringLiteral("child"));
            QVERIFY2(foreign || !line.contains(QLatin1Char('=')), qPrintable(line));
        }
        QVERIFY2(log.toPlainText().contains(QStringLiteral("Step 11: loss per token 1.25, learning rate ")),
                 qPrintable(log.toPlainText()));
        QVERIFY2(log.toPlainText().contains(QStringLiteral("measuring Safety: 3 of 75, about 15 s left")), // not "evaluating"
                 qPrintable(log.toPlainText()));
        log.findChild<QAction*>(QStringLiteral("rawEvents"))->setChecked(true);
        QVERIFY(log.toPlainText().contains(QStringLiteral("lossPerToken=1.25")));
        QCOMPARE(log.toPlainText().split(QLatin1Char('\n')).size(), sentences.size());
        log.findChild<QAction*>(QStringLiteral("rawEvents"))->setChecked(false);
        QCOMPARE(log.toPlainText().split(QLatin1Char('\n')), sentences);
        log.clear();
        QVERIFY(log.toPlainText().isEmpty());
    }

    void controlEnterStartsOnlyWhatCanBeSeen()
    {
        WindowFixture fixture;
        QVERIFY(jobs::RunFolder::create(fixture.home, WindowFixture::shortConfig()).has_value()); // with a note to write
        const auto window = fixture.makeWindow();
        window->begin();
        QSignalSpy started(fixture.runs.get(), &RunService::runStarted);
        window->showPage(QStringLiteral("experiment"));
        QTRY_VERIFY(pageOf<ExperimentPage>(*window).canStart());
        for (const PageRow& row : pageTable()) { // a page that was opened before must not start either
            window->showPage(row.id);
        }
        window->showPage(QStringLiteral("sequence"));
        QTRY_VERIFY_WITH_TIMEOUT(window->page(QStringLiteral("sequence"))->can(PageCommand::Start), kPatience);
        window->showPage(QStringLiteral("studies"));
        QTRY_VERIFY_WITH_TIMEOUT(window->page(QStringLiteral("studies"))->can(PageCommand::Start), kPatience);
        for (const QString& page :
             {QStringLiteral("home"), QStringLiteral("runs"), QStringLiteral("masks"), QStringLiteral("history")}) {
            window->showPage(page);
            QVERIFY(!window->actions().startRun->isEnabled());
            QWidget* into = window.get();
            if (page == QStringLiteral("history")) { // a note is sent with Ctrl+Enter elsewhere
                auto& history = pageOf<HistoryPage>(*window);
                auto* table = history.findChild<QTableView*>(QStringLiteral("historyTable"));
                QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, kPatience);
                table->selectRow(0);
                auto* note = history.findChild<QPlainTextEdit*>(QStringLiteral("historyNote"));
                QTRY_VERIFY(note != nullptr && note->isVisible());
                note->setFocus();
                into = note;
            }
            QTest::keyClick(into, Qt::Key_Return, Qt::ControlModifier);
            QTest::keyClick(into, Qt::Key_Enter, Qt::ControlModifier);
        }
        QCoreApplication::processEvents();
        QCOMPARE(started.count(), 0);
        QVERIFY(fixture.jobs->liveJobs().isEmpty());
        window->showPage(QStringLiteral("experiment"));
        QVERIFY(window->actions().startRun->isEnabled());
    }
};

LORI_TEST(RunsPageTest)
#include "runs_page_test.moc"
