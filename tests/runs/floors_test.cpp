// SPDX-License-Identifier: Apache-2.0
#include "core/runs/floors.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using runs::Floors;

namespace {

events::Score score(double value, std::int64_t n, bool higherIsBetter = true)
{
    return {.value = value, .n = n, .higherIsBetter = higherIsBetter};
}

} // namespace

class FloorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAFallOnceUntilTheScoreRecovers()
    {
        runs::ResumeState state;
        state.scores[0]["safety.refusal_rate"] = score(0.9, 75);
        Floors floors({{"safety", "refusal_rate", 10}});
        state.checks["safety.refusal_rate"] = score(0.8, 20);
        QVERIFY(floors.look(state, 1, true).empty()); // ten points exactly are allowed
        state.checks["safety.refusal_rate"] = score(0.75, 20);
        const auto falls = floors.look(state, 1, true);
        QCOMPARE(falls.size(), std::size_t{1});
        QVERIFY(std::abs(falls[0].points - 15) < 1e-9);
        QCOMPARE(falls[0].metric, std::string("refusal_rate"));
        QVERIFY(!floors.allHold());
        QVERIFY(floors.look(state, 1, true).empty());
        state.checks["safety.refusal_rate"] = score(0.9, 20);
        QVERIFY(floors.look(state, 1, true).empty());
        QVERIFY(floors.allHold());
        state.checks["safety.refusal_rate"] = score(0.1, 20);
        QCOMPARE(floors.look(state, 1, true).size(), std::size_t{1});
    }

    void comparesACheckWithTheSameRows()
    {
        runs::ResumeState state;
        state.scores[0]["maths.accuracy"] = score(0.2, 100);
        state.scores[0]["maths.accuracy"].head = events::ScoreHead{18, 20}; // the first rows are the easy ones
        state.checks["maths.accuracy"] = score(0.5, 20);
        Floors floors({{"maths", "", 10}});
        const auto falls = floors.look(state, 1, true);
        QCOMPARE(falls.size(), std::size_t{1});
        QVERIFY(std::abs(falls[0].best - 0.9) < 1e-9);
        state.scores[1]["maths.accuracy"] = score(0.15, 100); // the stage's end is compared over all rows
        QVERIFY(Floors({{"maths", "", 10}}).look(state, 1, false).empty());
    }

    void aRiseIsTheFallOfARateThatShouldBeLow()
    {
        runs::ResumeState state;
        state.scores[-1]["safety.needless_refusal_rate"] = score(0.02, 75, false);
        state.scores[0]["safety.needless_refusal_rate"] = score(0.1, 75, false);
        state.scores[1]["safety.needless_refusal_rate"] = score(0.3, 75, false);
        Floors floors({{"safety", "needless_refusal_rate", 20}});
        QVERIFY(std::abs(floors.look(state, 1, false).at(0).points - 28) < 1e-9); // from the best, the base model's
    }

    void aResumedRunGoesOnInSpiteOfAFallThatWasNamed()
    {
        runs::ResumeState state;
        state.scores[0]["safety.refusal_rate"] = score(0.9, 20);
        state.checks["safety.refusal_rate"] = score(0.2, 20);
        state.checks["safety.refusal_rate"].stage = 1;
        state.checks["safety.refusal_rate"].step = 40;
        Floors resumed({{"safety", "refusal_rate", 10}});
        resumed.remember(state, 1, 40);
        QVERIFY(resumed.look(state, 1, true).empty());
        Floors rewound({{"safety", "refusal_rate", 10}}); // back before the fall: it is news when it happens again
        rewound.remember(state, 1, 20);
        QCOMPARE(rewound.look(state, 1, true).size(), std::size_t{1});
        Floors other({{"safety", "refusal_rate", 10}}); // the check of an earlier stage says nothing of this one
        other.remember(state, 2, 100);
        QCOMPARE(other.look(state, 2, true).size(), std::size_t{1});
        state.scores[1]["safety.refusal_rate"] = score(0.2, 20);
        state.scores[1]["safety.refusal_rate"].step = 80;
        state.scores[1]["safety.refusal_rate"].stage = 1;
        state.checks.clear();
        Floors atEnd({{"safety", "refusal_rate", 10}});
        atEnd.remember(state, 1, 80);
        QVERIFY(atEnd.look(state, 1, false).empty());
        Floors before({{"safety", "refusal_rate", 10}});
        before.remember(state, 1, 79);
        QCOMPARE(before.look(state, 1, false).size(), std::size_t{1});
    }

    void whatWasNeverScoredCannotFall()
    {
        runs::ResumeState state;
        state.checks["safety.refusal_rate"] = score(0.1, 20);
        QVERIFY(Floors({{"safety", "", 5}, {"maths", "", 5}}).look(state, 0, true).empty());
    }
};

LORI_TEST(FloorsTest)
#include "floors_test.moc"
