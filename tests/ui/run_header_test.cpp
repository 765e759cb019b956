// SPDX-License-Identifier: GPL-3.0-or-later
// The head of the Runs page leaves its room to the charts when it is asked to, and keeps what must be seen.
#include "tests/support/test_registry.h"
#include "tests/ui/prepared_run.h"
#include "tests/ui/window_fixture.h"
#include "ui/frame/stage_strip.h"
#include "ui/pages/runs/run_header.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"
#include "ui/widgets/run_charts.h"

#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

using namespace lori;
using namespace lori::ui;
using lori::ui::test::PreparedRun;
using lori::ui::test::WindowFixture;

namespace {

events::Seal seal(bool holds)
{
    return {.stage = 0, .aUnchanged = holds, .baseUnchanged = true, .outsideMaskZero = true, .aHash = "a1", .baseHash = "b2"};
}

} // namespace

class RunHeaderTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFoldedHeadLeavesItsRoomToTheChartsAndStaysFolded()
    {
        WindowFixture fixture;
        auto config = WindowFixture::shortConfig(8);
        config.name = "Capitals";
        config.purpose = "To see what is learned from few rows";
        PreparedRun run(fixture.home, config, {});
        run.write(events::StageStarted{.stage = 0, .name = "LoRI-D", .kind = "lori-d", .steps = 8});
        run.losses(0, {3.0, 2.0, 1.5});
        run.write(seal(true));
        run.write(events::Stopped{.stage = 0, .step = 3, .kept = true});
        {
            const auto window = fixture.makeWindow();
            window->begin();
            window->resize(1280, 800);
            window->showRun(run.id());
            auto* header = window->findChild<RunHeader*>();
            auto* fold = window->findChild<QToolButton*>(QStringLiteral("foldHeader"));
            auto* sealed = window->findChild<QLabel*>(QStringLiteral("runSeal"));
            auto* charts = window->findChild<RunCharts*>(QStringLiteral("runCharts"));
            QTRY_VERIFY(sealed->isVisible());
            QVERIFY(fold->isVisible() && fold->focusPolicy() != Qt::NoFocus && !header->isFolded());
            const PlotView* loss = charts->panel(QStringLiteral("loss"))->view();
            QTRY_VERIFY(loss->height() >= 11 * loss->fontMetrics().height()); // not a strip of 70 pixels
            QTest::qWait(50);                                                 // all is laid out
            QCOMPARE(fold->accessibleName(), QStringLiteral("Show less about the run"));
            const int headBefore = header->height();
            const int chartsBefore = charts->height();
            fold->setFocus();
            QTest::keyClick(fold, Qt::Key_Space);
            QVERIFY(header->isFolded());
            QCOMPARE(fold->accessibleName(), QStringLiteral("Show more about the run"));
            QVERIFY(!sealed->isVisible() && !header->findChild<StageStrip*>()->isVisible());
            QVERIFY(!header->findChild<QLabel*>(QStringLiteral("runFigures"))->isVisible());
            QVERIFY(header->findChild<QLabel*>(QStringLiteral("runTitle"))->isVisible());
            QVERIFY(header->findChild<QWidget*>(QStringLiteral("resumeButton"))->isVisible());
            QTRY_VERIFY2(header->height() <= headBefore - 60, qPrintable(QString::number(header->height())));
            QTRY_VERIFY2(charts->height() >= chartsBefore + 60, qPrintable(QString::number(charts->height())));
        }
        const auto again = fixture.makeWindow(); // as it was left
        again->showRun(run.id());
        QVERIFY(again->findChild<RunHeader*>()->isFolded());
        again->findChild<QToolButton*>(QStringLiteral("foldHeader"))->click();
        QTRY_VERIFY(again->findChild<QLabel*>(QStringLiteral("runSeal"))->isVisible());
    }

    void whatMustBeSeenIsSeenInAFoldedHeadToo()
    {
        RunProgress progress(WindowFixture::shortConfig(4));
        RunHeader header;
        header.setFolded(true);
        header.show(QStringLiteral("Capitals"), jobs::JobState::Running, progress);
        static_cast<QWidget&>(header).show();
        QVERIFY(header.findChild<QProgressBar*>(QStringLiteral("runBar"))->isVisible());
        auto* text = header.findChild<QLabel*>(QStringLiteral("runSeal"));
        progress.append({events::Event{1, 1'000'000, seal(true)}});
        header.show(QStringLiteral("Capitals"), jobs::JobState::Running, progress);
        QVERIFY(!text->isVisible());
        header.setFolded(false);
        QVERIFY2(!text->text().contains(QStringLiteral("mask")), qPrintable(text->text())); // there is none yet
        progress.append({events::Event{2, 1'000'500, events::Mask{.stage = 0, .kept = 1, .total = 10}}});
        header.show(QStringLiteral("Capitals"), jobs::JobState::Running, progress);
        QVERIFY2(text->text().contains(QStringLiteral("outside the mask")), qPrintable(text->text()));
        header.setFolded(true);
        progress.append({events::Event{3, 1'001'000, seal(false)}});
        header.show(QStringLiteral("Capitals"), jobs::JobState::Running, progress);
        QVERIFY2(text->isVisible() && text->text().contains(QStringLiteral("Do not use this adapter")), qPrintable(text->text()));
    }
};

LORI_TEST(RunHeaderTest)
#include "run_header_test.moc"
