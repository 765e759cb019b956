// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "ui/widgets/crosshair_group.h"
#include "ui/widgets/plot_export.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_style.h"
#include "ui/widgets/plot_table.h"
#include "ui/widgets/plot_view.h"
#include "ui/widgets/smoothing.h"

#include <QAbstractItemModelTester>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace lori::ui;

namespace {

std::vector<PlotPoint> wave(std::size_t count)
{
    std::vector<PlotPoint> points;
    for (std::size_t i = 1; i <= count; ++i) {
        points.push_back({static_cast<double>(i), 2 + std::sin(static_cast<double>(i) * 0.37)});
    }
    return points;
}

PlotSeries series(const QString& id, std::vector<PlotPoint> points)
{
    return {id, id, {}, std::move(points), {}, true};
}

} // namespace

class PlotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void smoothingKeepsAConstantExactly()
    {
        const std::vector<PlotPoint> constant(50, PlotPoint{0, 0.1});
        for (const double weight : {0.0, 0.5, 0.9, 0.999}) {
            for (const PlotPoint& point : exponentialAverage(constant, weight)) {
                QCOMPARE(point.y, 0.1);
            }
        }
        for (const PlotPoint& point : movingAverage(constant, 7)) {
            QCOMPARE(point.y, 0.1);
        }
    }

    void smoothingNeverChangesThePast()
    {
        const std::vector<PlotPoint> all = wave(200);
        for (const Smoothing& smoothing :
             {Smoothing{SmoothingMethod::ExponentialAverage, 0.9, 10}, Smoothing{SmoothingMethod::MovingAverage, 0.9, 10},
              Smoothing{SmoothingMethod::None, 0, 1}}) {
            const std::vector<PlotPoint> whole = smoothed(all, smoothing);
            for (const std::size_t prefix : {std::size_t{1}, std::size_t{2}, std::size_t{57}}) {
                const std::vector<PlotPoint> part =
                    smoothed({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(prefix)}, smoothing);
                QVERIFY(std::equal(part.begin(), part.end(), whole.begin()));
            }
        }
    }

    void exponentialAverageIsTheDebiasedOne()
    {
        const std::vector<PlotPoint> points{{1, 4}, {2, 1}, {3, 7}};
        const double w = 0.6;
        double biased = 0;
        const std::vector<PlotPoint> result = exponentialAverage(points, w);
        for (std::size_t i = 0; i < points.size(); ++i) {
            biased = w * biased + (1 - w) * points[i].y;
            const double expected = biased / (1 - std::pow(w, static_cast<double>(i + 1)));
            QVERIFY2(std::abs(result[i].y - expected) < 1e-12, qPrintable(QString::number(result[i].y, 'g', 17)));
        }
    }

    void movingAverageIsTheMeanOfTheWindow()
    {
        const std::vector<PlotPoint> result = movingAverage({{1, 3}, {2, 5}, {3, 10}, {4, 0}}, 3);
        QCOMPARE(result[0].y, 3.0);
        QCOMPARE(result[1].y, 4.0);
        QCOMPARE(result[2].y, 6.0);
        QCOMPARE(result[3].y, 5.0);
    }

    void smoothingStartsAnewAtEachStage()
    {
        std::vector<PlotPoint> points;
        for (int i = 1; i <= 20; ++i) {
            points.push_back({static_cast<double>(i), i <= 10 ? 1.0 : i <= 15 ? 12.6 : 3.0});
        }
        for (const Smoothing& smoothing :
             {Smoothing{}, Smoothing{SmoothingMethod::MovingAverage, 0, 5}, Smoothing{SmoothingMethod::None, 0, 1}}) {
            const auto smooth = smoothed(points, smoothing, {10.0, 15.0});
            QCOMPARE(smooth, points); // three constant stages stay constant: none remembers the one before
        }
        QVERIFY(smoothed(points, Smoothing{})[10].y < 12); // without the breaks it would
        QCOMPARE(smoothed({}, Smoothing{}, {1.0}).size(), std::size_t{0});
    }

    void smoothingPassesOverValuesThatAreNotNumbers()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const std::vector<PlotPoint> result = exponentialAverage({{1, 2}, {2, nan}, {3, 2}}, 0.9);
        QCOMPARE(result[0].y, 2.0);
        QVERIFY(std::isnan(result[1].y));
        QCOMPARE(result[2].y, 2.0);
    }

    void thinningKeepsSpikesAndStaysSmall()
    {
        std::vector<PlotPoint> points = wave(100000);
        points[54321].y = 99;
        points[60000].y = -99;
        const std::vector<PlotPoint> few = thinned(points, 0, 100000, 1000);
        QVERIFY(few.size() <= 2000);
        QVERIFY(few.size() > 1500);
        const auto [low, high] = std::minmax_element(few.begin(), few.end(), [](auto& a, auto& b) { return a.y < b.y; });
        QCOMPARE(high->y, 99.0);
        QCOMPARE(low->y, -99.0);
        QVERIFY(std::is_sorted(few.begin(), few.end(), [](auto& a, auto& b) { return a.x < b.x; }));
    }

    void thinningAWindowKeepsTheNeighboursOutside()
    {
        const std::vector<PlotPoint> few = thinned(wave(1000), 100.5, 110.5, 500);
        QCOMPARE(few.front().x, 100.0);
        QCOMPARE(few.back().x, 111.0);
        QCOMPARE(few.size(), std::size_t{12});
    }

    void ticksAreRoundNumbers()
    {
        QCOMPARE(niceTicks(0.3, 4.1, 4), (std::vector<double>{1, 2, 3, 4}));
        QCOMPARE(niceTicks(0, 0, 4), std::vector<double>{});
        QCOMPARE(niceLogTicks(0.5, 2000, 5), (std::vector<double>{1, 10, 100, 1000}));
        QCOMPARE(niceLogTicks(0.9, 9, 5), (std::vector<double>{1, 2, 5}));
        QVERIFY(niceLogTicks(1.5, 1.9, 4).size() >= 2);
    }

    void anAxisOfStepsHasNoMarkBetweenTwoOfThem()
    {
        PlotFrame frame;
        frame.area = QRectF(0, 0, 900, 200);
        frame.range = {0, 2, 0, 1};
        QVERIFY(frame.xTicks().size() > 3); // 0.2, 0.4 …
        frame.wholeX = true;
        QCOMPARE(frame.xTicks(), (std::vector<double>{0, 1, 2}));
        frame.range = {0, 1, 0, 1};
        QCOMPARE(frame.xTicks(), (std::vector<double>{0, 1}));
        frame.range = {2.9, 3.4, 0, 1}; // zoomed in
        QCOMPARE(frame.xTicks(), (std::vector<double>{3}));
        frame.range = {0, 5000, 0, 1};
        const std::vector<double> many = frame.xTicks();
        QVERIFY(many.size() > 3 && many.size() < 20);
        QVERIFY(std::all_of(many.begin(), many.end(), [](double tick) { return tick == std::round(tick); }));
    }

    void theTableTwinHasNoRowNumbersAndWholeHeaders()
    {
        PlotPanel panel(QStringLiteral("loss"), QStringLiteral("Loss"));
        panel.resize(900, 400);
        panel.show();
        panel.view()->setSeries(series(QStringLiteral("Training, as measured, with a name that needs its room"), wave(5)));
        panel.setTableShown(true);
        const auto* table = panel.findChild<QTableView*>(QStringLiteral("lossTableView"));
        QVERIFY(table->verticalHeader()->isHidden());
        const QHeaderView* header = table->horizontalHeader();
        QCOMPARE(header->count(), 2);
        for (int column = 0; column < header->count(); ++column) {
            QTRY_VERIFY2(header->sectionSize(column) >= header->sectionSizeHint(column), qPrintable(QString::number(column)));
        }
        QVERIFY(header->sectionSize(1) > header->sectionSize(0));
    }

    void coloursAreReadableOnLightAndDark()
    {
        for (const QColor& base : {QColor(Qt::white), QColor(0x1b, 0x1e, 0x20)}) {
            QPalette palette;
            palette.setColor(QPalette::Base, base);
            palette.setColor(QPalette::Text, readableOn(base));
            palette.setColor(QPalette::Window, base);
            palette.setColor(QPalette::WindowText, readableOn(base));
            for (int i = 0; i < kPlotColours; ++i) {
                QVERIFY2(contrastRatio(plotColour(i, palette), base) >= 3, qPrintable(QString::number(i)));
            }
        }
    }

    void drawsAtMostTwoThousandPointsOfAHundredThousand()
    {
        PlotView view;
        view.resize(3000, 400);
        view.show();
        view.setSeries(series(QStringLiteral("a"), wave(100000)));
        view.refreshNow();
        QVERIFY(view.drawnPoints(QStringLiteral("a")) <= PlotView::kMaxDrawnPoints);
        QVERIFY(view.drawnPoints(QStringLiteral("a")) > 500);
        view.zoomTo({10, 20, 0, 4});
        QCOMPARE(view.drawnPoints(QStringLiteral("a")), std::size_t{13});
    }

    void redrawsAtMostFiveTimesASecond()
    {
        PlotView view;
        view.show();
        view.refreshNow();
        const QSignalSpy refreshed(&view, &PlotView::refreshed);
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 700) {
            view.setSeries(series(QStringLiteral("a"), wave(10)));
            QCoreApplication::processEvents();
        }
        QVERIFY2(refreshed.count() >= 1 && refreshed.count() <= 4, qPrintable(QString::number(refreshed.count())));
    }

    void aHiddenPlotDoesNotRedraw()
    {
        PlotView view;
        const QSignalSpy refreshed(&view, &PlotView::refreshed);
        view.setSeries(series(QStringLiteral("a"), wave(10)));
        QTest::qWait(150);
        QCOMPARE(refreshed.count(), 0);
        view.show();
        QVERIFY(refreshed.count() > 0);
        QCOMPARE(view.drawnPoints(QStringLiteral("a")), std::size_t{10});
    }

    void aLogarithmLeavesNonPositivePointsOutAndSaysHowMany()
    {
        PlotPanel panel(QStringLiteral("loss"), QStringLiteral("Loss"));
        panel.show();
        panel.view()->setSeries(series(QStringLiteral("a"), {{1, 1}, {2, 0}, {3, -4}, {4, 100}}));
        panel.findChild<QToolButton*>(QStringLiteral("lossLogarithm"))->click();
        QCOMPARE(panel.view()->yScale(), PlotScale::Logarithmic);
        QCOMPARE(panel.view()->hiddenByLogarithm(), std::size_t{2});
        QCOMPARE(panel.view()->drawnPoints(QStringLiteral("a")), std::size_t{2});
        const auto* note = panel.findChild<QLabel*>(QStringLiteral("lossNote"));
        QVERIFY(note->isVisible());
        QVERIFY2(note->text().contains(QLatin1Char('2')), qPrintable(note->text()));
        QVERIFY(panel.view()->visibleRange().yMin > 0);
        panel.findChild<QToolButton*>(QStringLiteral("lossLogarithm"))->click();
        QVERIFY(!note->isVisible());
    }

    void keysMoveZoomAndReset()
    {
        PlotView view;
        view.resize(600, 300);
        view.show();
        view.setSeries(series(QStringLiteral("a"), {{1, 1}, {3, 2}, {10, 3}}));
        view.refreshNow();
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.crosshair(), std::optional(1.0));
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.crosshair(), std::optional(3.0));
        QCOMPARE(view.readOut(), QStringLiteral("3; a: 2"));
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.crosshair(), std::optional(10.0));
        QTest::keyClick(&view, Qt::Key_Plus);
        QVERIFY(view.isZoomed());
        QTest::keyClick(&view, Qt::Key_Home);
        QVERIFY(!view.isZoomed());
        QTest::keyClick(&view, Qt::Key_Escape);
        QVERIFY(!view.crosshair());
    }

    void aDraggedRectangleZoomsAndADoubleClickResets()
    {
        PlotView view;
        view.resize(600, 300);
        view.show();
        view.setSeries(series(QStringLiteral("a"), wave(100)));
        view.refreshNow();
        auto* surface = view.findChild<QAbstractScrollArea*>(QStringLiteral("plotCanvas"))->viewport();
        const PlotFrame frame = view.frame();
        const QPoint from = frame.toPixel(20, 2.8).toPoint();
        const QPoint to = frame.toPixel(40, 1.5).toPoint();
        QTest::mousePress(surface, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, surface->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(surface, &move);
        QTest::mouseRelease(surface, Qt::LeftButton, {}, to);
        QVERIFY(view.isZoomed());
        QVERIFY2(std::abs(view.visibleRange().xMin - 20) < 0.5 && std::abs(view.visibleRange().xMax - 40) < 0.5, "zoomed range");
        QTest::mouseDClick(surface, Qt::LeftButton, {}, from);
        QVERIFY(!view.isZoomed());
    }

    void zoomingKeepsThePointUnderThePointer()
    {
        PlotView view;
        view.resize(600, 300);
        view.show();
        view.setSeries(series(QStringLiteral("a"), wave(100)));
        view.refreshNow();
        const QPointF before = view.frame().toPixel(30, 2);
        view.zoomAt(2, 30, 2);
        const QPointF after = view.frame().toPixel(30, 2);
        QVERIFY2((before - after).manhattanLength() < 25, "the axis labels may shift the area by some pixels, no more");
        QVERIFY(view.visibleRange().xMax - view.visibleRange().xMin < 51);
    }

    void plotsOfAGroupShareTheCrosshair()
    {
        CrosshairGroup group;
        PlotView a;
        PlotView b;
        group.add(&a);
        group.add(&b);
        a.setSeries(series(QStringLiteral("a"), {{1, 1}, {2, 4}, {3, 9}}));
        b.setSeries(series(QStringLiteral("b"), {{1, 7}, {3, 8}}));
        a.pointAt(2.1);
        QCOMPARE(b.crosshair(), std::optional(2.0));
        QCOMPARE(b.readOut(), QStringLiteral("2; b: 7 (at 1)"));
        b.hideCrosshair();
        QVERIFY(!a.crosshair());
    }

    void csvHoldsTheRawValues()
    {
        PlotView view;
        PlotSeries one = series(QStringLiteral("a \"b\""), {{1, 0.1}, {2, 1.0 / 3}});
        one.band = {{2, 0.25, 0.5}};
        view.setSeries(one);
        view.setSeries(series(QStringLiteral("hidden"), {{1, 5}}));
        view.setSeriesVisible(QStringLiteral("hidden"), false);
        const QStringList lines = plotToCsv(view).split(QLatin1Char('\n'));
        QCOMPARE(lines[0], QStringLiteral("series,x,y,low,high"));
        QCOMPARE(lines[1], QStringLiteral("\"a \"\"b\"\"\",1,0.10000000000000001,,"));
        QCOMPARE(lines[2].section(QLatin1Char(','), 2, 2).toDouble(), 1.0 / 3);
        QCOMPARE(lines[2].section(QLatin1Char(','), 3), QStringLiteral("0.25,0.5"));
        QCOMPARE(lines.size(), 4);
    }

    void savesPictureDrawingAndNumbers()
    {
        const QTemporaryDir folder;
        PlotView view;
        view.resize(400, 200);
        view.show();
        view.setSeries(series(QStringLiteral("a"), wave(30)));
        for (const QString& ending : {QStringLiteral(".png"), QStringLiteral(".svg"), QStringLiteral(".csv")}) {
            const QString file = folder.filePath(QStringLiteral("plot") + ending);
            QCOMPARE(savePlot(view, QStringLiteral("Loss"), file), QString());
            QVERIFY(QFileInfo(file).size() > 200);
        }
        QImage image(folder.filePath(QStringLiteral("plot.png")));
        QVERIFY(image.width() >= 800);
        const double shape = static_cast<double>(image.width()) / image.height();
        QVERIFY2(shape > 1.3 && shape < 1.65, qPrintable(QString::number(shape))); // for a page, not the strip on the screen
        QCOMPARE(view.size(), QSize(400, 200));
        QCOMPARE(view.frame().area.right() < 400, true);
        QFile svg(folder.filePath(QStringLiteral("plot.svg")));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(!svg.readAll().contains("<image"));
        QVERIFY(savePlot(view, {}, folder.filePath(QStringLiteral("no/such/plot.csv"))).contains(QStringLiteral("Cannot save")));
        // the ending says what is written, whatever the filter of the dialog said
        for (const auto& [name, begin] :
             {std::pair{"a.pdf", "%PDF"}, std::pair{"b.PNG", "\x89PNG"}, std::pair{"c.SVG", "<?xml"}}) {
            QCOMPARE(savePlot(view, QStringLiteral("Loss"), folder.filePath(QLatin1String(name))), QString());
            QFile written(folder.filePath(QLatin1String(name)));
            QVERIFY(written.open(QIODevice::ReadOnly));
            QVERIFY2(written.read(64).startsWith(begin), name);
        }
        for (const char* name : {"loss.xlsx", "loss.jpg", "loss"}) {
            const QString file = folder.filePath(QLatin1String(name));
            QVERIFY2(savePlot(view, {}, file).contains(QStringLiteral(".png, .svg, .pdf or .csv")), name);
            QVERIFY2(!QFile::exists(file), name);
        }
    }

    void aSavedPictureSaysWhoseItIs()
    {
        PlotPanel panel(QStringLiteral("loss"), QStringLiteral("Loss"));
        QCOMPARE(panel.pictureTitle(), QStringLiteral("Loss"));
        QCOMPARE(panel.fileName(), QStringLiteral("loss.png"));
        panel.setSubject(QStringLiteral("Capitals: 90 % / 首都"));
        QCOMPARE(panel.pictureTitle(), QStringLiteral("Capitals: 90 % / 首都 – Loss"));
        QVERIFY2(!panel.fileName().contains(QLatin1Char('/')) && !panel.fileName().contains(QLatin1Char(':')) &&
                     panel.fileName().startsWith(QStringLiteral("Capitals")) &&
                     panel.fileName().contains(QStringLiteral("首都")) && panel.fileName().endsWith(QStringLiteral("-loss.png")),
                 qPrintable(panel.fileName()));
    }

    void aPausesHatchIsOfLinesInsideItsBand()
    {
        const QTemporaryDir folder;
        PlotView view;
        view.resize(400, 200);
        view.show();
        view.setSeries(series(QStringLiteral("a"), wave(30)));
        const auto svgOf = [&](const QString& name) {
            const QString file = folder.filePath(name);
            if (!savePlot(view, QStringLiteral("Loss"), file).isEmpty()) {
                return QByteArray();
            }
            QFile svg(file);
            return svg.open(QIODevice::ReadOnly) ? svg.readAll() : QByteArray();
        };
        const QByteArray before = svgOf(QStringLiteral("before.svg"));
        view.setSpans({{10, 20, QStringLiteral("paused")}});
        const QByteArray with = svgOf(QStringLiteral("with.svg"));
        QVERIFY(before.size() > 200 && with.contains("paused") && !before.contains("paused"));
        QVERIFY(!with.contains("<pattern") && !with.contains("fillpattern")); // black in ImageMagick
        QVERIFY2(with.count("<polyline") + with.count("<path") > before.count("<polyline") + before.count("<path") + 20,
                 "the hatch is lines");
        view.setSpans({{40, 50, QStringLiteral("paused")}}); // beside what is shown
        QVERIFY(!svgOf(QStringLiteral("beside.svg")).contains("paused"));
    }

    void theTableTwinHoldsTheSameNumbers()
    {
        PlotView view;
        view.setSeries(series(QStringLiteral("a"), {{1, 10}, {2, 20}}));
        view.setSeries(series(QStringLiteral("b"), {{2, 5}}));
        PlotTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setCurves(tableOf(view.series()), axisOf(view.frame()));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(model.index(1, 1).data().toString(), QStringLiteral("20"));
        QCOMPARE(model.index(1, 2).data().toString(), QStringLiteral("5"));
        QVERIFY(!model.index(0, 2).data().isValid());
        QCOMPARE(model.index(0, 2).data(Qt::AccessibleTextRole).toString(), QStringLiteral("no value"));
        QCOMPARE(model.index(1, 1).data(TableRole::Sort).toDouble(), 20.0);
    }

    void aLegendButtonHidesItsCurve()
    {
        PlotPanel panel(QStringLiteral("p"), QStringLiteral("P"));
        panel.show();
        panel.view()->setSeries(series(QStringLiteral("a"), wave(5)));
        panel.findChild<QToolButton*>(QStringLiteral("legend_a"))->click();
        QVERIFY(!panel.view()->series().front().visible);
        panel.view()->setSeries(series(QStringLiteral("a"), wave(6)));
        QVERIFY2(!panel.view()->series().front().visible, "new points must not show a curve again that a person hid");
    }

    void everyControlHasANameForScreenReaders()
    {
        PlotPanel panel(QStringLiteral("p"), QStringLiteral("P"));
        panel.view()->setSeries(series(QStringLiteral("a"), wave(5)));
        panel.show();
        panel.view()->pointAt(3);
        QAccessibleInterface* chart = QAccessible::queryAccessibleInterface(panel.view());
        QCOMPARE(chart->role(), QAccessible::Chart);
        QVERIFY(chart->text(QAccessible::Value).contains(QStringLiteral("3; a:")));
        for (QWidget* widget : panel.findChildren<QWidget*>()) {
            if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible()) {
                QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
                QVERIFY2(!QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name).isEmpty(),
                         qPrintable(widget->objectName()));
            }
        }
    }
};

LORI_TEST(PlotTest)
#include "plot_test.moc"
