// SPDX-License-Identifier: GPL-3.0-or-later
// A sequence being set up, and what one came to, without the page.
#include "core/experiment/sequence_issues.h"
#include "tests/support/test_registry.h"
#include "ui/models/forgetting_model.h"
#include "ui/services/sequence_draft.h"
#include "ui/services/sequence_plan.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QUndoStack>
#include <QtTest>

#include <fstream>

using namespace lori;
using namespace lori::ui;
using experiment::SequenceConfig;
using experiment::StageKind;
using jobs::JobState;

namespace {

constexpr double kNear = 1e-9;

events::Event eventOf(events::Payload payload)
{
    events::Event event;
    event.payload = std::move(payload);
    return event;
}

events::Event score(int stage, std::int64_t step, const char* metric, double value, bool higher = true)
{
    return eventOf(events::Score{.stage = stage,
                                 .step = step,
                                 .task = "safety",
                                 .metric = metric,
                                 .value = value,
                                 .low = value - 0.05,
                                 .high = value + 0.05,
                                 .n = 40,
                                 .higherIsBetter = higher});
}

/// Two LoRI-D tasks: run stages 0 and 1.
SequenceConfig twoDense()
{
    SequenceConfig config = sequenceFrom(SequenceTemplate::SafetyThenTask);
    for (auto& stage : config.stages) {
        setMethod(stage, StageKind::LoriD);
    }
    return config;
}

RunProgress progressOf(const SequenceConfig& config, const std::vector<events::Event>& some)
{
    RunProgress progress(experiment::expandSequence(config).value());
    progress.append(some);
    return progress;
}

} // namespace

class SequencePlanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTemplateCanStartAtOnce()
    {
        for (const SequenceTemplate kind : {SequenceTemplate::SafetyThenTask, SequenceTemplate::TaskAfterTask}) {
            const SequenceConfig config = sequenceFrom(kind);
            QVERIFY(experiment::validate(config).empty());
            QVERIFY(experiment::expandSequence(config).has_value());
            QCOMPARE(config.run.evaluation.tasks.front().task, std::string("safety"));
        }
        QCOMPARE(floorOf(sequenceFrom(SequenceTemplate::SafetyThenTask), "safety"), 5.0);
    }

    void whatIsLearnedIsMeasuredAndAFloorGoesWithItsTask()
    {
        SequenceConfig config = sequenceFrom(SequenceTemplate::SafetyThenTask);
        config.run.evaluation.tasks.front().limit = 7;
        setFloor(config, "maths", 3);
        experiment::DataSource code;
        code.task = "code";
        config.stages.push_back(sequenceStage(code));
        measureWhatIsLearned(config);
        QCOMPARE(config.run.evaluation.tasks.size(), std::size_t{3});
        QCOMPARE(config.run.evaluation.tasks.back().task, std::string("code"));
        QCOMPARE(config.run.evaluation.tasks.back().limit, std::int64_t{7});
        config.stages.erase(config.stages.begin() + 1); // maths
        measureWhatIsLearned(config);
        QCOMPARE(config.run.evaluation.tasks.size(), std::size_t{2});
        QCOMPARE(floorOf(config, "maths"), 0.0);
        QCOMPARE(floorOf(config, "safety"), 5.0);
    }

    void aTaskIsNamedByWhatItLearnsUntilSomebodyNamesIt()
    {
        experiment::DataSource source;
        source.task = "maths";
        auto stage = sequenceStage(source);
        source = {};
        source.file = "/data/own rows.jsonl";
        setSource(stage, source);
        QCOMPARE(stage.name, std::string("own rows.jsonl"));
        stage.name = "Mine";
        source.file = "/data/other.jsonl";
        setSource(stage, source);
        QCOMPARE(stage.name, std::string("Mine"));
    }

    void theRateGoesWithTheMethodUnlessItWasChanged()
    {
        auto stage = sequenceFrom(SequenceTemplate::SafetyThenTask).stages.front();
        const double sparse = stage.learningRate;
        setMethod(stage, StageKind::LoriD);
        QVERIFY(stage.learningRate < sparse);
        stage.learningRate = 1e-3;
        setMethod(stage, StageKind::LoriS);
        QCOMPARE(stage.learningRate, 1e-3);
    }

    void theRoomOfMasksIsCounted()
    {
        SequenceConfig config = sequenceFrom(SequenceTemplate::TaskAfterTask);
        MaskRoom room = maskRoom(config, 0);
        QCOMPARE(room.tasks, 3);
        QCOMPARE(room.fit, 10);
        QVERIFY(std::abs(room.asked - 0.3) < kNear);
        config.stages[1].policy = experiment::MaskPolicy::Own;
        setMethod(config.stages[2], StageKind::LoriD);
        config.fromMask = "/adapter";
        room = maskRoom(config, 0.8);
        QCOMPARE(room.tasks, 1);
        QVERIFY(std::abs(room.before - 0.2) < kNear && std::abs(room.asked - 0.1) < kNear);
    }

    void theDraftIsKeptAndUndone()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "draft.json";
        QUndoStack undo;
        {
            SequenceDraft draft(&undo, file);
            QVERIFY(draft.issues().empty());
            draft.edit("name", [](SequenceConfig& config) { config.run.name = "Kept"; });
            draft.edit("steps", [](SequenceConfig& config) { config.stages[0].steps = 0; });
            draft.edit("steps", [](SequenceConfig& config) { config.stages[0].steps = 33; });
            QCOMPARE(undo.count(), 2); // typing is one step
            undo.undo();
            QCOMPARE(draft.config().stages[0].steps, std::int64_t{120});
            undo.redo();
        }            // closed before the file was written
        undo.undo(); // the draft is gone: nothing happens
        const SequenceDraft again(nullptr, file);
        QCOMPARE(again.config().run.name, std::string("Kept"));
        QCOMPARE(again.config().stages[0].steps, std::int64_t{33});
        std::ofstream(file) << "{";
        const SequenceDraft damaged(nullptr, file);
        QVERIFY(damaged.issues().empty());
    }

    void onlyTheEndsOfTasksCount()
    {
        const SequenceConfig config = twoDense();
        auto some = std::vector{score(-1, 0, "refusal_rate", 0.1),
                                eventOf(events::StageStarted{.stage = 0, .name = "a", .kind = "lori-d", .steps = 120}),
                                score(0, 60, "refusal_rate", 0.5)};
        const auto during = SequenceOutcome(config, progressOf(config, some), JobState::Running, {});
        QCOMPARE(during.scores().size(), std::size_t{1});
        QVERIFY(during.scores()[0].rates[0] && !during.scores()[0].rates[1]);
        some.push_back(score(0, 120, "refusal_rate", 0.9));
        some.push_back(score(0, 120, "refusal_rate_likelihood", 0.8));
        some.push_back(eventOf(events::StageFinished{0, 1.0}));
        some.push_back(eventOf(events::StageStarted{.stage = 1, .name = "b", .kind = "lori-d", .steps = 120}));
        some.push_back(score(1, 60, "refusal_rate", 0.7));
        const auto between = SequenceOutcome(config, progressOf(config, some), JobState::Running, {});
        QCOMPARE(between.scores().size(), std::size_t{1}); // the second scorer is of interest to few
        QCOMPARE(between.scores()[0].rates[1]->value, 0.9);
        QVERIFY(!between.scores()[0].rates[2] && !between.scores()[0].loss);
        QCOMPARE(between.sentence(), QString());
    }

    void aLossIsToldWithItsIntervalAndItsSign()
    {
        const SequenceConfig config = twoDense();
        const std::vector some{score(-1, 0, "refusal_rate", 0.1), score(0, 120, "refusal_rate", 0.9),
                               score(1, 120, "refusal_rate", 0.7), score(0, 120, "needless_refusal_rate", 0.1, false),
                               score(1, 120, "needless_refusal_rate", 0.05, false)};
        const RunProgress progress = progressOf(config, some);
        const auto plain = SequenceOutcome(config, progress, JobState::Finished, {});
        QCOMPARE(plain.scores().size(), std::size_t{2});
        QVERIFY(std::abs(plain.scores()[0].loss->points - 20) < kNear && !plain.scores()[0].loss->hasInterval);
        QVERIFY(std::abs(plain.scores()[1].loss->points + 5) < kNear); // fewer needless refusals: no loss
        const auto transfer = nlohmann::json::parse(R"([
            {"task": "safety", "metric": "refusal_rate", "forgetting": {"value": -0.2, "low": -0.3, "high": -0.1, "p": 0.01}},
            {"task": "safety", "metric": "needless_refusal_rate", "forgetting": {"value": -0.05, "low": -0.2, "high": 0.1, "p": 1}},
            {"task": 3}, 7, {"task": "safety", "metric": "refusal_rate", "forgetting": null}])");
        const auto full = SequenceOutcome(config, progress, JobState::Finished, transfer);
        const SequenceLoss& sure = *full.scores()[0].loss;
        QVERIFY(sure.isSure() && std::abs(sure.low - 10) < kNear && std::abs(sure.high - 30) < kNear);
        const SequenceLoss& unsure = *full.scores()[1].loss;
        QVERIFY(!unsure.isSure() && std::abs(unsure.low + 20) < kNear && std::abs(unsure.high - 10) < kNear);
        QVERIFY2(full.sentence().contains("20.0 points [10.0 to 30.0]"), qPrintable(full.sentence()));
        const auto damaged = SequenceOutcome(config, progress, JobState::Finished, nlohmann::json("no list"));
        QVERIFY(damaged == plain);
    }

    void theTableHasAColumnForEachTask()
    {
        const SequenceConfig config = twoDense();
        ForgettingModel model;
        model.setOutcome(
            SequenceOutcome(config, progressOf(config, {score(-1, 0, "refusal_rate", 0.1), score(0, 120, "refusal_rate", 0.9)}),
                            JobState::Finished, {}));
        QCOMPARE(model.columnCount(), 5);
        QCOMPARE(model.headerData(2, Qt::Horizontal).toString(), QStringLiteral("After Safety"));
        QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("90.0 %"));
        QCOMPARE(model.index(0, 3).data().toString(), QStringLiteral("–"));
    }

    void theStripFollowsTheTaskAtWork()
    {
        const SequenceConfig config = sequenceFrom(SequenceTemplate::SafetyThenTask); // three stages a task
        std::vector<events::Event> some{eventOf(events::Started{}), eventOf(events::Plan{})};
        for (int stage = 0; stage < 3; ++stage) {
            some.push_back(eventOf(events::StageStarted{.stage = stage, .name = "x", .kind = "lori-d", .steps = 120}));
            some.push_back(eventOf(events::StageFinished{stage, 1.0}));
        }
        some.push_back(eventOf(events::StageStarted{.stage = 3, .name = "x", .kind = "lori-d", .steps = 120}));
        std::int64_t time = 1000;
        for (events::Event& event : some) {
            event.timeMs = time += 1000;
        }
        const RunProgress progress = progressOf(config, some);
        const auto steps = sequenceSteps(config, progress, JobState::Running, time);
        QCOMPARE(steps.size(), std::size_t{3});
        QCOMPARE(steps[1].state, StepState::Done);
        QCOMPARE(steps[2].state, StepState::Running);
        QCOMPARE(sequenceSteps(config, progress, JobState::Failed, time)[2].state, StepState::Failed);
    }
};

LORI_TEST(SequencePlanTest)
#include "sequence_plan_test.moc"
