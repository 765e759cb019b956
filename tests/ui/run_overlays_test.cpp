// SPDX-License-Identifier: GPL-3.0-or-later
// Other runs' curves over those of the run that is shown: known values into the plot and into the file that is saved from it.
#include "tests/support/test_registry.h"
#include "tests/ui/prepared_run.h"
#include "ui/models/run_drag.h"
#include "ui/pages/runs/run_list.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/widgets/plot_export.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"
#include "ui/widgets/run_charts.h"
#include "ui/widgets/run_overlays.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QToolButton>

using namespace lori;
using namespace lori::ui;
using ui::test::kPatience;
using ui::test::PreparedRun;
using ui::test::WindowFixture;

namespace {

/// A window on the Runs page with the run shown.
struct ShownRun {
    ShownRun(WindowFixture& fixture, const PreparedRun& run) : window(fixture.makeWindow())
    {
        window->begin();
        window->showPage(QStringLiteral("runs"));
        window->showRun(run.id());
        page = &pageOf<RunsPage>(*window);
        charts = page->findChild<RunCharts*>();
    }
    [[nodiscard]] PlotView& loss() const { return *charts->panel(QStringLiteral("loss"))->view(); }
    [[nodiscard]] const PlotSeries* series(const QString& id) const
    {
        charts->updateNow();
        for (const PlotSeries& one : loss().series()) {
            if (one.id == id) {
                return &one;
            }
        }
        return nullptr;
    }
    /// The menu behind "Add to charts…", filled as it is when a person opens it.
    [[nodiscard]] QAction* offered(const QString& id) const
    {
        auto* menu = charts->findChild<QMenu*>(QStringLiteral("overlayMenu"));
        Q_EMIT menu->aboutToShow();
        for (QAction* action : menu->actions()) {
            if (action->objectName() == QStringLiteral("overlay-") + id) {
                return action;
            }
        }
        return nullptr;
    }
    void drop(const QString& id) const
    {
        const auto data = runsAsMime({id});
        QDragEnterEvent enter({9, 9}, Qt::CopyAction, data.get(), Qt::LeftButton, {});
        QApplication::sendEvent(charts, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({9, 9}, Qt::CopyAction, data.get(), Qt::LeftButton, {});
        QApplication::sendEvent(charts, &drop);
    }

    std::unique_ptr<MainWindow> window;
    RunsPage* page = nullptr;
    RunCharts* charts = nullptr;
};

/// "x,y" of the rows of a CSV whose series has this name.
QStringList rowsOf(const QString& csv, const QString& name)
{
    QStringList rows;
    for (const QString& line : csv.split(QLatin1Char('\n'))) {
        QStringList cells = line.split(QLatin1Char(','));
        if (cells.size() >= 3 && cells[0].remove(QLatin1Char('"')) == name) {
            rows.append(cells[1] + QLatin1Char(',') + cells[2]);
        }
    }
    return rows;
}

QString nameOf(const PlotSeries* series)
{
    return series == nullptr ? QString() : series->name;
}

} // namespace

class RunOverlaysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunFromTheMenuIsInThePlotAndInTheSavedNumbersUntilItIsTakenAway()
    {
        WindowFixture fixture;
        PreparedRun today(fixture.home, "today");
        today.losses(0, {4, 3});
        PreparedRun yesterday(fixture.home, "yesterday");
        yesterday.losses(0, {5, 2.5, 1.25});
        QVERIFY(fixture.runs->watch(yesterday.id()).has_value());
        const ShownRun shown(fixture, today);
        shown.charts->setSmoothing({SmoothingMethod::None, 0.6, 10});
        QTRY_VERIFY_WITH_TIMEOUT(shown.series(QStringLiteral("train")) != nullptr, kPatience);
        const QString before = plotToCsv(shown.loss());
        QVERIFY(shown.offered(today.id()) == nullptr); // not over itself
        QTRY_VERIFY_WITH_TIMEOUT(shown.offered(yesterday.id()) != nullptr, kPatience);
        shown.offered(yesterday.id())->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(shown.series(QStringLiteral("overlay0train")) != nullptr, kPatience);
        QTRY_COMPARE(shown.series(QStringLiteral("overlay0train"))->points.size(), std::size_t{3});
        const PlotSeries* over = shown.series(QStringLiteral("overlay0train"));
        QCOMPARE(over->points[1].x, 2.0);
        QCOMPARE(over->points[1].y, 2.5);
        QCOMPARE(nameOf(over), QStringLiteral("yesterday: training"));
        QVERIFY(over->style != shown.series(QStringLiteral("train"))->style);
        QVERIFY(shown.offered(yesterday.id()) == nullptr); // it is there already
        const QString csv = plotToCsv(shown.loss());
        QCOMPARE(rowsOf(csv, QStringLiteral("yesterday: training")),
                 (QStringList{QStringLiteral("1,5"), QStringLiteral("2,2.5"), QStringLiteral("3,1.25")}));
        QTemporaryDir saved;
        const QString picture = saved.filePath(QStringLiteral("loss.svg"));
        QCOMPARE(savePlot(shown.loss(), QStringLiteral("Loss"), picture), QString());
        QFile svg(picture);
        QVERIFY(svg.open(QIODevice::ReadOnly) && svg.readAll().contains("yesterday: training"));
        shown.loss().setCrosshair(2);
        QVERIFY2(shown.loss().readOut().contains(QStringLiteral("yesterday")), qPrintable(shown.loss().readOut()));
        QVERIFY(shown.loss().readOut().contains(QStringLiteral("2.5")) || shown.loss().readOut().contains(QStringLiteral("2,5")));
        auto* chip = shown.charts->findChild<QToolButton*>(QStringLiteral("removeOverlay_") + yesterday.id());
        QVERIFY(chip != nullptr && chip->isVisible() && !chip->accessibleName().isEmpty());
        chip->click();
        QTRY_VERIFY_WITH_TIMEOUT(shown.series(QStringLiteral("overlay0train")) == nullptr, kPatience);
        QCOMPARE(plotToCsv(shown.loss()), before);
        QVERIFY(shown.charts->findChild<QToolButton*>(QStringLiteral("removeOverlay_") + yesterday.id()) == nullptr);
    }

    void aDraggedRunIsLaidOverAndALongPastIsRead()
    {
        WindowFixture fixture;
        PreparedRun shownRun(fixture.home, "shown");
        shownRun.losses(0, {4});
        PreparedRun longRun(fixture.home, "long", 5000);
        longRun.losses(0, std::vector<double>(4999, 2.0)); // more than is read at once
        longRun.losses(1, {7});
        const ShownRun shown(fixture, shownRun);
        shown.charts->setSmoothing({SmoothingMethod::None, 0.6, 10});
        shown.drop(longRun.id());
        QVERIFY(shown.charts->overlays().has(longRun.id()));
        QTRY_VERIFY_WITH_TIMEOUT(shown.series(QStringLiteral("overlay0train")) != nullptr &&
                                     shown.series(QStringLiteral("overlay0train"))->points.size() == 5000,
                                 kPatience);
        QCOMPARE(shown.series(QStringLiteral("overlay0train"))->points.back().y, 7.0);
        QCOMPARE(shown.page->shownRun(), shownRun.id());
        shown.drop(shownRun.id()); // over itself nothing is laid
        QCOMPARE(shown.charts->overlays().all().size(), std::size_t{1});
        QMimeData text;
        text.setText(QStringLiteral("no run"));
        QDragEnterEvent foreign({9, 9}, Qt::CopyAction, &text, Qt::LeftButton, {});
        foreign.ignore();
        QApplication::sendEvent(shown.charts, &foreign);
        QVERIFY(!foreign.isAccepted());
    }

    void aRunAtWorkGrowsInTheChartsOfAnother()
    {
        WindowFixture fixture;
        PreparedRun shownRun(fixture.home, "shown");
        shownRun.losses(0, {4});
        PreparedRun live(fixture.home, "live");
        live.losses(0, {3, 2});
        QVERIFY(fixture.runs->watch(live.id()).has_value());
        const ShownRun shown(fixture, shownRun);
        shown.charts->setSmoothing({SmoothingMethod::None, 0.6, 10});
        shown.drop(live.id());
        QTRY_VERIFY_WITH_TIMEOUT(shown.series(QStringLiteral("overlay0train")) != nullptr, kPatience);
        live.write(events::Step{.stage = 0, .step = 3, .loss = 1.5});
        fixture.runs->poll();
        QTRY_COMPARE_WITH_TIMEOUT(shown.series(QStringLiteral("overlay0train"))->points.size(), std::size_t{3}, kPatience);
        QCOMPARE(shown.series(QStringLiteral("overlay0train"))->points.back().y, 1.5);
    }

    void fourOthersFitAndNoTwoLookAlike()
    {
        WindowFixture fixture;
        PreparedRun shownRun(fixture.home, "shown");
        shownRun.losses(0, {4, 3});
        std::vector<std::unique_ptr<PreparedRun>> others;
        for (int i = 0; i < 5; ++i) {
            others.push_back(std::make_unique<PreparedRun>(fixture.home, "other " + std::to_string(i)));
            others.back()->losses(0, {1.0 + i, 2.0 + i});
        }
        const ShownRun shown(fixture, shownRun);
        for (const auto& each : others) {
            shown.drop(each->id());
        }
        QCOMPARE(shown.charts->overlays().all().size(), RunOverlays::kMost);
        QVERIFY(!shown.charts->overlays().has(others[4]->id()));
        QVERIFY(!shown.charts->findChild<QToolButton*>(QStringLiteral("addOverlay"))->isEnabled());
        std::vector<PlotStyle> styles{shown.series(QStringLiteral("train"))->style};
        for (int i = 0; i < 4; ++i) {
            const PlotStyle style = shown.series(QStringLiteral("overlay%1train").arg(i))->style;
            for (const PlotStyle& other : styles) {
                QVERIFY(style.colour != other.colour && style.dash != other.dash);
            }
            styles.push_back(style);
        }
        fixture.runs->poll();
        shown.window->showRun(others[0]->id()); // another run's charts begin without them
        QCOMPARE(shown.charts->overlays().all().size(), std::size_t{0});
        QVERIFY(shown.series(QStringLiteral("overlay0train")) == nullptr);
    }

    void aPressOnAnotherRunDoesNotShowItYetAndItsMenuLaysItOver()
    {
        WindowFixture fixture;
        PreparedRun first(fixture.home, "first");
        first.losses(0, {4});
        PreparedRun second(fixture.home, "second");
        second.losses(0, {3});
        QVERIFY(fixture.runs->watch(first.id()).has_value());
        QVERIFY(fixture.runs->watch(second.id()).has_value());
        const ShownRun shown(fixture, first);
        auto* list = shown.page->findChild<RunList*>();
        QTRY_VERIFY_WITH_TIMEOUT(list->runs().rowOf(second.id()) >= 0, kPatience);
        const QPoint place = list->visualRect(list->runs().index(list->runs().rowOf(second.id()), 0)).center();
        QTest::mousePress(list->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(shown.page->shownRun(), first.id());
        QTest::mouseRelease(list->viewport(), Qt::LeftButton, {}, QPoint(place.x(), -50)); // not on the row: nothing was chosen
        QCOMPARE(shown.page->shownRun(), first.id());
        QContextMenuEvent asked(QContextMenuEvent::Mouse, place, list->viewport()->mapToGlobal(place));
        QApplication::sendEvent(list->viewport(), &asked);
        auto* menu = list->findChild<QMenu*>(QStringLiteral("runListMenu"));
        QVERIFY(menu != nullptr);
        menu->findChild<QAction*>(QStringLiteral("runListOverlay"))->trigger();
        menu->close();
        QVERIFY(shown.charts->overlays().has(second.id()));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(shown.page->shownRun(), second.id());
    }
};

LORI_TEST(RunOverlaysTest)
#include "run_overlays_test.moc"
