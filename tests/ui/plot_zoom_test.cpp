// SPDX-License-Identifier: GPL-3.0-or-later
// How far a plot can be zoomed, by what, and where its read-out lies.
#include "tests/support/test_registry.h"
#include "ui/widgets/crosshair_group.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_range.h"
#include "ui/widgets/plot_view.h"

#include <QAbstractScrollArea>
#include <QAction>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>
#include <QWheelEvent>
#include <QtTest>

#include <cmath>
#include <optional>

using namespace lori::ui;

namespace {

std::vector<PlotPoint> zoomWave(std::size_t count)
{
    std::vector<PlotPoint> points;
    for (std::size_t i = 1; i <= count; ++i) {
        points.push_back({static_cast<double>(i), 2 + std::sin(static_cast<double>(i) * 0.37)});
    }
    return points;
}

PlotSeries zoomSeries(const QString& id, std::vector<PlotPoint> points)
{
    return {id, id, {}, std::move(points), {}, true};
}

} // namespace

class PlotZoomTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void aZoomNeverLeavesTheData()
    {
        PlotView view;
        view.resize(600, 300);
        view.show();
        view.setSeries(zoomSeries(QStringLiteral("a"), zoomWave(100)));
        view.refreshNow();
        const PlotRange whole = view.visibleRange();
        QCOMPARE(whole.xMin, 1.0);
        QCOMPARE(whole.xMax, 100.0);
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(&view, Qt::Key_Minus);
        }
        QVERIFY(!view.isZoomed()); // there is nothing around it
        QCOMPARE(view.visibleRange(), whole);
        view.zoomTo({-30, 20, 1, 2}); // as wide as it was asked for, from the first point on
        QCOMPARE(view.visibleRange(), (PlotRange{1, 51, 1, 2}));
        view.pan(5, 0);
        QCOMPARE(view.visibleRange(), (PlotRange{50, 100, 1, 2}));
        view.zoomTo({-30, 20, -100, 100}); // no higher than everything
        QCOMPARE(view.visibleRange(), (PlotRange{1, 51, whole.yMin, whole.yMax}));
        QTest::keyClick(&view, Qt::Key_Home);
        QTest::keyClick(&view, Qt::Key_Plus);
        QVERIFY(view.isZoomed());
        QTest::keyClick(&view, Qt::Key_Minus);
        QVERIFY(!view.isZoomed()); // back at everything, whatever was rounded
        view.setYScale(PlotScale::Logarithmic);
        const PlotRange logarithmic = view.visibleRange();
        view.zoomAt(4, 1, logarithmic.yMin);
        QVERIFY(view.isZoomed());
        view.zoomBy(0.01);
        QVERIFY(!view.isZoomed());
        QCOMPARE(view.visibleRange(), logarithmic);
    }

    void aMovableMarkIsDraggedAndMovedByKeyboard()
    {
        PlotView view;
        view.resize(600, 300);
        view.show();
        view.setSeries(zoomSeries(QStringLiteral("a"), zoomWave(100)));
        view.setMarks({{20, QStringLiteral("fixed")}});
        QVERIFY(!view.movableMark());
        view.setMarks({{20, QStringLiteral("fixed")}, {60, QStringLiteral("cut"), true}});
        view.refreshNow();
        QCOMPARE(view.movableMark(), std::optional(60.0));
        double wanted = 0;
        connect(&view, &PlotView::markMoved, &view, [&](double x) { wanted = x; });
        QWidget* surface = view.childAt(view.rect().center());
        QVERIFY(surface != nullptr);
        const auto place = [&](double x) {
            const QPoint inView = view.frame().toPixel(x, view.visibleRange().yMin).toPoint() - QPoint(0, 40);
            return surface->mapFrom(&view, inView);
        };
        const auto drag = [&](double from, double to) {
            QTest::mousePress(surface, Qt::LeftButton, {}, place(from));
            QMouseEvent move(QEvent::MouseMove, place(to), surface->mapToGlobal(place(to)), Qt::NoButton, Qt::LeftButton, {});
            QCoreApplication::sendEvent(surface, &move);
            QTest::mouseRelease(surface, Qt::LeftButton, {}, place(to));
        };
        drag(60, 30);
        QVERIFY2(std::abs(wanted - 30) < 1, qPrintable(QString::number(wanted)));
        QVERIFY(!view.isZoomed()); // no rectangle was drawn
        wanted = 0;
        drag(20, 40); // the other mark stays, and a stretch is chosen as ever
        QCOMPARE(wanted, 0.0);
        int steps = 0;
        connect(&view, &PlotView::markStepped, &view, [&](int by) { steps += by; });
        QTest::keyClick(&view, Qt::Key_Right, Qt::AltModifier);
        QTest::keyClick(&view, Qt::Key_Left, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(steps, 1 - 10);
        QVERIFY(!view.crosshair());
    }

    void plotsOfAGroupShowTheSameStretch()
    {
        CrosshairGroup group;
        PlotView a;
        PlotView b;
        group.add(&a);
        group.add(&b);
        a.setSeries(zoomSeries(QStringLiteral("a"), zoomWave(100)));
        b.setSeries(zoomSeries(QStringLiteral("b"), {{1, 500}, {60, 700}, {100, 600}}));
        a.refreshNow();
        b.refreshNow();
        const PlotRange allOfB = b.visibleRange();
        a.zoomTo({20, 40, 1.5, 2.5});
        QCOMPARE(a.visibleRange(), (PlotRange{20, 40, 1.5, 2.5})); // its own height, too, is as it was asked for
        QCOMPARE(b.visibleRange(), (PlotRange{20, 40, allOfB.yMin, allOfB.yMax}));
        b.zoomTo({30, 50, 550, 650});
        QCOMPARE(b.visibleRange(), (PlotRange{30, 50, 550, 650}));
        QCOMPARE(a.visibleRange(), (PlotRange{30, 50, 1.5, 2.5}));
        a.pan(0.5, 0);
        QCOMPARE(b.visibleRange().xMin, 40.0);
        QCOMPARE(b.visibleRange().xMax, 60.0);
        a.setYScale(PlotScale::Logarithmic); // other heights, the same steps
        QCOMPARE(a.visibleRange().xMin, 40.0);
        QCOMPARE(a.visibleRange().xMax, 60.0);
        b.resetZoom();
        QVERIFY(!a.isZoomed() && !b.isZoomed());
    }

    void theMenuZoomsAsTheKeysDo()
    {
        PlotPanel panel(QStringLiteral("loss"), QStringLiteral("Loss"));
        panel.resize(600, 300);
        panel.show();
        panel.view()->setSeries(zoomSeries(QStringLiteral("a"), zoomWave(101)));
        panel.view()->refreshNow();
        auto* menu = panel.findChild<QToolButton*>(QStringLiteral("lossMenu"))->menu();
        auto* in = menu->findChild<QAction*>(QStringLiteral("zoomIn"));
        auto* out = menu->findChild<QAction*>(QStringLiteral("zoomOut"));
        auto* reset = menu->findChild<QAction*>(QStringLiteral("resetZoom"));
        QVERIFY(in != nullptr && out != nullptr && reset != nullptr && !in->text().isEmpty() && !out->text().isEmpty());
        in->trigger();
        QCOMPARE(panel.view()->visibleRange().xMin, 11.0); // 100 steps / 1.25 = 80, around the middle at 51
        QCOMPARE(panel.view()->visibleRange().xMax, 91.0);
        out->trigger();
        QVERIFY(!panel.view()->isZoomed());
        in->trigger();
        in->trigger();
        reset->trigger();
        QVERIFY(!panel.view()->isZoomed());
    }

    void theWheelZoomsOnlyWhenAskedTo()
    {
        PlotView view;
        view.resize(600, 300);
        view.show();
        view.setSeries(zoomSeries(QStringLiteral("a"), zoomWave(100)));
        view.refreshNow();
        view.clearFocus();
        auto* surface = view.findChild<QAbstractScrollArea*>(QStringLiteral("plotCanvas"))->viewport();
        const QPointF at = view.frame().area.center();
        const auto turn = [&](Qt::KeyboardModifiers keys) {
            QWheelEvent wheel(at, surface->mapToGlobal(at), {}, QPoint(0, 120), Qt::NoButton, keys, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(surface, &wheel);
        };
        QVERIFY(!view.hasFocus());
        turn(Qt::NoModifier);
        QVERIFY(!view.isZoomed()); // the page scrolls
        turn(Qt::ControlModifier);
        QVERIFY(view.isZoomed());
    }

    void theReadOutCoversAsLittleAsItCan()
    {
        const QRectF area(0, 0, 400, 200);
        const QSizeF size(100, 50);
        const auto box = [&](const std::vector<QPointF>& taken, double x = 200) {
            return readOutBox(area, x, size, taken).topLeft();
        };
        QCOMPARE(box({}), QPointF(210, 6));                                                       // right of it, at the top
        QCOMPARE(box({{250, 20}}), QPointF(90, 6));                                               // a curve is there: left of it
        QCOMPARE(box({{250, 20}, {150, 20}}), QPointF(210, 144));                                 // on both sides: at the bottom
        QCOMPARE(box({{250, 20}, {150, 20}, {250, 150}}), QPointF(90, 144));                      //
        QCOMPARE(box({{250, 20}, {250, 21}, {150, 20}, {250, 150}, {150, 150}}), QPointF(90, 6)); // everywhere: where least is
        QCOMPARE(box({}, 390), QPointF(280, 6));                                                  // no room at its right
        QCOMPARE(readOutBox(area, 200, QSizeF(350, 50), {}).left(), 0.0);                         // no room beside it
        QCOMPARE(readOutBox(area, 200, QSizeF(100, 195), {}).top(), 6.0);                         // nor below the top
    }

    void whatTheReadOutShallNotCoverIsTheWholeCurve()
    {
        PlotFrame frame;
        frame.area = QRectF(0, 0, 600, 200);
        frame.range = {0, 10, 0, 2};
        std::vector<PlotSeries> two{zoomSeries(QStringLiteral("a"), {{0, 1}, {10, 1}}),
                                    zoomSeries(QStringLiteral("b"), {{5, 2}})};
        two[1].visible = false;
        const std::vector<QPointF> pixels = pixelsOfSeries(two, frame);
        QVERIFY2(pixels.size() >= 100 && pixels.size() <= 102, qPrintable(QString::number(pixels.size()))); // 600 / 6
        for (const QPointF& pixel : pixels) {
            QCOMPARE(pixel.y(), 100.0); // also between its two points
        }
        two[0].visible = false;
        QVERIFY(pixelsOfSeries(two, frame).empty());
    }
};

LORI_TEST(PlotZoomTest)
#include "plot_zoom_test.moc"
