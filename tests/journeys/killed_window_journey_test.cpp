// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/control.h"
#include "core/jobs/job_life.h"
#include "tests/journeys/journey.h"
#include "tests/support/test_registry.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/run_progress.h"
#include "ui/widgets/run_charts.h"

#include <QProcess>
#include <QTemporaryDir>

using namespace lori;
using namespace lori::ui;
using jobs::JobState;
using ui::test::WindowFixture;
namespace journey = ui::test::journey;

/// A window that dies takes nothing with it: its worker trains on, and the next window shows the whole curve.
class KilledWindowJourneyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        JOURNEY_NEEDS_THE_MODEL();
        qputenv("FAKE_STEP_MS", "30");
    }

    void reopeningAfterSigkillShowsTheCompleteCurve()
    {
        const QTemporaryDir folder;
        QProcess window;
        window.start(QStringLiteral(LORI_WINDOW_TO_KILL), {folder.path(), QStringLiteral("400")});
        QVERIFY(window.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(window.canReadLine(), journey::patience());
        const QString id = QString::fromLocal8Bit(window.readLine()).trimmed();
        QVERIFY2(!id.isEmpty(), window.readAllStandardError().constData());

        WindowFixture fixture(folder.path());
        const auto run = fixture.runs->folder(id);
        QVERIFY(run.has_value());
        QTRY_VERIFY_WITH_TIMEOUT(journey::lossesOnDisk(*run).size() > 3, journey::patience());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder.filePath(QStringLiteral("draft.json"))), journey::patience());
        window.kill(); // SIGKILL: no farewell
        QVERIFY(window.waitForFinished());
        QCOMPARE(window.exitStatus(), QProcess::CrashExit);
        const std::size_t before = journey::lossesOnDisk(*run).size();
        QTRY_VERIFY_WITH_TIMEOUT(journey::lossesOnDisk(*run).size() > before + 2, journey::patience());

        const auto reopened = fixture.makeWindow();
        reopened->begin();
        QCOMPARE(fixture.runs->liveRuns(), QStringList{id});
        QCOMPARE(pageOf<ExperimentPage>(*reopened).draft().config().stages.front().steps, 400); // the draft was not lost either
        reopened->showRun(id);
        QTRY_VERIFY_WITH_TIMEOUT(journey::lossPoints(*fixture.runs, id) > static_cast<std::int64_t>(before) + 2,
                                 journey::patience());
        QVERIFY(fixture.runs->send(id, jobs::Command::StopAndKeep));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(id), JobState::Stopped, journey::patience());

        auto* charts = pageOf<RunsPage>(*reopened).findChild<RunCharts*>();
        charts->updateNow();
        const auto losses = journey::lossesOnDisk(*run);
        const auto drawn = charts->curves().points(RunCurves::Metric::TrainLoss);
        QCOMPARE(drawn.size(), losses.size());
        std::int64_t expected = 1;
        for (const auto& [place, loss] : losses) {
            QCOMPARE(place.second, expected); // no step is missing, none is there twice
            QCOMPARE(drawn[static_cast<std::size_t>(expected) - 1], (PlotPoint{static_cast<double>(expected), loss}));
            ++expected;
        }
    }
};

LORI_TEST(KilledWindowJourneyTest)
#include "killed_window_journey_test.moc"
