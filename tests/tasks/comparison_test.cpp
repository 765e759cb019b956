// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/comparison.h"
#include "core/tasks/pass_at_k.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>

using namespace lori;
using namespace lori::tasks;

namespace {

bool near(double a, double b, double tolerance = 1e-9)
{
    return std::abs(a - b) <= tolerance;
}

/// Items "0", "1", … whose verdicts are the characters '1' and '0'.
std::vector<ScoredItem> items(const std::string& hits)
{
    std::vector<ScoredItem> list;
    for (std::size_t i = 0; i < hits.size(); ++i) {
        list.push_back({std::to_string(i), "q" + std::to_string(i), "x", hits.substr(i, 1), hits[i] == '1'});
    }
    return list;
}

} // namespace

class ComparisonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theExactTestEqualsTheBinomialTable()
    {
        // 2·ΣC(b + c, i) / 2^(b + c), i up to the smaller count, in exact integers.
        QVERIFY(near(mcNemarExact(0, 0), 1));
        QVERIFY(near(mcNemarExact(1, 0), 1));
        QVERIFY(near(mcNemarExact(0, 5), 0.0625));
        QVERIFY(near(mcNemarExact(0, 6), 0.03125));
        QVERIFY(near(mcNemarExact(3, 10), 0.09228515625));
        QVERIFY(near(mcNemarExact(10, 10), 1));
        QVERIFY(near(mcNemarExact(2, 12), 0.012939453125));
        QVERIFY(near(mcNemarExact(100, 150), 0.001883300935, 1e-10));
        QVERIFY(mcNemarExact(0, 5000) >= 0 && mcNemarExact(0, 5000) < 1e-300);
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(mcNemarExact(-1, 2)), Exception);
    }

    void flipsAreFoundAndAClearDifferenceIsSaid()
    {
        const ItemComparison result = compareItems(items("1100000000"), items("1011111110")).value();
        QCOMPARE(result.bothRight, std::int64_t{1});
        QCOMPARE(result.bothWrong, std::int64_t{1});
        QCOMPARE(result.rightToWrong.size(), std::size_t{1});
        QCOMPARE(result.wrongToRight.size(), std::size_t{7});
        QCOMPARE(result.rightToWrong[0].id, std::string("1"));
        QVERIFY(near(result.pValue, 0.0703125));
        QCOMPARE(result.verdict, ComparisonVerdict::NoClearDifference);
        QVERIFY(verdictSentence(result).starts_with("no clear difference (+60.0 points"));
        const ItemComparison clear = compareItems(items("000000000000"), items("111111110000")).value();
        QCOMPARE(clear.verdict, ComparisonVerdict::SecondHigher);
        QCOMPARE(compareItems(items("111111"), items("000000")).value().verdict, ComparisonVerdict::FirstHigher);
    }

    void thePairedIntervalEqualsTheFormula()
    {
        const ItemComparison result = compareItems(items("1100000000"), items("1011111110")).value();
        // n = 10, b = 1, c = 7: p12 = 2/12, p21 = 8/12.
        const double half = 1.959964 * std::sqrt((10.0 / 12 - 0.25) / 12);
        QVERIFY(near(result.difference, 0.6));
        QVERIFY(near(result.low, 0.5 - half) && near(result.high, 0.5 + half));
    }

    void equalResultsHaveNoClearDifference()
    {
        const ItemComparison result = compareItems(items("10101"), items("10101")).value();
        QVERIFY(near(result.pValue, 1) && near(result.difference, 0) && result.low < 0 && result.high > 0);
        QVERIFY(result.rightToWrong.empty() && result.wrongToRight.empty());
    }

    void rowsAreMatchedByIdNotByPlace()
    {
        std::vector<ScoredItem> second = items("100");
        std::swap(second[0], second[2]);
        second.push_back({"other", "q", "x", "", true});
        const ItemComparison result = compareItems(items("1000"), second).value();
        QCOMPARE(result.bothRight, std::int64_t{1});
        QCOMPARE(result.onlyInFirst, std::int64_t{1});
        QCOMPARE(result.onlyInSecond, std::int64_t{1});
        QCOMPARE(result.first.n, std::int64_t{3});
    }

    void whatCannotBeComparedIsRefused()
    {
        std::vector<ScoredItem> other = items("10");
        other[1].prompt = "another question";
        QCOMPARE(compareItems(items("10"), other).error().code, ErrorCode::Mismatch);
        QCOMPARE(compareItems(items("10"), {}).error().code, ErrorCode::InvalidArgument);
        std::vector<ScoredItem> twice = items("1");
        twice.push_back(twice[0]);
        QCOMPARE(compareItems(twice, items("1")).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(compareItems({{"0#1", "q0", "x", "", true}}, items("1")).error().code, ErrorCode::InvalidArgument);
    }
};

class PassAtKTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsTheProductFormulaEverywhere()
    {
        for (std::int64_t n = 1; n <= 25; ++n) {
            for (std::int64_t c = 0; c <= n; ++c) {
                for (std::int64_t k = 1; k <= n; ++k) {
                    // The chance that k of n draws without replacement all fail, one draw after another.
                    double allFail = 1;
                    for (std::int64_t draw = 0; draw < k; ++draw) {
                        allFail *= static_cast<double>(std::max<std::int64_t>(0, n - c - draw)) / static_cast<double>(n - draw);
                    }
                    QVERIFY(near(passAtK(n, c, k), 1 - allFail, 1e-12));
                }
            }
        }
    }

    void equalsTheTable()
    {
        QVERIFY(near(passAtK(20, 1, 1), 0.05));
        QVERIFY(near(passAtK(20, 1, 5), 0.25));
        QVERIFY(near(passAtK(20, 1, 10), 0.5));
        QVERIFY(near(passAtK(20, 3, 5), 1 - 91.0 / 228));
        QVERIFY(near(passAtK(20, 10, 10), 1 - 1.0 / 184756));
        QVERIFY(passAtK(20, 0, 10) == 0 && passAtK(20, 20, 1) == 1 && passAtK(20, 11, 10) == 1);
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(passAtK(5, 1, 10)), Exception);
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(passAtK(5, 6, 1)), Exception);
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(passAtK(5, 1, 0)), Exception);
    }

    void theMeanHasAnIntervalOverProblems()
    {
        const std::vector<std::int64_t> passes{0, 10, 20, 5};
        const Rate rate = meanPassAtK(passes, 20, 1);
        QVERIFY(near(rate.value, 35.0 / 80));
        QVERIFY(rate.low >= 0 && rate.low < rate.value && rate.high > rate.value && rate.high <= 1);
        QCOMPARE(rate.hits, std::int64_t{3});
        QCOMPARE(rate.n, std::int64_t{4});
        const Rate none = meanPassAtK(std::vector<std::int64_t>{0, 0, 0}, 5, 5);
        QVERIFY(none.value == 0 && none.low == 0 && none.high > 0.3);
    }
};

LORI_TEST(ComparisonTest)
LORI_TEST(PassAtKTest)
#include "comparison_test.moc"
