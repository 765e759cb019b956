// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "ui/models/plot_table_model.h"
#include "ui/widgets/plot_bars.h"
#include "ui/widgets/plot_export.h"
#include "ui/widgets/plot_table.h"
#include "ui/widgets/plot_view.h"

#include <QPainter>
#include <QtTest>

using namespace lori::ui;

namespace {

PlotSeries bars(const QString& id, std::vector<double> values, PlotDash dash = PlotDash::Solid)
{
    PlotSeries made;
    made.id = made.name = id;
    made.style.shape = PlotShape::Bars;
    made.style.dash = dash;
    for (std::size_t i = 0; i < values.size(); ++i) {
        made.points.push_back({static_cast<double>(i), values[i]});
    }
    return made;
}

PlotSeries scattered(const QString& id, std::vector<PlotPoint> points)
{
    PlotSeries made;
    made.id = made.name = id;
    made.style.shape = PlotShape::Points;
    made.points = std::move(points);
    return made;
}

} // namespace

class PlotBarsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void barsStandSideBySideAndDoNotOverlap()
    {
        std::vector<PlotSeries> all{bars(QStringLiteral("a"), {1}), bars(QStringLiteral("hidden"), {1}),
                                    scattered(QStringLiteral("points"), {{0, 1}}), bars(QStringLiteral("b"), {1})};
        all[1].visible = false;
        const std::vector<BarPlace> places = barPlaces(all);
        QCOMPARE(places.size(), std::size_t(4));
        QCOMPARE(places[1].width, 0.0);
        QCOMPARE(places[2].width, 0.0);
        QVERIFY(places[0].offset + places[0].width / 2 <= places[3].offset - places[3].width / 2 + 1e-12);
        QVERIFY(places[3].offset + places[3].width / 2 < 0.5); // never into the next category
        QCOMPARE(places[0].offset, -places[3].offset);
    }

    void barsBeginAtZero()
    {
        PlotView view;
        view.setSeries(bars(QStringLiteral("a"), {90, 95}));
        view.refreshNow();
        QCOMPARE(view.visibleRange().yMin, 0.0);
        QVERIFY(view.visibleRange().yMax > 95);
        view.setSeries(bars(QStringLiteral("a"), {-5, -2}));
        view.refreshNow();
        QCOMPARE(view.visibleRange().yMax, 0.0);
        QVERIFY(view.visibleRange().yMin < -5);
    }

    void categoriesHaveNamesAndRoom()
    {
        PlotView view;
        view.resize(700, 300);
        view.show();
        view.setCategories({QStringLiteral("math"), QStringLiteral("code"), QStringLiteral("safety")});
        view.setSeries(bars(QStringLiteral("a"), {1, 2, 3}));
        view.refreshNow();
        QCOMPARE(view.visibleRange().xMin, -0.5);
        QCOMPARE(view.visibleRange().xMax, 2.5);
        QCOMPARE(view.frame().xTicks(), (std::vector<double>{0, 1, 2}));
        QCOMPARE(view.frame().xText(1), QStringLiteral("code"));
        QCOMPARE(view.frame().xText(7), QString());
        view.pointAt(1.4);
        QCOMPARE(view.readOut(), QStringLiteral("code; a: 2"));
        view.setCategories({});
        view.refreshNow();
        QCOMPARE(view.frame().xText(1), QStringLiteral("1"));
    }

    void namesThatDoNotFitAreThinnedNotWrittenOverEachOther()
    {
        QStringList names;
        std::vector<double> values;
        for (int i = 0; i < 60; ++i) {
            names << QStringLiteral("a rather long name %1").arg(i);
            values.push_back(i);
        }
        PlotView view;
        view.resize(600, 300);
        view.show();
        view.setCategories(names);
        view.setSeries(bars(QStringLiteral("a"), values));
        view.refreshNow();
        const std::vector<double> ticks = view.frame().xTicks();
        QVERIFY(ticks.size() >= 2 && ticks.size() < 10);
        const double apart = view.frame().toPixel(ticks[1], 0).x() - view.frame().toPixel(ticks[0], 0).x();
        QVERIFY(apart >= QFontMetricsF(view.font()).horizontalAdvance(names[0]));
    }

    void theReadOutSaysTheIntervalOfTheBarPointedAt()
    {
        PlotView view;
        PlotSeries one = bars(QStringLiteral("before"), {0.25, 0.5});
        one.band = {{0, 0.2, 0.3}, {1, 0.4, 0.6}};
        view.setYFormat(PlotFormat::Percent);
        view.setCategories({QStringLiteral("x"), QStringLiteral("y")});
        view.setSeries(one);
        view.setSeries(bars(QStringLiteral("only x"), {0.75}));
        view.pointAt(1);
        QCOMPARE(view.readOut(), QStringLiteral("y; before: 50% [40% – 60%]")); // the other has no bar there
        view.pointAt(0);
        QCOMPARE(view.readOut(), QStringLiteral("x; before: 25% [20% – 30%]; only x: 75%"));
    }

    void aBarIsAsTallAsItsValue()
    {
        PlotView view;
        view.resize(500, 320);
        view.show();
        view.setCategories({QStringLiteral("x")});
        view.setSeries(bars(QStringLiteral("a"), {1}));
        view.setYLimits(std::pair(0.0, 2.0));
        view.refreshNow();
        QImage image(view.size(), QImage::Format_RGB32);
        QPainter painter(&image);
        view.render(painter, QRectF(QPointF(0, 0), view.size()));
        painter.end();
        const PlotFrame& frame = view.frame();
        const QColor colour = plotColour(0, view.palette());
        const auto at = [&](double y) {
            return QColor(image.pixel(frame.toPixel(0, y).toPoint()));
        };
        QCOMPARE(at(0.5), colour);
        QCOMPARE(at(0.97), colour);
        QVERIFY(at(1.5) != colour);
        QVERIFY(QColor(image.pixel(frame.toPixel(0.45, 0.5).toPoint())) != colour); // beside the bar
    }

    void scatteredPointsHaveNoLineAndAreReadOnlyWhereTheyAre()
    {
        PlotView view;
        view.resize(500, 320);
        view.show();
        view.setSeries(scattered(QStringLiteral("runs"), {{0.5, 80}, {0.9, 78}}));
        view.setSeries(scattered(QStringLiteral("others"), {{0.7, 60}}));
        view.refreshNow();
        QCOMPARE(view.drawnPoints(QStringLiteral("runs")), std::size_t(0)); // none joined by a line
        view.pointAt(0.72);
        QCOMPARE(view.readOut(), QStringLiteral("0.7; others: 60"));
        QImage image(view.size(), QImage::Format_RGB32);
        QPainter painter(&image);
        view.setCrosshair(std::nullopt);
        view.render(painter, QRectF(QPointF(0, 0), view.size()));
        painter.end();
        QCOMPARE(QColor(image.pixel(view.frame().toPixel(0.7, 60).toPoint())), plotColour(0, view.palette()));
    }

    void tableAndFileNameTheCategories()
    {
        PlotView view;
        view.setAxisTitles(QStringLiteral("Task"), QStringLiteral("Score"));
        view.setCategories({QStringLiteral("maths"), QStringLiteral("code, \"hard\"")});
        view.setSeries(bars(QStringLiteral("a"), {1, 2}));
        PlotTableModel model;
        model.setCurves(tableOf(view.series()), axisOf(view.frame()));
        QCOMPARE(model.headerData(0, Qt::Horizontal).toString(), QStringLiteral("Task"));
        QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("code, \"hard\""));
        QCOMPARE(plotToCsv(view).split(QLatin1Char('\n'))[2], QStringLiteral("\"a\",\"code, \"\"hard\"\"\",2,,"));
    }

    void divergingColoursAreStrongestAtTheEndsAndDifferBySign()
    {
        for (const QColor& base : {QColor(Qt::white), QColor(32, 33, 36)}) {
            QPalette palette;
            palette.setColor(QPalette::Base, base);
            palette.setColor(QPalette::Window, base);
            palette.setColor(QPalette::Text, base.lightness() > 128 ? Qt::black : Qt::white);
            palette.setColor(QPalette::WindowText, base.lightness() > 128 ? Qt::black : Qt::white);
            const QColor zero = divergingColour(0, palette);
            QVERIFY(contrastRatio(divergingColour(1, palette), zero) > contrastRatio(divergingColour(0.4, palette), zero));
            QVERIFY(contrastRatio(divergingColour(1, palette), zero) > 3);
            QVERIFY(contrastRatio(divergingColour(-1, palette), zero) > 3);
            QVERIFY(divergingColour(1, palette).blue() > divergingColour(1, palette).red());
            QVERIFY(divergingColour(-1, palette).red() > divergingColour(-1, palette).blue());
            QCOMPARE(divergingColour(9, palette), divergingColour(1, palette));
        }
    }
};

LORI_TEST(PlotBarsTest)
#include "plot_bars_test.moc"
