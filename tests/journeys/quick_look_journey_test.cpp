// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/control.h"
#include "core/jobs/job_life.h"
#include "tests/journeys/by_keyboard.h"
#include "tests/support/test_registry.h"
#include "ui/frame/message_bar.h"
#include "ui/main_actions.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/history/history_page.h"
#include "ui/pages/masks/masks_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/run_progress.h"
#include "ui/widgets/mask_map.h"
#include "ui/widgets/run_charts.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableView>

using namespace lori;
using namespace lori::ui;
using jobs::JobState;
using ui::test::WindowFixture;
namespace journey = ui::test::journey;

class QuickLookJourneyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        JOURNEY_NEEDS_THE_MODEL();
        qputenv("FAKE_STEP_MS", "30");
    }

    void quickLookByKeyboardAlone()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        window->activateWindow();

        QTest::keyClick(window.get(), Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(window->currentPage(), QStringLiteral("experiment"));
        auto* name = window->findChild<QLineEdit*>(QStringLiteral("simple.name"));
        QVERIFY(journey::tabTo(*window, name));
        journey::typeInto(name, QStringLiteral("My first run"));
        if (journey::hasRealWorker()) {
            makeShorterByKeyboard(*window);
        }
        QTRY_VERIFY2(pageOf<ExperimentPage>(*window).canStart(), qPrintable(journey::problemsOf(*window)));
        QTest::keyClick(window.get(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(window->currentPage(), QStringLiteral("runs"));
        const QString id = pageOf<RunsPage>(*window).shownRun();
        QVERIFY(!id.isEmpty());

        QTRY_VERIFY_WITH_TIMEOUT(journey::lossPoints(*fixture.runs, id) > 0, journey::patience());
        auto* charts = pageOf<RunsPage>(*window).findChild<RunCharts*>();
        QTRY_VERIFY(!charts->curves().points(RunCurves::Metric::TrainLoss).empty());
        sayDelayOfTheFirstPoint(ui::test::eventsOf(*fixture.runs, id));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(id), JobState::Running, journey::patience());
        QTRY_VERIFY(window->actions().pauseOrContinue->isEnabled());
        QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(id), JobState::Paused, journey::patience());
        QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(id), JobState::Running, journey::patience());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(id), JobState::Finished, journey::patience());
        QTRY_VERIFY(fixture.context.messages->text().contains(QStringLiteral("My first run")));

        charts->updateNow();
        QVERIFY(charts->isVisible());
        const auto run = fixture.runs->folder(id);
        QVERIFY(run.has_value());
        QCOMPARE(charts->curves().points(RunCurves::Metric::TrainLoss).size(), journey::lossesOnDisk(*run).size());
        QVERIFY(!charts->curves().scoreNames().empty());

        QTest::keyClick(window.get(), Qt::Key_6, Qt::ControlModifier);
        QCOMPARE(window->currentPage(), QStringLiteral("masks"));
        if (journey::hasRealWorker()) { // the fake one makes no mask
            auto* map = window->findChild<MaskMap*>();
            QTRY_COMPARE_WITH_TIMEOUT(map->summary().modules.size(), std::size_t{210}, 30'000); // 30 layers, 7 projections
            QVERIFY(std::abs(static_cast<double>(map->summary().kept) / static_cast<double>(map->summary().total) - 0.1) < 1e-3);
        }

        QTest::keyClick(window.get(), Qt::Key_9, Qt::ControlModifier);
        QCOMPARE(window->currentPage(), QStringLiteral("history"));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.history->find(id).has_value(), 20000);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.history->find(id)->summary.state, JobState::Finished, 20000);
        auto* table = window->findChild<QTableView*>(QStringLiteral("historyTable"));
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QVERIFY(journey::tabTo(*window, table));
        QTest::keyClick(table, Qt::Key_Home, Qt::ControlModifier);
        QTRY_COMPARE(pageOf<HistoryPage>(*window).selectedRun(), id);
        QStringList cells;
        for (int column = 0; column < table->model()->columnCount(); ++column) {
            cells.append(table->model()->index(0, column).data().toString());
        }
        QVERIFY2(cells.contains(QStringLiteral("My first run")), qPrintable(cells.join(QStringLiteral(" | "))));
    }

    void closingAsksAndReopeningShowsTheWholeCurve()
    {
        WindowFixture fixture;
        auto window = fixture.makeWindow();
        window->begin();
        const auto started = fixture.runs->start(WindowFixture::shortConfig(400));
        QVERIFY(started.has_value());
        QTRY_VERIFY_WITH_TIMEOUT(journey::lossPoints(*fixture.runs, *started) > 3, journey::patience());
        window->close();
        QVERIFY(window->isVisible()); // it asks first
        QVERIFY(fixture.context.messages->isAsking());
        auto* keep = window->findChild<QPushButton*>(QStringLiteral("messageAction0"));
        QVERIFY(keep != nullptr);
        QTest::keyClick(keep, Qt::Key_Space);
        QTRY_VERIFY(!window->isVisible());
        window.reset();
        fixture.restart();
        window = fixture.makeWindow();
        window->begin();
        QCOMPARE(fixture.runs->liveRuns(), QStringList{*started});
        window->showRun(*started);
        QTRY_VERIFY_WITH_TIMEOUT(journey::lossPoints(*fixture.runs, *started) > 5, journey::patience());
        QCOMPARE(ui::test::eventsOf(*fixture.runs, *started).front().seq, 1);
        std::int64_t expected = 1;
        for (const auto& event : ui::test::eventsOf(*fixture.runs, *started)) {
            QCOMPARE(event.seq, expected++);
        }
        QVERIFY(fixture.runs->send(*started, jobs::Command::StopAndKeep));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*started), JobState::Stopped, journey::patience());
    }

    void theFirstPaintComesWithinASecond()
    {
        QProcess program;
        program.start(QStringLiteral(LORI_WORKBENCH), {QStringLiteral("--start-time")});
        QVERIFY(program.waitForFinished(30'000));
        const QString said = QString::fromLocal8Bit(program.readAllStandardOutput());
        qInfo("%s", qPrintable(said.trimmed()));
        const auto match = QRegularExpression(QStringLiteral("first paint after (\\d+) ms")).match(said);
        QVERIFY(match.hasMatch());
        if (match.captured(1).toInt() > 1000) {
            QWARN("slower than a second; the figure counts only on a machine that does nothing else");
        }
    }

private:
    /// For the record; the figure counts only on a machine that does nothing else.
    static void sayDelayOfTheFirstPoint(const std::vector<events::Event>& events)
    {
        const auto step = std::find_if(events.begin(), events.end(), [](const auto& event) { return event.type() == "step"; });
        const qint64 delay = QDateTime::currentMSecsSinceEpoch() - step->timeMs;
        qInfo("first loss point %lld ms after its step", static_cast<long long>(delay));
        if (delay > 1000) {
            QWARN("later than a second");
        }
    }

    /// A real Quick look takes many minutes; the same by a few typed numbers in a couple.
    static void makeShorterByKeyboard(MainWindow& window)
    {
        journey::fillAdvanced(window, {{QStringLiteral("stages[0].steps"), 8},
                                       {QStringLiteral("stages[2].steps"), 8},
                                       {QStringLiteral("evaluation.tasks.safety.limit"), 6},
                                       {QStringLiteral("evaluation.tasks.maths.limit"), 4},
                                       {QStringLiteral("evaluation.everySteps"), 4},
                                       {QStringLiteral("evaluation.maxNewTokens"), 24}});
        const experiment::RunConfig& config = pageOf<ExperimentPage>(window).draft().config();
        QCOMPARE(config.stages.at(0).steps, 8);
        QCOMPARE(config.stages.at(2).steps, 8);
        QCOMPARE(config.evaluation.maxNewTokens, 24);
    }
};

LORI_TEST(QuickLookJourneyTest)
#include "quick_look_journey_test.moc"
