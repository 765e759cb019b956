// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"
#include "ui/widgets/run_charts.h"
#include "ui/widgets/run_overlays.h"

#include <QComboBox>
#include <QToolButton>
#include <QtTest>

#include <algorithm>

using namespace lori;
using namespace lori::ui;
using Metric = RunCurves::Metric;

namespace {

events::Event eventOf(const std::string& type, nlohmann::json values)
{
    events::Event made;
    made.payload = events::payloadFrom(type, values.dump());
    return made;
}

events::Event step(int stage, int number, double loss)
{
    return eventOf("step", {{"stage", stage}, {"step", number}, {"loss", loss}, {"tokensPerSecond", 200.0}});
}

events::Event step(int stage, int number, double loss, double perToken)
{
    return eventOf("step", {{"stage", stage}, {"step", number}, {"loss", loss}, {"lossPerToken", perToken}});
}

events::Event heldOut(int stage, int number, double loss, double perToken)
{
    return eventOf("heldout", {{"stage", stage}, {"step", number}, {"loss", loss}, {"lossPerToken", perToken}});
}

events::Event plan()
{
    return eventOf("plan", {{"stages",
                             {{{"index", 0}, {"name", "LoRI-D"}, {"kind", "lori-d"}, {"steps", 10}},
                              {{"index", 1}, {"name", "Mask"}, {"kind", "mask"}, {"steps", 0}},
                              {{"index", 2}, {"name", "LoRI-S"}, {"kind", "lori-s"}, {"steps", 5}}}}});
}

events::Event score(int stage, int number, const std::string& metric, double value)
{
    return eventOf("score", {{"stage", stage},
                             {"step", number},
                             {"task", "safety"},
                             {"metric", metric},
                             {"value", value},
                             {"low", value - 0.1},
                             {"high", value + 0.1}});
}

const PlotSeries* find(const PlotView* view, const QString& id)
{
    for (const PlotSeries& one : view->series()) {
        if (one.id == id) {
            return &one;
        }
    }
    return nullptr;
}

} // namespace

class RunChartsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void stepsOfLaterStagesFollowThoseOfEarlierOnes()
    {
        RunCurves curves;
        curves.absorb({plan(), step(0, 1, 3), step(0, 10, 2), step(2, 1, 5), step(2, 5, 1)});
        QCOMPARE(curves.points(Metric::TrainLoss), (std::vector<PlotPoint>{{1, 3}, {10, 2}, {11, 5}, {15, 1}}));
        QCOMPARE(curves.keyAt(10), (StepKey{0, 10}));
        QCOMPARE(curves.keyAt(11), (StepKey{2, 1}));
        QCOMPARE(curves.lastX(), 15.0);
    }

    void aStepSentAgainAfterAResumeReplacesTheOlderOne()
    {
        RunCurves curves;
        curves.absorb({plan(), step(0, 1, 3), step(0, 2, 2.5), step(0, 3, 2)});
        curves.absorb({step(0, 2, 2.4), step(0, 3, 1.9), step(0, 4, 1.8)});
        QCOMPARE(curves.points(Metric::TrainLoss), (std::vector<PlotPoint>{{1, 3}, {2, 2.4}, {3, 1.9}, {4, 1.8}}));
    }

    /// A run of days: bounded in memory, and neither a peak nor the last steps are lost; what is told again replaces them.
    void aVeryLongRunIsThinnedWithoutLosingItsPeaks()
    {
        RunCurves curves;
        constexpr int kSteps = 300'000;
        for (int i = 1; i <= kSteps; ++i) {
            curves.absorb({step(0, i, i == 12'345 ? 99.0 : i == 54'321 ? -5.0 : 2.0 + 0.001 * (i % 7))});
        }
        auto points = curves.points(Metric::TrainLoss);
        QVERIFY2(points.size() <= RunCurves::kMostPoints && points.size() > RunCurves::kMostPoints / 3,
                 qPrintable(QString::number(points.size())));
        QVERIFY(std::is_sorted(points.begin(), points.end(), [](const auto& a, const auto& b) { return a.x < b.x; }));
        const auto has = [&](double x, double y) {
            return std::find(points.begin(), points.end(), PlotPoint{x, y}) != points.end();
        };
        QVERIFY(has(12'345, 99.0) && has(54'321, -5.0));
        for (int i = kSteps - 1000; i <= kSteps; ++i) {
            QVERIFY(has(i, 2.0 + 0.001 * (i % 7)));
        }
        curves.absorb({step(0, kSteps - 500, 7.0), step(0, kSteps - 499, 8.0)}); // resumed from a checkpoint
        points = curves.points(Metric::TrainLoss);
        QVERIFY(has(kSteps - 500, 7.0) && has(kSteps - 499, 8.0));
        QCOMPARE(curves.lastX(), static_cast<double>(kSteps));
    }

    void valuesThatAreNotNumbersAreLeftOut()
    {
        RunCurves curves;
        curves.absorb({eventOf("step", {{"stage", 0}, {"step", 1}, {"loss", nullptr}}),
                       eventOf("step", {{"stage", "x"}, {"loss", "y"}}), eventOf("score", {{"task", 3}}),
                       eventOf("plan", {{"stages", 7}}), eventOf("step", nlohmann::json::array())});
        QVERIFY(curves.empty());
    }

    void aRunWithoutPlanGrowsItsStages()
    {
        RunCurves curves;
        curves.absorb({step(0, 1, 3), step(0, 2, 2), step(1, 1, 1)});
        QCOMPARE(curves.points(Metric::TrainLoss).back(), (PlotPoint{3, 1}));
    }

    void anEmptyRunDrawsItsAxesAndSaysWhenToExpectSomething()
    {
        RunCharts charts;
        charts.resize(800, 700);
        charts.show();
        QVERIFY(charts.panel(QStringLiteral("loss"))->view()->series().empty());
        QVERIFY(!charts.panel(QStringLiteral("loss"))->view()->frame().xTicks().empty());
        QVERIFY(!charts.panel(QStringLiteral("scores"))->isVisible());
        const QImage image = charts.grab().toImage();
        QVERIFY(!image.isNull());
    }

    void oneChartCanStandAlone()
    {
        RunCharts charts;
        charts.show();
        charts.append({plan(), step(0, 1, 3), step(0, 2, 2)});
        charts.updateNow();
        const auto button = [&](const char* name) {
            return charts.findChild<QToolButton*>(QLatin1String(name));
        };
        const auto seen = [&] {
            QStringList names;
            for (const char* name : {"loss", "safety", "scores", "details"}) {
                if (charts.panel(QLatin1String(name))->isVisible()) {
                    names << QLatin1String(name);
                }
            }
            return names.join(QLatin1Char(' '));
        };
        QCOMPARE(seen(), QStringLiteral("loss safety details"));
        button("lossAlone")->click();
        QCOMPARE(seen(), QStringLiteral("loss"));
        charts.append({step(0, 3, 1)});
        charts.updateNow(); // new points do not bring the others back
        QCOMPARE(seen(), QStringLiteral("loss"));
        button("lossAlone")->click();
        QCOMPARE(seen(), QStringLiteral("loss safety details"));
    }

    void bothSidesOfSafetyAreDrawnWithBandsAndBase()
    {
        RunCharts charts;
        charts.append({plan(), score(-1, 0, "refusal_rate", 0.1), score(-1, 0, "needless_refusal_rate", 0.2),
                       score(0, 10, "refusal_rate", 0.9), score(0, 10, "needless_refusal_rate", 0.3)});
        charts.updateNow();
        const PlotView* view = charts.panel(QStringLiteral("safety"))->view();
        const PlotSeries* harmful = find(view, QStringLiteral("safety_refusal_rate"));
        const PlotSeries* harmless = find(view, QStringLiteral("safety_needless_refusal_rate"));
        QVERIFY(harmful != nullptr && harmless != nullptr);
        QCOMPARE(harmful->points, (std::vector<PlotPoint>{{0, 0.1}, {10, 0.9}}));
        QCOMPARE(harmless->band.size(), std::size_t{2});
        QCOMPARE(harmless->band[1], (PlotInterval{10, 0.3 - 0.1, 0.3 + 0.1}));
        QCOMPARE(view->references().size(), std::size_t{2});
        QCOMPARE(view->references().front().y, 0.1);
        QVERIFY(harmful->style.marker != harmless->style.marker && harmful->style.dash != harmless->style.dash);
    }

    void theSmoothedLineHasTheRawOneBehindIt()
    {
        RunCharts charts;
        charts.append({plan(), step(0, 1, 3), step(0, 2, 1)});
        charts.setSmoothing({SmoothingMethod::MovingAverage, 0, 2});
        charts.updateNow();
        const PlotView* view = charts.panel(QStringLiteral("loss"))->view();
        QVERIFY(find(view, QStringLiteral("train"))->style.faint);
        QCOMPARE(find(view, QStringLiteral("trainSmoothed"))->points.back().y, 2.0);
        charts.findChild<QComboBox*>(QStringLiteral("smoothingMethod"))->setCurrentIndex(0);
        charts.updateNow();
        QVERIFY(find(view, QStringLiteral("trainSmoothed")) == nullptr);
        QVERIFY(!find(view, QStringLiteral("train"))->style.faint);
    }

    void theLossIsPerTokenUnlessAPersonWantsItAsTrained()
    {
        RunCharts charts;
        charts.append({plan(), step(0, 1, 120, 3), step(0, 2, 80, 2), heldOut(0, 2, 90, 2.25)});
        charts.updateNow();
        const PlotView* view = charts.panel(QStringLiteral("loss"))->view();
        QCOMPARE(find(view, QStringLiteral("train"))->points.back().y, 2.0);
        QCOMPARE(find(view, QStringLiteral("heldout"))->points.back().y, 2.25);
        QCOMPARE(view->frame().yTitle, QStringLiteral("Loss per token"));
        auto* scale = charts.findChild<QComboBox*>(QStringLiteral("lossScale"));
        QVERIFY(scale->isEnabled() && scale->currentIndex() == 0);
        scale->setCurrentIndex(1);
        QCOMPARE(find(view, QStringLiteral("train"))->points.back().y, 80.0);
        QCOMPARE(find(view, QStringLiteral("heldout"))->points.back().y, 90.0);
        QCOMPARE(view->frame().yTitle, QStringLiteral("Loss as trained"));
    }

    /// A loss added up over a row and one per token on the same axis would be compared, and wrongly.
    void aRunOfAnOlderProgramHasAllLossesShownAsTrained()
    {
        RunCharts charts;
        charts.show();
        charts.append({plan(), step(0, 1, 120, 3)});
        RunOverlays& others = charts.overlays();
        QVERIFY(others.add(QStringLiteral("old"), QStringLiteral("last year")));
        auto* scale = charts.findChild<QComboBox*>(QStringLiteral("lossScale"));
        charts.updateNow();
        QVERIFY(scale->isEnabled()); // nothing of the other is read yet
        others.absorb(QStringLiteral("old"), {step(0, 1, 150)});
        charts.updateNow();
        const PlotView* view = charts.panel(QStringLiteral("loss"))->view();
        QCOMPARE(find(view, QStringLiteral("train"))->points.back().y, 120.0);
        QCOMPARE(find(view, QStringLiteral("overlay0train"))->points.back().y, 150.0);
        QCOMPARE(view->frame().yTitle, QStringLiteral("Loss as trained"));
        QVERIFY(!scale->isEnabled() && scale->toolTip().contains(QStringLiteral("older version")));
        charts.findChild<QToolButton*>(QStringLiteral("removeOverlay_old"))->click();
        QTRY_COMPARE(find(view, QStringLiteral("train"))->points.back().y, 3.0);
        QVERIFY(scale->isEnabled());
    }

    void anotherRunCanBeLaidOverAndTakenAway()
    {
        RunCharts charts;
        charts.show();
        charts.append({plan(), step(0, 1, 3)});
        RunOverlays& others = charts.overlays();
        QVERIFY(others.add(QStringLiteral("id-1"), QStringLiteral("yesterday")));
        others.absorb(QStringLiteral("id-1"), {step(0, 1, 4), step(0, 2, 3)});
        charts.updateNow();
        const PlotView* view = charts.panel(QStringLiteral("loss"))->view();
        QCOMPARE(find(view, QStringLiteral("overlay0train"))->points.size(), std::size_t{2});
        QSignalSpy removed(&others, &RunOverlays::removed);
        charts.findChild<QToolButton*>(QStringLiteral("removeOverlay_id-1"))->click();
        QVERIFY(removed.wait(1000));
        QVERIFY(find(view, QStringLiteral("overlay0train")) == nullptr);
        QVERIFY(find(view, QStringLiteral("train")) != nullptr);
    }

    void atMostFourOtherRunsAreShown()
    {
        RunCharts charts;
        for (std::size_t i = 0; i < RunOverlays::kMost; ++i) {
            QVERIFY(charts.overlays().add(QStringLiteral("run %1").arg(i), QStringLiteral("the same name")));
        }
        QVERIFY(!charts.overlays().add(QStringLiteral("one too many"), QStringLiteral("the same name")));
    }

    void resetForgetsTheRun()
    {
        RunCharts charts;
        charts.append({plan(), step(0, 1, 3)});
        charts.updateNow();
        charts.reset();
        QVERIFY(charts.curves().empty());
        QVERIFY(charts.panel(QStringLiteral("loss"))->view()->series().empty());
    }

    void theDetailsChartSwitches()
    {
        RunCharts charts;
        charts.append({plan(), step(0, 1, 3), eventOf("heartbeat", {{"stage", 0}, {"step", 1}, {"rssBytes", 2147483648LL}})});
        charts.updateNow();
        const PlotView* view = charts.panel(QStringLiteral("details"))->view();
        QCOMPARE(find(view, QStringLiteral("detail"))->points.front().y, 200.0);
        charts.findChild<QComboBox*>(QStringLiteral("detailMetric"))->setCurrentIndex(3);
        QCOMPARE(find(view, QStringLiteral("detail"))->points.front().y, 2.0);
    }
};

LORI_TEST(RunChartsTest)
#include "run_charts_test.moc"
