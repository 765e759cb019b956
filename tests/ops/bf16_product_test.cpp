// SPDX-License-Identifier: Apache-2.0
// Products of bf16 operands against the rounded values summed in f64: every unit this processor has, odd shapes, views of all
// kinds.
#include "core/ops/bf16_product.h"
#include "tests/support/test_registry.h"

#include <ATen/Parallel.h>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

using namespace lori;
using ops::Bf16Unit;
using ops::Into;
using ops::MatrixView;

namespace {

std::vector<Bf16Unit> unitsHere()
{
    std::vector<Bf16Unit> units;
    for (const Bf16Unit unit : {Bf16Unit::Plain, Bf16Unit::Avx512, Bf16Unit::Amx}) {
        if (unit <= ops::bf16Unit()) {
            units.push_back(unit);
        }
    }
    return units;
}

/// How a matrix lies in memory.
enum class Lies { ByRows, ByColumns, Spread };

/// Random numbers as f32 or bf16, with a gap behind each line that holds what must never be read into a sum.
class Sample {
public:
    Sample(std::int64_t rows, std::int64_t columns, Lies lies, bool isBf16, std::uint32_t seed)
    {
        const std::int64_t gap = 3;
        m_view.isBf16 = isBf16;
        m_view.rowStride = lies == Lies::ByColumns ? 1 : lies == Lies::Spread ? 2 * columns + gap : columns + gap;
        m_view.columnStride = lies == Lies::ByColumns ? rows + gap : lies == Lies::Spread ? 2 : 1;
        const auto size = static_cast<std::size_t>((rows + 1) * m_view.rowStride + (columns + 1) * m_view.columnStride + gap);
        m_floats.assign(size, std::numeric_limits<float>::quiet_NaN());
        m_halves.assign(size, 0x7FC0);
        std::mt19937 random(seed);
        std::normal_distribution<float> normal;
        for (std::int64_t r = 0; r < rows; ++r) {
            for (std::int64_t c = 0; c < columns; ++c) {
                const auto at = static_cast<std::size_t>(r * m_view.rowStride + c * m_view.columnStride);
                m_floats[at] = normal(random);
                std::uint32_t bits = 0;
                std::memcpy(&bits, &m_floats[at], sizeof bits);
                m_halves[at] = static_cast<std::uint16_t>(bits >> 16U);
            }
        }
        m_view.data = isBf16 ? static_cast<const void*>(m_halves.data()) : m_floats.data();
    }
    [[nodiscard]] const MatrixView& view() const { return m_view; }
    [[nodiscard]] std::vector<float>& floats() { return m_floats; }

private:
    MatrixView m_view;
    std::vector<float> m_floats;
    std::vector<std::uint16_t> m_halves;
};

struct Shape {
    std::int64_t m, n, k;
};

/// The largest difference in units of √k, about the size of a sum of k products of unit numbers.
double largestDifference(const std::vector<float>& got, const std::vector<float>& expected, std::int64_t k)
{
    double largest = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
        const double difference =
            std::abs(double(got[i]) - double(expected[i])) / std::sqrt(double(std::max<std::int64_t>(1, k)));
        largest = difference <= largest ? largest : difference; // what is not a number wins
    }
    return largest;
}

/// f32 sums of up to 4,096 products round by about √k · 2⁻²⁴ of themselves.
constexpr double kRounding = 5e-6;
constexpr std::int64_t kLdcGap = 5;

} // namespace

class Bf16ProductTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyUnitAndShapeAgreesWithItsReference()
    {
        const Shape shapes[]{{1, 1, 1},    {1, 32, 33},  {16, 16, 32},  {17, 31, 64},   {32, 32, 575}, {33, 65, 577},
                             {100, 7, 40}, {5, 200, 18}, {64, 96, 640}, {70, 40, 1300}, {3, 3, 0}};
        for (const Bf16Unit unit : unitsHere()) {
            for (const Shape& s : shapes) {
                for (const Lies lies : {Lies::ByRows, Lies::ByColumns, Lies::Spread}) {
                    for (const bool isBf16 : {false, true}) {
                        for (const Into into : {Into::Store, Into::Add}) {
                            const Sample a(s.m, s.k, lies, false, 3);
                            const Sample b(s.k, s.n, lies == Lies::ByRows ? Lies::ByColumns : Lies::ByRows, isBf16, 5);
                            const std::int64_t ldc = s.n + kLdcGap;
                            std::vector<float> c(static_cast<std::size_t>(s.m * ldc), 0.5F);
                            std::vector<float> expected = c;
                            ops::bf16Product(a.view(), b.view(), s.m, s.n, s.k, c.data(), ldc, into, unit);
                            ops::reference::bf16Product(a.view(), b.view(), s.m, s.n, s.k, expected.data(), ldc, into);
                            const double worst = largestDifference(c, expected, s.k);
                            QVERIFY2(worst <= kRounding, qPrintable(QStringLiteral("%1, [%2, %3] from %4: %5")
                                                                        .arg(QLatin1String(ops::bf16UnitName(unit)))
                                                                        .arg(s.m)
                                                                        .arg(s.n)
                                                                        .arg(s.k)
                                                                        .arg(worst)));
                        }
                    }
                }
            }
        }
    }

    void bothOperandsMayLieEitherWay()
    {
        for (const Bf16Unit unit : unitsHere()) {
            for (const Lies left : {Lies::ByRows, Lies::ByColumns}) {
                for (const Lies right : {Lies::ByRows, Lies::ByColumns}) {
                    const Sample a(45, 70, left, false, 7);
                    const Sample b(70, 50, right, false, 9);
                    std::vector<float> c(45 * 50);
                    std::vector<float> expected(c.size());
                    ops::bf16Product(a.view(), b.view(), 45, 50, 70, c.data(), 50, Into::Store, unit);
                    ops::reference::bf16Product(a.view(), b.view(), 45, 50, 70, expected.data(), 50, Into::Store);
                    QVERIFY(largestDifference(c, expected, 70) <= kRounding);
                }
            }
        }
    }

    void aRightSideThatIsKeptGivesTheSameBits()
    {
        for (const Bf16Unit unit : unitsHere()) {
            for (const Lies right : {Lies::ByRows, Lies::ByColumns}) {
                for (const std::int64_t k : {0, 70}) {
                    const Sample a(45, k, Lies::ByRows, false, 7);
                    const Sample b(k, 50, right, false, 9);
                    std::vector<float> c(45 * 50, 1.0F);
                    std::vector<float> kept = c;
                    ops::bf16Product(a.view(), b.view(), 45, 50, k, c.data(), 50, Into::Add, unit);
                    ops::bf16Product(a.view(), ops::Bf16Columns(b.view(), k, 50, unit), 45, kept.data(), 50, Into::Add);
                    QVERIFY(c == kept);
                }
            }
        }
    }

    void theNumberOfThreadsChangesNoBit()
    {
        const int threads = at::get_num_threads();
        for (const Bf16Unit unit : unitsHere()) {
            const Sample a(200, 300, Lies::ByRows, false, 1);
            const Sample b(300, 130, Lies::ByColumns, false, 2);
            std::vector<std::vector<float>> results;
            for (const int count : {1, 2, 5}) {
                at::set_num_threads(count);
                results.emplace_back(200 * 130);
                ops::bf16Product(a.view(), b.view(), 200, 130, 300, results.back().data(), 130, Into::Store, unit);
            }
            QVERIFY(results[0] == results[1]);
            QVERIFY(results[0] == results[2]);
        }
        at::set_num_threads(threads);
    }

    void whatIsNotANumberShowsInItsRowAlone()
    {
        for (const Bf16Unit unit : unitsHere()) {
            Sample a(40, 64, Lies::ByRows, false, 1);
            const Sample b(64, 40, Lies::ByRows, false, 2);
            a.floats()[static_cast<std::size_t>(3 * a.view().rowStride + 5)] = std::numeric_limits<float>::quiet_NaN();
            a.floats()[static_cast<std::size_t>(4 * a.view().rowStride + 6)] = std::numeric_limits<float>::infinity();
            std::vector<float> c(40 * 40);
            ops::bf16Product(a.view(), b.view(), 40, 40, 64, c.data(), 40, Into::Store, unit);
            for (std::size_t i = 0; i < c.size(); ++i) {
                QCOMPARE(std::isfinite(c[i]), i / 40 != 3 && i / 40 != 4);
            }
        }
    }

    void aMatrixOfManyColumnsIsMadeInPieces()
    {
        // 2^23 numbers of B at once: here three pieces, the last one smaller.
        const std::int64_t k = 4096;
        const std::int64_t n = 2 * 2048 + 40;
        const Sample a(2, k, Lies::ByRows, false, 1);
        const Sample b(k, n, Lies::ByColumns, true, 2);
        std::vector<float> c(static_cast<std::size_t>(2 * n));
        std::vector<float> expected(c.size());
        ops::bf16Product(a.view(), b.view(), 2, n, k, c.data(), n, Into::Store);
        ops::reference::bf16Product(a.view(), b.view(), 2, n, k, expected.data(), n, Into::Store);
        QVERIFY(largestDifference(c, expected, k) <= kRounding);
    }
};

LORI_TEST(Bf16ProductTest)
#include "bf16_product_test.moc"
