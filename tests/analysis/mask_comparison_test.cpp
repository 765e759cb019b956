// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/mask_comparison.h"
#include "tests/analysis/mask_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace lori;
using namespace lori::analysis;
using namespace lori::analysis::test;
using experiment::Projection;

namespace {

bool nearlySame(double got, double wanted)
{
    return std::abs(got - wanted) <= 1e-12 * std::max(1.0, std::abs(wanted));
}

formats::Mask randomMask(unsigned seed, double density, std::int64_t out)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> uniform;
    formats::Mask mask;
    for (std::int64_t layer = 0; layer < 4; ++layer) {
        for (const Projection p : experiment::kAllProjections) {
            std::string bits;
            for (std::int64_t i = 0; i < out * 8; ++i) {
                bits += uniform(random) < density ? '1' : '0';
            }
            mask.modules.push_back(moduleMask(layer, p, 8, bits));
        }
    }
    return mask;
}

} // namespace

class MaskComparisonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theMeasuresOfTwoSmallMasks()
    {
        const auto one = maskOfModules({moduleMask(0, Projection::Q, 2, "11110000"), moduleMask(1, Projection::Up, 2, "1100")});
        const auto two = maskOfModules({moduleMask(0, Projection::Q, 2, "00110000"), moduleMask(1, Projection::Up, 2, "1110")});
        const MaskComparison comparison = compareMasks({one, two}).value();
        QCOMPARE(comparison.pairs.size(), std::size_t{1});
        const MaskOverlap& total = comparison.pairs[0].total;
        QCOMPARE(total.entries, std::int64_t{12});
        QCOMPARE(total.first, std::int64_t{6});
        QCOMPARE(total.second, std::int64_t{5});
        QCOMPARE(total.shared, std::int64_t{4});
        QVERIFY(nearlySame(total.jaccard(), 4.0 / 7));
        QVERIFY(nearlySame(total.firstInSecond(), 4.0 / 6));
        QVERIFY(nearlySame(total.secondInFirst(), 4.0 / 5));
        QVERIFY(nearlySame(total.expected, 4.0 * 2 / 8 + 2.0 * 3 / 4)); // each module by its own densities
        QVERIFY(nearlySame(total.variance, 4.0 * 2 * 4 * 6 / (64 * 7) + 2.0 * 3 * 2 * 1 / (16 * 3)));
        QVERIFY(nearlySame(total.jaccardChance(), 2.5 / 8.5));
        QVERIFY(nearlySame(total.ratio(), 1.6));
        QVERIFY(nearlySame(total.z(), 1.5 / std::sqrt(total.variance)));
        QCOMPARE(comparison.pairs[0].modules[0].name, std::string("layer 0 q_proj"));
        QVERIFY(nearlySame(comparison.pairs[0].modules[0].overlap.ratio(), 2));
        QCOMPARE(comparison.pairs[0].layers[1].layer, std::int64_t{1});
        QCOMPARE(comparison.pairs[0].projections[1].name, std::string("up_proj"));
        QVERIFY((comparison.keptBy == std::vector<std::int64_t>{5, 3, 4}));
    }

    void equalAndDisjointMasksAreTheEnds()
    {
        const auto one = maskOfModules({moduleMask(0, Projection::Q, 2, "1100")});
        const auto other = maskOfModules({moduleMask(0, Projection::Q, 2, "0011")});
        const auto all = maskOfModules({moduleMask(0, Projection::Q, 2, "1111")});
        const auto none = maskOfModules({moduleMask(0, Projection::Q, 2, "0000")});
        const MaskComparison comparison = compareMasks({one, one, other, all, none}).value();
        QCOMPARE(comparison.pairs.size(), std::size_t{10});
        QCOMPARE(comparison.pairs[0].total.jaccard(), 1.0);
        QCOMPARE(comparison.pairs[1].total.jaccard(), 0.0);
        QVERIFY(comparison.pairs[1].total.z() < 0);
        QCOMPARE(comparison.pairs[2].total.ratio(), 1.0); // with all entries kept chance leaves no choice
        QCOMPARE(comparison.pairs[2].total.z(), 0.0);
        QCOMPARE(comparison.pairs[3].total.jaccard(), 0.0);
        QCOMPARE(comparison.pairs[3].total.ratio(), 0.0);
        QCOMPARE(comparison.pairs[3].total.secondInFirst(), 0.0);
    }

    void theVerdictSaysWhatTheCountsMean_data()
    {
        QTest::addColumn<std::int64_t>("kept");
        QTest::addColumn<std::int64_t>("shared");
        QTest::addColumn<std::int64_t>("entries");
        QTest::addColumn<int>("verdict");
        const auto row = [](const char* name, std::int64_t kept, std::int64_t shared, std::int64_t entries, OverlapVerdict says) {
            QTest::newRow(name) << kept << shared << entries << static_cast<int>(says);
        };
        row("10.8 % where chance says 10 %", 100'000, 10'800, 1'000'000, OverlapVerdict::Independent);
        row("14 % of the smaller part: the Jaccard is 1.43 times chance", 100'000, 14'000, 1'000'000,
            OverlapVerdict::Independent);
        row("20 %", 100'000, 20'000, 1'000'000, OverlapVerdict::Alike);
        row("5 %", 100'000, 5'000, 1'000'000, OverlapVerdict::Apart);
        row("not one", 100'000, 0, 1'000'000, OverlapVerdict::Apart);
        row("not one of few: luck", 2, 0, 20, OverlapVerdict::Independent);
        row("two of few, one by chance: luck", 4, 2, 16, OverlapVerdict::Independent);
        row("so dense that they must meet", 900'000, 900'000, 1'000'000, OverlapVerdict::Dense);
        row("nothing kept", 0, 0, 100, OverlapVerdict::Nothing);
    }
    void theVerdictSaysWhatTheCountsMean()
    {
        QFETCH(std::int64_t, kept);
        QFETCH(std::int64_t, shared);
        QFETCH(std::int64_t, entries);
        QFETCH(int, verdict);
        const auto n = static_cast<double>(entries);
        const auto k = static_cast<double>(kept);
        const MaskOverlap overlap{entries, kept, kept, shared, k * k / n, k * k * (n - k) * (n - k) / (n * n * (n - 1))};
        QCOMPARE(static_cast<int>(overlap.verdict()), verdict);
    }

    void independentMasksShareWhatChanceSays()
    {
        const std::vector<formats::Mask> masks{randomMask(1, 0.1, 400), randomMask(2, 0.2, 400), randomMask(3, 0.1, 400)};
        const MaskComparison comparison = compareMasks(masks).value();
        for (const MaskPair& pair : comparison.pairs) {
            QVERIFY2(std::abs(pair.total.z()) < 4, std::to_string(pair.total.z()).c_str());
            QVERIFY(std::abs(pair.total.ratio() - 1) < 0.1);
            QCOMPARE(pair.modules.size(), std::size_t{28});
            QCOMPARE(pair.layers.size(), std::size_t{4});
            QCOMPARE(pair.projections.size(), std::size_t{7});
            std::int64_t shared = 0;
            double expected = 0;
            for (const NamedOverlap& layer : pair.layers) {
                shared += layer.overlap.shared;
                expected += layer.overlap.expected;
            }
            QCOMPARE(shared, pair.total.shared);
            QVERIFY(nearlySame(expected, pair.total.expected));
        }
        std::int64_t entries = 0;
        for (const std::int64_t count : comparison.keptBy) {
            entries += count;
        }
        QCOMPARE(entries, masks[0].total());
        // The variance of the formula is the one that draws have: z of many independent pairs is about standard normal.
        double squares = 0;
        for (unsigned seed = 0; seed < 60; ++seed) {
            const double z = compareMasks({randomMask(10 + seed, 0.3, 20), randomMask(200 + seed, 0.2, 20)})->pairs[0].total.z();
            squares += z * z / 60;
        }
        QVERIFY2(squares > 0.5 && squares < 1.7, std::to_string(squares).c_str());
    }

    void aModuleThatOneMaskLacksIsKeptNowhereInIt()
    {
        const auto one = maskOfModules({moduleMask(0, Projection::Q, 2, "1100"), moduleMask(0, Projection::K, 2, "1100")});
        const auto two = maskOfModules({moduleMask(0, Projection::Q, 2, "1100")});
        const MaskPair pair = compareMasks({one, two})->pairs[0];
        QCOMPARE(pair.total.first, std::int64_t{4});
        QCOMPARE(pair.total.second, std::int64_t{2});
        QCOMPARE(pair.total.shared, std::int64_t{2});
        QCOMPARE(pair.modules[1].overlap.shared, std::int64_t{0});
    }

    void masksThatDoNotBelongTogetherAreRefused()
    {
        const auto one = maskOfModules({moduleMask(0, Projection::Q, 2, "1100")});
        QCOMPARE(compareMasks({one}).error().code, ErrorCode::InvalidArgument);
        const auto other = maskOfModules({moduleMask(0, Projection::Q, 4, "1100")});
        const auto mismatch = compareMasks({one, other});
        QCOMPARE(mismatch.error().code, ErrorCode::Mismatch);
        QVERIFY2(mismatch.error().what.find("mask 2 is [1, 4] in layer 0 q_proj") != std::string::npos,
                 mismatch.error().what.c_str());
    }
};

LORI_TEST(MaskComparisonTest)
#include "mask_comparison_test.moc"
