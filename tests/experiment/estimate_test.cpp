// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/estimate.h"
#include "core/experiment/number_text.h"
#include "core/experiment/trainable.h"
#include "core/support/files.h"
#include "tests/experiment/known_shapes.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace lori::experiment;
using lori::test::kLlama3;
using lori::test::kSmolLm2;

namespace {

Estimate of(const RunConfig& config, const ModelShape& shape, DataLengths lengths = {2000, 180, 90})
{
    return estimate(config, shape, lengths, MachineSpeed{});
}

} // namespace

class EstimateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void projectionsHaveTheShapesOfTheDecoder()
    {
        QCOMPARE(projectionShape(kLlama3, Projection::Q).out, std::int64_t{4096});
        QCOMPARE(projectionShape(kLlama3, Projection::V).out, std::int64_t{1024});
        QCOMPARE(projectionShape(kLlama3, Projection::Up).out, std::int64_t{14336});
        QCOMPARE(projectionShape(kLlama3, Projection::Down).in, std::int64_t{14336});
        const ModelShape wideHeads{1, 100, 4, 2, 32, 200, 10, false};
        QCOMPARE(projectionShape(wideHeads, Projection::O).in, std::int64_t{128});
        QCOMPARE(projectionShape(wideHeads, Projection::O).out, std::int64_t{100});
    }

    void trainableParametersEqualThePublishedCounts()
    {
        // method.md §1.2: Llama-3-8B, rank 32, all seven projections.
        const Estimate e = of(findPreset("paper-lori-s-90").value().config, kLlama3);
        QCOMPARE(e.parametersOf(StageKind::Lora).value, 83'886'080.0);
        QCOMPARE(e.parametersOf(StageKind::Dora).value, 85'262'336.0);
        QCOMPARE(e.parametersOf(StageKind::Ia3).value, 524'288.0);
        QCOMPARE(e.parametersOf(StageKind::Full).value, 8'030'261'248.0);
        QCOMPARE(e.parametersOf(StageKind::LoriD).value, 44'040'192.0);
        QCOMPARE(e.parametersOf(StageKind::LoriS).value, 4'404'019.0);
        QVERIFY(e.parametersOf(StageKind::LoriD).formula.find("32 layers × 43,008 out-features × rank 32 = 44,040,192") !=
                std::string::npos);
    }

    void subsetsOfProjectionsAndOtherScopesAreCounted()
    {
        RunConfig c = findPreset("quick-look").value().config;
        c.adapter.rank = 8;
        c.adapter.targets = {Projection::Q, Projection::V};
        QCOMPARE(of(c, kSmolLm2).parametersOf(StageKind::LoriD).value, 30.0 * (576 + 192) * 8);
        c.stages[1].mask.sparsity = 0.99;
        c.stages[1].mask.scope = MaskScope::Matrix;
        // Each B alone: int(0.01 · 4608) = 46 and int(0.01 · 1536) = 15.
        QCOMPARE(of(c, kSmolLm2).parametersOf(StageKind::LoriS).value, 30.0 * (46 + 15));
    }

    void everyFigureIsPositiveFiniteAndExplained()
    {
        for (const Preset& preset : presets()) {
            const Estimate e = of(preset.config, kSmolLm2);
            std::vector<const Figure*> figures{&e.memoryBytes, &e.seconds, &e.diskBytes};
            for (const MethodTraits& method : kMethods) {
                if (method.trains()) {
                    figures.push_back(&e.parametersOf(method.kind));
                }
            }
            for (const Figure* f : figures) {
                QVERIFY(std::isfinite(f->value) && f->value > 0);
                QVERIFY(f->formula.size() > 10);
            }
        }
    }

    void theLargestStageDecidesTheMemoryOfTheOptimizer()
    {
        RunConfig c = findPreset("quick-look").value().config;
        const Trainable dense = largestTrainable(c, kSmolLm2);
        QCOMPARE(dense.parameters, std::int64_t{30} * 5184 * 32);
        QCOMPARE(dense.optimizerBytes, 12 * dense.parameters);
        c.stages[0].kind = StageKind::Full;
        QCOMPARE(largestTrainable(c, kSmolLm2).parameters, std::int64_t{134'515'008});
        QVERIFY(of(c, kSmolLm2).memoryBytes.value >
                of(findPreset("quick-look").value().config, kSmolLm2).memoryBytes.value + 1.5e9);
    }

    void sixteenBitWeightsTakeHalfTheMemoryOfTheModel()
    {
        RunConfig c = findPreset("paper-lori-d").value().config;
        const double wide = of(c, kLlama3).memoryBytes.value;
        for (const WeightType type : {WeightType::Bf16, WeightType::F16}) {
            c.weights = type;
            const Figure half = of(c, kLlama3).memoryBytes;
            QVERIFY(std::abs(wide - half.value - 2 * 8'030'261'248.0) < 64e6); // but for the block that is widened
            QVERIFY2(half.formula.find("8,030,261,248 × 2 B") != std::string::npos, half.formula.c_str());
        }
        c.weights = WeightType::F32;
        QCOMPARE(of(c, kLlama3).memoryBytes.value, wide);
    }

    void timeGrowsWithStepsAndFallsWithSpeed()
    {
        RunConfig c = findPreset("quick-look").value().config;
        c.evaluation.tasks.clear();
        c.evaluation.heldOutEverySteps = 0;
        c.data.heldOutShare = 0;
        c.stages[0].steps = 60;
        c.stages[2].steps = 60;
        const double once = of(c, kSmolLm2).seconds.value;
        c.stages[0].steps *= 2;
        c.stages[2].steps *= 2;
        const double twice = of(c, kSmolLm2).seconds.value;
        QVERIFY(std::abs(twice / once - 2) < 1e-9);
        // 2 · 120 steps of 8 rows of 180 tokens, 90 of them response.
        const double flops = 4 * (106'168'320.0 * 345'600 + 49152.0 * 576 * 172'800);
        QVERIFY(std::abs(twice - flops / MachineSpeed{}.trainFlopsPerSecond) < 1e-6 * twice);
    }

    void epochsBecomeStepsOfTheRows()
    {
        RunConfig c = findPreset("paper-lori-d").value().config;
        c.evaluation.tasks.clear();
        const double threeEpochs = of(c, kSmolLm2, {1000, 100, 50}).seconds.value;
        c.stages[0].steps = 3 * (1000 / 32);
        QVERIFY(std::abs(of(c, kSmolLm2, {1000, 100, 50}).seconds.value - threeEpochs) < 1e-9 * threeEpochs);
    }

    void assumedLengthsAreSaid()
    {
        const RunConfig c = findPreset("quick-look").value().config;
        QVERIFY(of(c, kSmolLm2, {}).seconds.formula.find("assumed") != std::string::npos);
        QVERIFY(of(c, kSmolLm2).memoryBytes.formula.find("assumed") == std::string::npos);
    }

    void halfTypedConfigurationsDoNotBreakIt()
    {
        RunConfig c = findPreset("quick-look").value().config;
        c.stages[1].mask.sparsity = std::nan("");
        c.stages[0].batchRows = 0;
        c.adapter.targets.clear();
        c.data.maxTokens = 0;
        const Estimate e = of(c, ModelShape{});
        QCOMPARE(e.parametersOf(StageKind::LoriS).value, 0.0);
        QVERIFY(std::isfinite(e.seconds.value));
    }

    void numbersAreReadable()
    {
        QCOMPARE(groupedText(1234567), std::string("1,234,567"));
        QCOMPARE(groupedText(-999), std::string("-999"));
        QCOMPARE(groupedText(-1000), std::string("-1,000"));
        QCOMPARE(numberText(std::nan("")), std::string("NaN"));
        QCOMPARE(bytesText(1.5e9), std::string("1.5 GB"));
    }
};

LORI_TEST(EstimateTest)
#include "estimate_test.moc"
