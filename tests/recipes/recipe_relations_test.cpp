// SPDX-License-Identifier: Apache-2.0
// The statistics of a relation against values worked out by hand.
#include "core/recipes/recipe_relations.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>

using namespace lori;

class RecipeRelationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ranksAreSpearmans()
    {
        // ranks 1 2 3.5 5 3.5: 8 ÷ √(10 · 9.5)
        QVERIFY(std::abs(*recipes::rankCorrelation({1, 2, 3, 4, 5}, {5, 6, 7, 8, 7}) - 0.8207826816681233) < 1e-12);
        QCOMPARE(*recipes::rankCorrelation({1, 2, 3}, {30, 20, 10}), -1.0);
        QVERIFY(!recipes::rankCorrelation({1, 1, 1}, {1, 2, 3}));
        QVERIFY(!recipes::rankCorrelation({1}, {1}));
    }

    void intervalsAreStudents()
    {
        // 2 ± 4.3027 · 1 ÷ √3
        const recipes::Range95 range = recipes::meanRange({1, 2, 3});
        QVERIFY(range.has_value());
        QVERIFY(std::abs(range->first - -0.48413771) < 1e-3);
        QVERIFY(std::abs(range->second - 4.48413771) < 1e-3);
        QVERIFY(!recipes::meanRange({1}));
    }
};

LORI_TEST(RecipeRelationsTest)
#include "recipe_relations_test.moc"
