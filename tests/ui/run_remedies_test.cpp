// SPDX-License-Identifier: GPL-3.0-or-later
// What the Runs page offers to do: about a note, in the Run menu while a run is at work, and once it has finished.
#include "core/jobs/control.h"
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/frame/message_bar.h"
#include "ui/main_actions.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/runs/run_notes.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/services/run_progress.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>

using namespace lori;
using namespace lori::ui;
using jobs::JobState;
using ui::test::kPatience;
using ui::test::WindowFixture;

class RunRemediesTest final : public QObject {
    Q_OBJECT

private:
    static QPushButton* button(MainWindow& window, const char* name)
    {
        return window.findChild<QPushButton*>(QLatin1String(name));
    }

private Q_SLOTS:
    void init()
    {
        qunsetenv("FAKE_FAIL");
        qputenv("FAKE_STEP_MS", "2");
    }

    void aNoteOffersWhatCanBeDoneAboutIt()
    {
        qputenv("FAKE_STEP_MS", "40");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const auto id = fixture.runs->start(WindowFixture::shortConfig(400));
        QVERIFY(id.has_value());
        window->showRun(*id);
        QTRY_VERIFY_WITH_TIMEOUT(button(*window, "changeButton")->isEnabled(), kPatience);
        auto* notes = window->findChild<RunNotes*>();
        notes->append({{"overfitting", Tone::Caution, QStringLiteral("It memorizes.")},
                       {"truncated-rows", Tone::Caution, QStringLiteral("Rows were cut.")}});
        QCOMPARE(notes->findChildren<QPushButton*>(QStringLiteral("runNoteAction")).size(), 1); // the other is for an ended run
        QCOMPARE(button(*window, "runNoteAction")->text(), QStringLiteral("End this stage now"));
        QCOMPARE(button(*window, "runNoteAction")->accessibleDescription(), QStringLiteral("It memorizes."));
        button(*window, "runNoteAction")->setFocus();
        QTest::keyClick(button(*window, "runNoteAction"), Qt::Key_Space);
        const auto newest = [&] {
            const auto recipe = fixture.runs->folder(*id)->recipe();
            return recipe && !recipe->stages[0].changes.empty() ? recipe->stages[0].changes.back() : experiment::StageChange{};
        };
        QTRY_VERIFY_WITH_TIMEOUT(newest().what == experiment::Setting::Steps && newest().value >= 1, kPatience);
        QVERIFY(fixture.runs->send(*id, jobs::Command::StopAndKeep).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Stopped, kPatience);
        const auto offered = [&] {
            QStringList texts;
            for (const auto* each : notes->findChildren<QPushButton*>(QStringLiteral("runNoteAction"))) {
                if (each->isVisible()) {
                    texts.append(each->text());
                }
            }
            return texts;
        };
        const QString again = QStringLiteral("Set it up again…");
        QTRY_VERIFY2(offered().count(again) >= 2 && offered().count(again) == offered().size(),
                     qPrintable(offered().join(QLatin1Char('|')))); // the run itself may have given rise to a third
        QTRY_COMPARE(notes->findChildren<QPushButton*>(QStringLiteral("runNoteAction")).size(), offered().size());
        button(*window, "runNoteAction")->click();
        QVERIFY(pageOf<ExperimentPage>(*window).isVisible());
    }

    void aRunIsMeasuredAndSavedFromTheMenu()
    {
        qputenv("FAKE_STEP_MS", "40");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        MainActions& actions = window->actions();
        QVERIFY(!actions.measureNow->isEnabled() && !actions.checkpointNow->isEnabled()); // there is no run
        const auto id = fixture.runs->start(WindowFixture::shortConfig(400));
        QVERIFY(id.has_value());
        window->showRun(*id);
        QTRY_VERIFY_WITH_TIMEOUT(actions.measureNow->isEnabled() && actions.checkpointNow->isEnabled(), kPatience);
        const auto folder = fixture.runs->folder(*id);
        QVERIFY(folder.has_value());
        jobs::ControlReader told(*folder);
        actions.measureNow->trigger();
        QVERIFY(window->findChild<MessageBar*>()->text().contains(QStringLiteral("measured after this step")));
        actions.checkpointNow->trigger();
        QCOMPARE(told.poll(), (std::vector<jobs::Command>{jobs::Command::EvaluateNow, jobs::Command::Checkpoint}));
        button(*window, "pauseButton")->click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Paused, kPatience);
        QVERIFY(!actions.measureNow->isEnabled() && !actions.checkpointNow->isEnabled());
        QVERIFY(fixture.runs->send(*id, jobs::Command::StopAndKeep).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Stopped, kPatience);
    }

    void aFinishedRunSaysWhatComesNext()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const auto first = fixture.runs->start(WindowFixture::shortConfig(3));
        QVERIFY(first.has_value());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*first), JobState::Finished, kPatience);
        const auto second = fixture.runs->start(WindowFixture::shortConfig(400));
        QVERIFY(second.has_value());
        window->showRun(*second);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*second), JobState::Running, kPatience);
        QVERIFY(!button(*window, "runNextStep")->isVisible()); // it is at work
        window->showRun(*first);
        QTRY_VERIFY(button(*window, "runNextStep")->isVisible());
        QVERIFY(window->findChild<QLabel*>(QStringLiteral("runNextText"))->text().startsWith(QStringLiteral("Next: ")));
        QVERIFY(!button(*window, "runNextStep")->accessibleName().isEmpty());
        button(*window, "runNextStep")->click();
        QVERIFY(!pageOf<RunsPage>(*window).isVisible()); // to what it proposes
        QVERIFY(fixture.runs->send(*second, jobs::Command::StopAndKeep).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*second), JobState::Stopped, kPatience);
    }
};

LORI_TEST(RunRemediesTest)
#include "run_remedies_test.moc"
