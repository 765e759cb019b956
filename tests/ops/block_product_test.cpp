// SPDX-License-Identifier: Apache-2.0
// Products with a file's blocks against the widened values summed in f64, for every block type.
#include "core/ops/block_product.h"
#include "tests/ops/block_samples.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <utility>

using namespace lori;
using lori::test::BlockLayout;
using lori::test::kBlockLayouts;
using lori::test::SampleBlocks;

namespace {

std::vector<float> randomTokens(std::int64_t tokens, std::int64_t in, std::uint32_t seed)
{
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    std::vector<float> x(static_cast<std::size_t>(tokens * in));
    for (float& value : x) {
        value = normal(random);
    }
    return x;
}

/// The largest difference in units of |w|·|x|, which is what rounding grows with; `worst` names its place.
double largestError(const ops::BlockMatrix& w, const std::vector<float>& x, std::int64_t tokens, const std::vector<float>& y,
                    QString& worst)
{
    std::vector<float> expected(y.size());
    ops::reference::blockProduct(w, x.data(), tokens, expected.data());
    std::vector<float> row(static_cast<std::size_t>(w.in));
    double largest = 0;
    for (std::int64_t o = 0; o < w.out; ++o) {
        ops::widenRows(w, o, 1, row.data());
        for (std::int64_t t = 0; t < tokens; ++t) {
            double ww = 0;
            double xx = 0;
            for (std::int64_t i = 0; i < w.in; ++i) {
                ww += std::pow(double(row[std::size_t(i)]), 2);
                xx += std::pow(double(x[std::size_t(t * w.in + i)]), 2);
            }
            const auto at = static_cast<std::size_t>(t * w.out + o);
            const double error = std::abs(double(y[at]) - double(expected[at])) / std::sqrt(ww * xx);
            if (!(error <= largest)) {
                largest = error;
                worst = QStringLiteral("row %1, token %2: %3 instead of %4").arg(o).arg(t).arg(y[at]).arg(expected[at]);
            }
        }
    }
    return largest;
}

/// What this processor takes, and what one without whole numbers would: f32 rounds less than 16-bit activations.
constexpr std::pair<decltype(&ops::blockProduct), double> kProducts[]{{ops::blockProduct, 2e-5}, {ops::widenedProduct, 1e-6}};

} // namespace

class BlockProductTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTypeAndShapeAgreesWithItsReference()
    {
        for (const BlockLayout& layout : kBlockLayouts) {
            for (const std::int64_t out : {1, 3, 4, 9, 70}) {
                for (const std::int64_t blocks : {1, 3}) {
                    const std::int64_t in = blocks * layout.entries;
                    const SampleBlocks sample(layout, out, in, 7);
                    for (const std::int64_t tokens : {1, 2, 3, 4, 7, 8, 17}) {
                        const std::vector<float> x = randomTokens(tokens, in, 11);
                        for (const auto& [product, bar] : kProducts) {
                            std::vector<float> y(static_cast<std::size_t>(tokens * out), -1);
                            product(sample.matrix, x.data(), tokens, y.data());
                            QString worst;
                            const double error = largestError(sample.matrix, x, tokens, y, worst);
                            QVERIFY2(error < bar, qPrintable(QStringLiteral("%1 [%2, %3], %4 tokens: %5, %6")
                                                                 .arg(formats::dtypeName(layout.type))
                                                                 .arg(out)
                                                                 .arg(in)
                                                                 .arg(tokens)
                                                                 .arg(error)
                                                                 .arg(worst)));
                        }
                    }
                }
            }
        }
    }

    /// No token, no row: nothing is written, nothing is read.
    void emptyProductsAreEmpty()
    {
        const SampleBlocks sample(kBlockLayouts[0], 4, 32, 1);
        float untouched = 5;
        ops::blockProduct(sample.matrix, nullptr, 0, &untouched);
        ops::BlockMatrix none = sample.matrix;
        none.out = 0;
        const std::vector<float> x = randomTokens(1, 32, 1);
        ops::blockProduct(none, x.data(), 1, &untouched);
        QCOMPARE(untouched, 5.0F);
    }

    /// A token whose largest entry dwarfs the others: each 32 entries have a scale of their own.
    void oneLargeEntryTakesNoDigitsFromTheOtherGroups()
    {
        const SampleBlocks sample(kBlockLayouts[2], 8, 64, 2);
        std::vector<float> x = randomTokens(1, 64, 9);
        x[3] = 1e6F;
        std::vector<float> alone(x);
        std::fill_n(alone.begin(), 32, 0.0F);
        std::vector<float> both(8);
        std::vector<float> second(8);
        ops::blockProduct(sample.matrix, alone.data(), 1, second.data());
        QString worst;
        QVERIFY2(largestError(sample.matrix, alone, 1, second, worst) < 2e-5, qPrintable(worst));
        ops::blockProduct(sample.matrix, x.data(), 1, both.data());
        QVERIFY2(largestError(sample.matrix, x, 1, both, worst) < 2e-5, qPrintable(worst));
    }

    void whatIsNotFiniteStaysSo()
    {
        for (const float broken : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            const SampleBlocks sample(kBlockLayouts[2], 5, 64, 2);
            for (const std::int64_t tokens : {1, 4}) {
                std::vector<float> x = randomTokens(tokens, 64, 9);
                x[40] = broken;
                std::vector<float> y(static_cast<std::size_t>(5 * tokens));
                ops::blockProduct(sample.matrix, x.data(), tokens, y.data());
                for (std::size_t o = 0; o < 5; ++o) {
                    QVERIFY(!std::isfinite(y[o]));
                }
            }
        }
    }
};

LORI_TEST(BlockProductTest)
#include "block_product_test.moc"
