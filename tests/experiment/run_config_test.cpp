// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/config_issue.h"
#include "core/experiment/config_words.h"
#include "core/experiment/run_config.h"
#include "core/support/files.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace lori;
using namespace lori::experiment;
using nlohmann::json;

namespace {

/// Differs from the default in every field, so that a field forgotten in JSON is noticed.
RunConfig unusualConfig()
{
    RunConfig c;
    c.name = "Größe ✓ \"quoted\"";
    c.purpose = "see whether it holds";
    c.preset = "quick-look";
    c.model = "/models/x.gguf";
    c.device = Device::Cuda;
    c.weights = WeightType::Bf16;
    c.products = Products::Auto;
    c.seed = std::numeric_limits<std::uint64_t>::max();
    c.threads = 3;
    c.data.sources = {{"", "/data/a.csv", {"q", "ctx", "a", "sys", "turns", ""}, PromptTemplate::AlpacaReference, 17},
                      {"safety", "", {}, PromptTemplate::Plain, 0}};
    c.data.folder = "/sets";
    c.data.heldOutShare = 0.1;
    c.data.heldOutMaxRows = 5;
    c.data.maxTokens = 300;
    c.data.maxPromptTokens = 100;
    c.data.truncation = Truncation::Reference;
    c.data.order = RowOrder::Reference;
    c.data.addBos = true;
    c.data.learnedTurns = LearnedTurns::Last;
    c.data.endAfterCut = true;
    c.adapter = {7, 0.1 + 0.2, {Projection::Down, Projection::Q}, 99, 3, true, {Projection::V, Projection::Up}, {Projection::Up}};
    c.optimizer = {0.8, 0.95, 1e-7, 0.01, ClipRule::Global, 2.5, Schedule::Cosine, 11, LossReduction::TokenMean};
    StageConfig mask;
    mask.kind = StageKind::Mask;
    mask.mask = {0.95, MaskScope::Matrix, MaskRule::ExactK, {"/masks/a", "b"}, {0, 2}, AvoidRule::Remove};
    mask.fromAdapter = "/adapters/d";
    StageConfig sparse;
    sparse.kind = StageKind::LoriS;
    sparse.name = "Safety";
    sparse.sources = {{"boolq", "", {}, PromptTemplate::Alpaca, 5}};
    sparse.fromStage = 0;
    sparse.start = StageStart::Continue;
    sparse.maskStage = 0;
    sparse.maskFile = "/masks/m";
    sparse.learningRate = 1e-3;
    sparse.epochs = 2.5;
    sparse.steps = 12;
    sparse.batchRows = 4;
    sparse.batchTokens = 4096;
    sparse.accumulate = 2;
    sparse.reuseProjection = false;
    sparse.evaluate = false;
    c.stages = {mask, sparse};
    c.evaluation = {{{"maths", 9, EvaluationHow::LogLikelihood, ScoringMode::Reference, 20, false}},
                    false,
                    7,
                    3,
                    false,
                    33,
                    5,
                    2,
                    6,
                    {{"maths", "accuracy", 2.5}}};
    c.checkpoint = {13, 4};
    c.parentRun = "20260101-000000-x-abcd";
    return c;
}

std::string errorPath(const json& value)
{
    const auto result = runConfigFromJson(value);
    return result ? "accepted" : result.error().where;
}

bool names(const std::vector<ConfigIssue>& issues, const std::string& path)
{
    return std::any_of(issues.begin(), issues.end(),
                       [&](const ConfigIssue& i) { return i.path == path && !i.problem.empty() && !i.hint.empty(); });
}

} // namespace

class RunConfigTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFieldSurvivesTheRoundTripThroughText()
    {
        const RunConfig config = unusualConfig();
        const std::string text = toJson(config).dump();
        const auto back = runConfigFromJson(json::parse(text));
        QVERIFY2(back.has_value(), back ? "" : back.error().sentence().c_str());
        QVERIFY(*back == config);
        QCOMPARE(toJson(*back).dump(), text);
    }

    void everyFieldOfTheUnusualConfigDiffersFromItsDefault()
    {
        const json unusual = toJson(unusualConfig());
        const json plain = toJson(RunConfig{});
        for (const auto& [name, value] : plain.items()) {
            QVERIFY2(name == "version" || unusual[name] != value, name.c_str());
        }
    }

    void missingFieldsTakeTheirDefaults()
    {
        const auto config = runConfigFromJson(json::parse(R"({"name":"a","adapter":{"rank":8}})"));
        QVERIFY(config.has_value());
        QCOMPARE(config->adapter.rank, std::int64_t{8});
        QCOMPARE(config->adapter.alpha, 64.0);
        QCOMPARE(config->data.maxTokens, std::int64_t{512});
    }

    void wrongFieldsAreNamedByTheirPath_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("path");
        QTest::newRow("unknown field") << R"({"adapter":{"ranks":8}})"
                                       << "adapter.ranks";
        QTest::newRow("unknown top field") << R"({"lerningRate":1})"
                                           << "lerningRate";
        QTest::newRow("text for a number") << R"({"stages":[{"kind":"mask"},{"kind":"mask","mask":{"sparsity":"high"}}]})"
                                           << "stages[1].mask.sparsity";
        QTest::newRow("null for a number") << R"({"stages":[{"learningRate":null}]})"
                                           << "stages[0].learningRate";
        QTest::newRow("unknown word") << R"({"stages":[{"kind":"lori-x"}]})"
                                      << "stages[0].kind";
        QTest::newRow("fraction for a whole number") << R"({"adapter":{"rank":7.5}})"
                                                     << "adapter.rank";
        QTest::newRow("negative seed") << R"({"seed":-1})"
                                       << "seed";
        QTest::newRow("too large for 64 bits") << R"({"threads":18446744073709551615})"
                                               << "threads";
        QTest::newRow("object for a list") << R"({"stages":{}})"
                                           << "stages";
        QTest::newRow("list for an object") << R"({"data":[]})"
                                            << "data";
        QTest::newRow("unknown projection") << R"({"adapter":{"targets":["q_proj","x_proj"]}})"
                                            << "adapter.targets[1]";
        QTest::newRow("yes for a switch") << R"({"evaluation":{"beforeTraining":"yes"}})"
                                          << "evaluation.beforeTraining";
        QTest::newRow("not an object") << R"([1,2])"
                                       << "configuration";
        QTest::newRow("version as text") << R"({"version":"1"})"
                                         << "version";
    }
    void wrongFieldsAreNamedByTheirPath()
    {
        QFETCH(QString, text);
        QFETCH(QString, path);
        const json value = json::parse(text.toStdString());
        QCOMPARE(QString::fromStdString(errorPath(value)), path);
        QCOMPARE(runConfigFromJson(value).error().code, ErrorCode::InvalidArgument);
    }

    void aNewerVersionIsRefusedAsSuch()
    {
        const auto result = runConfigFromJson(json{{"version", RunConfig::kVersion + 1}, {"unknown", 1}});
        QCOMPARE(result.error().code, ErrorCode::NewerVersion);
    }

    void aWholeNumberMayBeWrittenWithAnExponent()
    {
        QCOMPARE(runConfigFromJson(json::parse(R"({"data":{"maxTokens":1e3}})"))->data.maxTokens, std::int64_t{1000});
    }

    void aBrokenFileIsNamedWithItsLine()
    {
        const QTemporaryDir folder;
        const std::string file = folder.path().toStdString() + "/config.json";
        writeFileAtomically(file, "{\n \"name\": \"a\",\n \"seed\": ,\n}").value();
        const auto result = readRunConfig(file);
        QCOMPARE(result.error().code, ErrorCode::BadFile);
        QVERIFY(result.error().what.find("line 3") != std::string::npos);
        writeFileAtomically(file, R"({"adapter":{"rank":"x"}})").value();
        QCOMPARE(readRunConfig(file).error().where, file + ": adapter.rank");
        QCOMPARE(readRunConfig(file + ".missing").error().code, ErrorCode::NotFound);
    }

    void setsFieldsByPath()
    {
        RunConfig c = findPreset("quick-look").value().config;
        setField(c, "adapter.rank", "16").value();
        setField(c, "stages[0].learningRate", "1e-4").value();
        setField(c, "stages[1].mask.scope", "matrix").value();
        setField(c, "name", "123").value();
        setField(c, "adapter.targets", "q_proj,v_proj").value();
        setField(c, "evaluation.tasks[2].task", "language").value();
        setField(c, "data.addBos", "true").value();
        QCOMPARE(c.adapter.rank, std::int64_t{16});
        QCOMPARE(c.stages[0].learningRate, 1e-4);
        QCOMPARE(c.stages[1].mask.scope, MaskScope::Matrix);
        QCOMPARE(c.name, std::string("123"));
        QVERIFY((c.adapter.targets == std::vector{Projection::Q, Projection::V}));
        QCOMPARE(c.evaluation.tasks.size(), std::size_t{3});
        QCOMPARE(c.evaluation.tasks[2].task, std::string("language"));
        QVERIFY(c.data.addBos);
    }

    void refusesFieldsThatDoNotExistAndChangesNothing_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("value");
        for (const char* path : {"adapter.ranks", "stages[9].steps", "stages[x].steps", "stages[0", "", ".", "a..b", "name[0]",
                                 "rank", "stages[-1].steps", "stages[99999999999999999999]"}) {
            QTest::newRow(path) << path << "1";
        }
        QTest::newRow("NaN as a learning rate") << "stages[0].learningRate"
                                                << "NaN";
        QTest::newRow("word as a number") << "adapter.rank"
                                          << "many";
        QTest::newRow("unknown word") << "stages[1].mask.scope"
                                      << "galaxy";
    }
    void refusesFieldsThatDoNotExistAndChangesNothing()
    {
        QFETCH(QString, path);
        QFETCH(QString, value);
        const RunConfig before = findPreset("quick-look").value().config;
        RunConfig c = before;
        const auto result = setField(c, path.toStdString(), value.toStdString());
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(QString::fromStdString(result.error().where), path);
        QVERIFY(c == before);
    }

    void namesOfProjectionsAndStagesAreHuggingFaceAndDesignNames()
    {
        QCOMPARE(std::string(projectionName(Projection::Gate)), std::string("gate_proj"));
        QCOMPARE(projectionFromName("down_proj").value(), Projection::Down);
        QVERIFY(!projectionFromName("lm_head").has_value());
        QCOMPARE(std::string(stageKindName(StageKind::LoriS)), std::string("lori-s"));
        QCOMPARE(fromWord<MaskScope>("layer").value(), MaskScope::Layer);
    }
};

class ConfigValidationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPresetIsValidAndComplete()
    {
        QCOMPARE(presets().size(), std::size_t{3});
        for (const Preset& preset : presets()) {
            const auto issues = validate(preset.config);
            QVERIFY2(issues.empty(), issues.empty() ? "" : (preset.id + ": " + issues[0].path + " " + issues[0].problem).c_str());
            QCOMPARE(preset.config.preset, preset.id);
            QVERIFY(!preset.title.empty() && !preset.explanation.empty());
        }
        QCOMPARE(findPreset("none").error().code, ErrorCode::NotFound);
    }

    void thePaperPresetsHoldTheReferenceValues()
    {
        const RunConfig c = findPreset("paper-lori-s-90").value().config;
        QCOMPARE(c.adapter.rank, std::int64_t{32});
        QCOMPARE(c.adapter.alpha, 64.0);
        QCOMPARE(c.data.truncation, Truncation::Reference);
        QCOMPARE(c.data.order, RowOrder::Reference);
        QCOMPARE(c.optimizer.clip, ClipRule::PerTensor);
        QCOMPARE(c.optimizer.loss, LossReduction::SequenceSum);
        QCOMPARE(c.stages.size(), std::size_t{3});
        QCOMPARE(c.stages[0].batchRows, std::int64_t{32});
        QCOMPARE(c.stages[0].learningRate, 5e-5);
        QCOMPARE(c.stages[1].mask.sparsity, 0.9);
        QCOMPARE(c.stages[2].learningRate, 5e-4);
        QVERIFY(!c.stages[2].reuseProjection);
    }

    void eachWrongValueIsNamedAlone_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("path");
        const auto row = [](const char* field, const char* value, const char* path = nullptr) {
            QTest::addRow("%s = %s", field, value) << field << value << (path != nullptr ? path : field);
        };
        row("adapter.rank", "0");
        row("adapter.rank", "1025");
        row("adapter.alpha", "0");
        row("adapter.alpha", "-1");
        row("adapter.targets", "[]");
        row("adapter.targets", "[\"q_proj\",\"v_proj\",\"q_proj\"]");
        row("stages[1].mask.sparsity", "1");
        row("stages[1].mask.sparsity", "0.9991");
        row("stages[1].mask.sparsity", "-0.1");
        row("stages[0].learningRate", "0");
        row("stages[2].learningRate", "-1e-4");
        row("stages[0].steps", "-1");
        row("stages[0].batchRows", "0");
        row("stages[0].batchTokens", "-5");
        row("stages[0].accumulate", "0");
        row("stages[0].accumulate", "9");
        row("data.sources", "[]");
        row("data.sources", "[{}]", "data.sources[0]");
        row("data.sources", "[{\"task\":\"safety\",\"file\":\"x.csv\"}]", "data.sources[0]");
        row("data.sources", "[{\"task\":\"chess\"}]", "data.sources[0].task");
        row("data.sources", "[{\"file\":\"x\",\"maxRows\":-1}]", "data.sources[0].maxRows");
        row("data.sources", "[{\"file\":\"x\",\"columns\":{\"messages\":\"m\",\"output\":\"o\"}}]", "data.sources[0].columns");
        row("data.sources", "[{\"task\":\"maths\",\"columns\":{\"output\":\"o\"}}]", "data.sources[0].columns");
        row("data.heldOutShare", "0.6");
        row("data.heldOutShare", "-0.1");
        row("data.maxTokens", "200", "data.maxPromptTokens");
        row("data.maxPromptTokens", "512");
        row("evaluation.tasks[0].task", "chess");
        row("evaluation.tasks[1].task", "safety");
        row("evaluation.tasks[1].task", "chess");
        row("evaluation.tasks[0].limit", "-1");
        row("evaluation.maxNewTokens", "0");
        row("evaluation.batchRows", "0");
        row("evaluation.everyLimit", "0");
        row("optimizer.beta1", "1");
        row("optimizer.beta2", "-0.1");
        row("optimizer.epsilon", "0");
        row("optimizer.weightDecay", "-1");
        row("optimizer.maxGradNorm", "0");
        row("optimizer.warmupSteps", "-1");
        row("checkpoint.keep", "0");
        row("name", "\"  \"");
        row("model", "\"\"");
        row("threads", "-1");
    }
    void eachWrongValueIsNamedAlone()
    {
        QFETCH(QString, field);
        QFETCH(QString, value);
        QFETCH(QString, path);
        RunConfig c = findPreset("quick-look").value().config;
        setField(c, field.toStdString(), value.toStdString()).value();
        const auto issues = validate(c);
        QCOMPARE(issues.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(issues[0].path), path);
        QVERIFY(!issues[0].problem.empty() && !issues[0].hint.empty());
    }

    void notANumberAndInfinityAreNamed()
    {
        RunConfig c = findPreset("quick-look").value().config;
        c.stages[0].learningRate = std::nan("");
        c.stages[2].learningRate = std::numeric_limits<double>::infinity();
        c.stages[1].mask.sparsity = std::nan("");
        const auto issues = validate(c);
        QCOMPARE(issues.size(), std::size_t{3});
        QVERIFY(names(issues, "stages[0].learningRate"));
        QVERIFY(issues[0].problem.find("NaN") != std::string::npos);
        QVERIFY(names(issues, "stages[1].mask.sparsity"));
        QVERIFY(names(issues, "stages[2].learningRate"));
    }

    void epochsCountOnlyWithoutSteps()
    {
        RunConfig c = findPreset("quick-look").value().config;
        c.stages[0].epochs = 0;
        QVERIFY(validate(c).empty());
        c.stages[0].steps = 0;
        QVERIFY(names(validate(c), "stages[0].epochs"));
    }

    void stagesMustComeInASensibleOrder()
    {
        const RunConfig good = findPreset("quick-look").value().config;
        RunConfig c = good;
        c.stages = {good.stages[1], good.stages[2]};
        QVERIFY(names(validate(c), "stages[0]"));
        c.stages[0].fromAdapter = "/adapters/d";
        QVERIFY(validate(c).empty());
        c.stages = {good.stages[0], good.stages[2]};
        QVERIFY(names(validate(c), "stages[1]"));
        c.stages = {};
        QVERIFY(names(validate(c), "stages"));
    }

    void aStageStartsOnlyFromAnEarlierOneOfAFittingKind()
    {
        const RunConfig good = findPreset("quick-look").value().config; // LoRI-D, Mask, LoRI-S
        RunConfig c = good;
        c.stages[2].fromStage = 0;
        c.stages[2].start = StageStart::Continue;
        c.stages[2].maskStage = 1;
        QVERIFY(validate(c).empty());
        c.stages[2].fromStage = 2; // itself: the chain would never begin
        QVERIFY(names(validate(c), "stages[2].fromStage"));
        c.stages[2].fromStage = 1; // a mask is no adapter
        QVERIFY(names(validate(c), "stages[2].fromStage"));
        c.stages[2].fromStage = 0;
        c.stages[2].fromAdapter = "/adapters/d";
        QVERIFY(names(validate(c), "stages[2].fromStage"));
        c = good;
        c.stages[2].maskStage = 0;
        QVERIFY(names(validate(c), "stages[2].maskStage"));
        c = good;
        c.stages[0].start = StageStart::Continue;
        QVERIFY(names(validate(c), "stages[0].start"));
        c = good;
        c.stages[1].mask.avoidStages = {1};
        QVERIFY(names(validate(c), "stages[1].mask.avoidStages[0]"));
        c = good;
        c.stages[0].kind = StageKind::Dora;
        c.stages[1].fromStage = 0; // B of DoRA has a meaning only with its magnitudes
        QVERIFY(names(validate(c), "stages[1].fromStage"));
    }

    void aStageMayHaveItsOwnData()
    {
        RunConfig c = findPreset("quick-look").value().config;
        c.stages[0].sources = {{"boolq", "", {}, PromptTemplate::Chat, 10}};
        QVERIFY(validate(c).empty());
        c.stages[0].sources[0].task = "chess";
        QVERIFY(names(validate(c), "stages[0].sources[0].task"));
        c = findPreset("quick-look").value().config;
        c.data.sources = {};
        QVERIFY(names(validate(c), "data.sources"));
    }

    void aFloorNeedsATaskThatIsScored()
    {
        RunConfig c = findPreset("quick-look").value().config;
        c.evaluation.floors = {{c.evaluation.tasks[0].task, "", 5}};
        QVERIFY(validate(c).empty());
        c.evaluation.floors = {{"gsm8k", "", 101}};
        QVERIFY(names(validate(c), "evaluation.floors[0].task"));
        QVERIFY(names(validate(c), "evaluation.floors[0].points"));
    }

    void aFloorNeedsAnEarlierScoreToCompareWith()
    {
        RunConfig c = findPreset("quick-look").value().config;
        c.evaluation.floors = {{c.evaluation.tasks[0].task, "", 5}};
        c.evaluation.beforeTraining = false;
        QVERIFY(validate(c).empty()); // the end of LoRI-D, then that of LoRI-S
        c.evaluation.afterEachStage = false;
        QVERIFY(names(validate(c), "evaluation.floors[0].task")); // only the last stage is scored
        c.evaluation.beforeTraining = true;
        QVERIFY(validate(c).empty());
        c.evaluation.beforeTraining = false;
        c.evaluation.afterEachStage = true;
        c.stages[0].evaluate = false;
        QVERIFY(names(validate(c), "evaluation.floors[0].task"));
    }

    void feedForwardModulesOfIa3AreAmongItsModules()
    {
        RunConfig c = findPreset("quick-look").value().config;
        c.adapter.ia3FeedForward = {Projection::Up};
        QVERIFY(names(validate(c), "adapter.ia3FeedForward"));
        c.adapter.ia3Targets = {};
        c.adapter.ia3FeedForward = {};
        QVERIFY(names(validate(c), "adapter.ia3Targets"));
    }

    void allProblemsAreReportedAtOnce()
    {
        RunConfig c = findPreset("quick-look").value().config;
        c.adapter.rank = 0;
        c.data.heldOutShare = 2;
        c.stages[0].batchRows = -3;
        c.evaluation.tasks[0].task = "chess";
        QCOMPARE(validate(c).size(), std::size_t{4});
    }
};

LORI_TEST(RunConfigTest)
LORI_TEST(ConfigValidationTest)
#include "run_config_test.moc"
