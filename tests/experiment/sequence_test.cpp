// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/sequence.h"
#include "core/experiment/sequence_issues.h"
#include "core/support/files.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;
using namespace lori::experiment;

namespace {

SequenceStage task(const std::string& name, StageKind method)
{
    SequenceStage stage;
    stage.name = name;
    stage.method = method;
    stage.sources = {{name, "", {}, PromptTemplate::Chat, 0}};
    stage.steps = 20;
    return stage;
}

SequenceConfig safetyThenMaths(StageKind method)
{
    SequenceConfig config;
    config.run.evaluation.tasks = {{"safety", 10}, {"maths", 10}};
    config.stages = {task("safety", method), task("maths", method)};
    return config;
}

} // namespace

class SequenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSparseTaskBecomesCalibrationMaskAndLoriS()
    {
        const SequenceConfig config = safetyThenMaths(StageKind::LoriS);
        const RunConfig run = expandSequence(config).value();
        QCOMPARE(run.stages.size(), std::size_t{6});
        const StageKind kinds[] = {StageKind::LoriD, StageKind::Mask, StageKind::LoriS};
        for (std::size_t i = 0; i < 6; ++i) {
            QCOMPARE(run.stages[i].kind, kinds[i % 3]);
        }
        // The first task begins from its calibration's A with B = 0, the second goes on from the first.
        QCOMPARE(run.stages[2].fromStage, std::int64_t{0});
        QCOMPARE(run.stages[2].start, StageStart::Fresh);
        QCOMPARE(run.stages[3].fromStage, std::int64_t{2});
        QCOMPARE(run.stages[3].start, StageStart::Fresh);
        QCOMPARE(run.stages[5].fromStage, std::int64_t{2});
        QCOMPARE(run.stages[5].start, StageStart::Continue);
        QCOMPARE(run.stages[5].maskStage, std::int64_t{4});
        QVERIFY(!run.stages[0].evaluate && run.stages[2].evaluate && !run.stages[3].evaluate && run.stages[5].evaluate);
        QCOMPARE(lastStageOfTask(config, 0), std::int64_t{2});
        QCOMPARE(lastStageOfTask(config, 1), std::int64_t{5});
    }

    void thePolicyDecidesWhatAMaskMayTake()
    {
        SequenceConfig config = safetyThenMaths(StageKind::LoriS);
        RunConfig run = expandSequence(config).value();
        QCOMPARE(run.stages[4].mask.avoidStages, std::vector<std::int64_t>{1});
        QCOMPARE(run.stages[4].mask.avoidRule, AvoidRule::ChooseFree);
        config.stages[1].policy = MaskPolicy::Protect;
        run = expandSequence(config).value();
        QCOMPARE(run.stages[4].mask.avoidRule, AvoidRule::Remove);
        config.stages[1].policy = MaskPolicy::Own;
        run = expandSequence(config).value();
        QVERIFY(run.stages[4].mask.avoidStages.empty());
        config.stages[1].policy = MaskPolicy::Avoid;
        config.fromAdapter = "/adapters/a";
        config.fromMask = "/masks/a";
        run = expandSequence(config).value();
        QCOMPARE(run.stages[1].mask.avoid, std::vector<std::string>{"/masks/a"});
        QCOMPARE(QString::fromStdString(run.stages[2].fromAdapter), QStringLiteral("/adapters/a"));
        QCOMPARE(run.stages[2].start, StageStart::Continue);
    }

    void everyOtherMethodIsOneStageThatGoesOn()
    {
        const SequenceConfig config = safetyThenMaths(StageKind::Lora);
        const RunConfig run = expandSequence(config).value();
        QCOMPARE(run.stages.size(), std::size_t{2});
        QCOMPARE(run.stages[0].fromStage, std::int64_t{-1});
        QCOMPARE(run.stages[1].fromStage, std::int64_t{0});
        QCOMPARE(run.stages[1].start, StageStart::Continue);
        QCOMPARE(run.stages[1].sources.front().task, std::string("maths"));
    }

    void saysWhatIsWrongInOneSentence()
    {
        SequenceConfig config;
        QCOMPARE(expandSequence(config).error().where, std::string("stages"));
        config = safetyThenMaths(StageKind::LoriS);
        config.run.stages.resize(1);
        QCOMPARE(expandSequence(config).error().where, std::string("run.stages"));
        config = safetyThenMaths(StageKind::Mask);
        QCOMPARE(expandSequence(config).error().where, std::string("stages[0].method"));
        config = safetyThenMaths(StageKind::LoriS);
        config.stages[1].sources.clear();
        QCOMPARE(expandSequence(config).error().where, std::string("stages[1].sources"));
        config = safetyThenMaths(StageKind::Lora);
        config.stages[1].method = StageKind::Dora; // DoRA cannot go on from LoRA
        QVERIFY(expandSequence(config).error().where.find("stages[1].fromStage") != std::string::npos);
    }

    void everyProblemIsNamedWhereTheSequenceHasIt()
    {
        SequenceConfig config = safetyThenMaths(StageKind::LoriS);
        QVERIFY(validate(config).empty());
        config.run.model.clear();
        config.stages[0].calibrationLearningRate = -1;
        config.stages[1].batchRows = 0; // of the calibration and of LoRI-S: said once
        config.stages[1].mask.sparsity = 2;
        QStringList paths;
        for (const ConfigIssue& issue : validate(config)) {
            paths.append(QString::fromStdString(issue.path));
        }
        paths.sort();
        QCOMPARE(paths, (QStringList{"run.model", "stages[0].calibrationLearningRate", "stages[1].batchRows",
                                     "stages[1].mask.sparsity"}));
        config = safetyThenMaths(StageKind::LoriS);
        config.stages[1].sources.clear();
        QCOMPARE(validate(config).size(), std::size_t{1});
        QCOMPARE(validate(config).front().path, std::string("stages[1].sources"));
        config.stages.clear();
        QCOMPARE(validate(config).front().path, std::string("stages"));
    }

    void everyFieldSurvivesTheRoundTrip()
    {
        SequenceConfig config = safetyThenMaths(StageKind::LoriS);
        config.fromAdapter = "/a";
        config.fromMask = "/m";
        SequenceStage& s = config.stages[1];
        s.policy = MaskPolicy::Protect;
        s.learningRate = 1e-3;
        s.epochs = 2;
        s.batchRows = 4;
        s.batchTokens = 512;
        s.accumulate = 2;
        s.calibrationLearningRate = 7e-5;
        s.calibrationSteps = 9;
        s.mask.sparsity = 0.8;
        QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("sequence.json")).toStdString();
        writeFileAtomically(file, toJson(config).dump()).value();
        QVERIFY(readSequence(file).value() == config);
        writeFileAtomically(file, R"({"stages":[{"polcy":"own"}]})").value();
        const auto wrong = readSequence(file);
        QVERIFY(!wrong && wrong.error().where.find("stages[0].polcy") != std::string::npos);
    }
};

LORI_TEST(SequenceTest)
#include "sequence_test.moc"
