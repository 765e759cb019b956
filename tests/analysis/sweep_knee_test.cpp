// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/sweep_knee.h"
#include "core/support/error.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <initializer_list>

using namespace lori;
using namespace lori::analysis;
using Kind = SweepKnee::Kind;

namespace {

constexpr double kHalf = 0.05; ///< of every interval here

std::vector<SweepScore> curve(std::initializer_list<std::pair<double, double>> points)
{
    std::vector<SweepScore> made;
    for (const auto& [sparsity, value] : points) {
        made.push_back({sparsity, value, value - kHalf, value + kHalf});
    }
    return made;
}

} // namespace

class SweepKneeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLastSparsityWithoutAClearLossIsTheKnee()
    {
        const SweepKnee knee = findKnee(curve({{0.5, 0.40}, {0.8, 0.42}, {0.9, 0.36}, {0.95, 0.30}, {0.99, 0.10}}), true);
        QVERIFY(knee.kind == Kind::Found);
        QCOMPARE(knee.place, std::size_t{2}); // 36 [31, 41] touches 42 [37, 47]; 30 [25, 35] does not
        QCOMPARE(knee.best, std::size_t{1});
    }

    void aPointThatRecoversBehindAClearLossIsNotTheKnee()
    {
        const SweepKnee knee = findKnee(curve({{0.5, 0.40}, {0.8, 0.20}, {0.9, 0.41}}), true);
        QVERIFY(knee.kind == Kind::Found);
        QCOMPARE(knee.place, std::size_t{0});
    }

    void whereLowerIsBetterTheCurveIsReadTheOtherWayRound()
    {
        const SweepKnee knee = findKnee(curve({{0.5, 0.10}, {0.8, 0.12}, {0.9, 0.30}}), false);
        QVERIFY(knee.kind == Kind::Found);
        QCOMPARE(knee.place, std::size_t{1});
        QVERIFY(findKnee(curve({{0.5, 0.10}, {0.8, 0.12}, {0.9, 0.30}}), true).kind == Kind::Mixed);
    }

    void aFlatCurveHasNoKnee()
    {
        const SweepKnee knee = findKnee(curve({{0.5, 0.40}, {0.9, 0.41}, {0.99, 0.38}}), true);
        QVERIFY(knee.kind == Kind::None);
        QCOMPARE(knee.place, std::size_t{2});
    }

    void intervalsThatJustTouchAreNoClearLoss()
    {
        const std::vector<SweepScore> touching{{0.5, 0.5, 0.4, 0.6}, {0.8, 0.35, 0.3, 0.4}, {0.9, 0.3, 0.2, 0.399}};
        const SweepKnee knee = findKnee(touching, true);
        QVERIFY(knee.kind == Kind::Found);
        QCOMPARE(knee.place, std::size_t{1});
    }

    void ofEquallyGoodPointsTheSparsestIsTheBest()
    {
        QCOMPARE(findKnee(curve({{0.5, 0.4}, {0.8, 0.4}, {0.9, 0.39}}), true).best, std::size_t{1});
    }

    void twoPointsAreNoCurve()
    {
        QVERIFY(findKnee(curve({{0.5, 0.9}, {0.9, 0.1}}), true).kind == Kind::TooFew);
        QVERIFY(findKnee({}, true).kind == Kind::TooFew);
    }

    void sparsitiesThatDoNotRiseAreRefused()
    {
        QVERIFY_EXCEPTION_THROWN((void)findKnee(curve({{0.9, 0.4}, {0.5, 0.4}, {0.95, 0.1}}), true), Exception);
        QVERIFY_EXCEPTION_THROWN((void)findKnee(curve({{0.9, 0.4}, {0.9, 0.4}, {0.95, 0.1}}), true), Exception);
    }
};

LORI_TEST(SweepKneeTest)
#include "sweep_knee_test.moc"
