// SPDX-License-Identifier: Apache-2.0
// What changes on the way through a stage, as bookkeeping.
#include "core/experiment/config_issue.h"
#include "core/experiment/run_config.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace lori::experiment;
using Changes = std::vector<StageChange>;

class StageChangeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLaterChangeForgetsWhatWasPlannedBehindIt()
    {
        Changes changes{{3, Setting::LearningRate, 1e-3}, {6, Setting::Steps, 20}, {9, Setting::LearningRate, 1e-4}};
        addChange(changes, {5, Setting::LearningRate, 2e-3});
        QCOMPARE(changes, (Changes{{3, Setting::LearningRate, 1e-3}, {5, Setting::LearningRate, 2e-3}, {6, Setting::Steps, 20}}));
        addChange(changes, {5, Setting::LearningRate, 4e-3});
        QCOMPARE(changes, (Changes{{3, Setting::LearningRate, 1e-3}, {5, Setting::LearningRate, 4e-3}, {6, Setting::Steps, 20}}));
    }

    void theNewestValueThatHasComeHolds()
    {
        const Changes changes{{3, Setting::LearningRate, 1e-3}, {5, Setting::LearningRate, 2e-3}};
        QCOMPARE(valueAfter(changes, Setting::LearningRate, 5e-3, 2), 5e-3);
        QCOMPARE(valueAfter(changes, Setting::LearningRate, 5e-3, 3), 1e-3);
        QCOMPARE(valueAfter(changes, Setting::LearningRate, 5e-3, 9), 2e-3);
        QCOMPARE(valueAfter(changes, Setting::Steps, 40, 9), 40.0);
    }

    void aLengthThatIsNeverReachedDoesNotCount()
    {
        const auto lengths = [](const Changes& changes) {
            const Lengths found = lengthsOf(changes, 10);
            return std::pair(found.longest, found.last);
        };
        QCOMPARE(lengths({}), std::pair(std::int64_t{10}, std::int64_t{10}));
        QCOMPARE(lengths({{4, Setting::Steps, 20}, {12, Setting::Steps, 12}}), std::pair(std::int64_t{20}, std::int64_t{12}));
        QCOMPARE(lengths({{4, Setting::Steps, 5}, {8, Setting::Steps, 90}}), std::pair(std::int64_t{10}, std::int64_t{5}));
        QCOMPARE(lengths({{10, Setting::Steps, 30}}), std::pair(std::int64_t{30}, std::int64_t{30})); // extends a finished stage
        QCOMPARE(lengths({{6, Setting::Steps, 2}}), std::pair(std::int64_t{10}, std::int64_t{6}));    // never less than is done
    }

    void aConfigurationKeepsThemAndOneWithoutKeepsItsText()
    {
        RunConfig config = findPreset("quick-look")->config;
        QVERIFY(toJson(config).dump().find("changes") == std::string::npos);
        config.stages[0].changes = {{3, Setting::LearningRate, 1e-3}, {5, Setting::Steps, 40}, {5, Setting::EvaluateEvery, 0}};
        QCOMPARE(runConfigFromJson(toJson(config)).value(), config);
        const auto before = validate(config);
        config.stages[0].changes.push_back({2, Setting::LearningRate, 1e-3}); // goes back
        config.stages[0].changes.push_back({7, Setting::LearningRate, 0});
        config.stages[0].changes.push_back({8, Setting::Steps, 1.5});
        config.stages[0].changes.push_back({9, Setting::Steps, 0});
        QCOMPARE(validate(config).size(), before.size() + 4);
    }
};

LORI_TEST(StageChangeTest)
#include "stage_change_test.moc"
