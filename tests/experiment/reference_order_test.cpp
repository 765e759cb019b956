// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/reference_order.h"
#include "core/support/error.h"
#include "core/support/sha256.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <numeric>
#include <string>

using namespace lori;
using namespace lori::experiment;

// The expected numbers were computed with Python 3.11 and NumPy 2.4:
//   seeds = numpy.random.RandomState(0).randint(0, 2**32, 1000000)
//   rows = list(range(n))
//   for epoch in range(3): random.seed(int(seeds[epoch])); random.shuffle(rows)
class ReferenceOrderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsTheNumbersOfNumpy()
    {
        MersenneTwister generator = MersenneTwister::likeNumpy(0);
        QCOMPARE(generator.next(), 2357136044U);
        QCOMPARE(generator.next(), 2546248239U);
        QCOMPARE(generator.next(), 3071714933U);
        QCOMPARE(generator.next(), 3626093760U);
        std::uint32_t last = 0;
        for (int i = 4; i < 1'000'000; ++i) {
            last = generator.next();
        }
        QCOMPARE(last, 3296818089U);
    }

    void drawsTheNumbersOfPython()
    {
        // random.seed(12345); [random.getrandbits(32) for _ in range(3)], and the same for seed 0.
        MersenneTwister generator = MersenneTwister::likePython(12345);
        QCOMPARE(generator.next(), 1789368711U);
        QCOMPARE(generator.next(), 3146859322U);
        QCOMPARE(generator.next(), 43676229U);
        MersenneTwister zero = MersenneTwister::likePython(0);
        QCOMPARE(zero.next(), 3626764237U);
        QCOMPARE(zero.next(), 1654615998U);
    }

    void shufflesTheShuffledListEachEpoch()
    {
        ReferenceOrder order(10);
        QVERIFY((order.nextEpoch() == std::vector<std::int64_t>{8, 7, 2, 4, 1, 5, 3, 9, 0, 6}));
        QVERIFY((order.nextEpoch() == std::vector<std::int64_t>{1, 2, 8, 3, 9, 5, 6, 4, 0, 7}));
        QVERIFY((order.nextEpoch() == std::vector<std::int64_t>{0, 2, 7, 4, 6, 1, 5, 9, 3, 8}));
    }

    void equalsTheReferenceOnAsManyRowsAsGsm8k()
    {
        const char* expected[] = {"8019a019244a9347c091892604a8a9619d350f326be87705dee49b9337239d7e",
                                  "52a587176da3c90415836a386c76800daaf9186a5040d1e53fce654d0de165c2",
                                  "17ef8a732c5d66d8786e0630662c0bd9f4c38300b1dab293d3fb4eaa2177e465"};
        ReferenceOrder order(7473);
        for (const char* digest : expected) {
            std::string text; // ",".join(map(str, rows))
            for (const std::int64_t row : order.nextEpoch()) {
                text.append(text.empty() ? "" : ",").append(std::to_string(row));
            }
            Sha256 hash;
            hash.update(text);
            QCOMPARE(hash.hexDigest(), std::string(digest));
        }
    }

    void emptyAndSingleListsStayAsTheyAre()
    {
        QVERIFY(ReferenceOrder(0).nextEpoch().empty());
        QVERIFY((ReferenceOrder(1).nextEpoch() == std::vector<std::int64_t>{0}));
        QVERIFY_EXCEPTION_THROWN(ReferenceOrder(-1), Exception);
        QVERIFY_EXCEPTION_THROWN(ReferenceOrder(std::int64_t{1} << 32), Exception);
    }
};

LORI_TEST(ReferenceOrderTest)
#include "reference_order_test.moc"
