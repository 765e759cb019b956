// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/estimate.h"
#include "core/experiment/machine_speed.h"
#include "core/support/files.h"
#include "tests/experiment/known_shapes.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace lori::experiment;
using lori::Home;
using lori::test::kLlama3;
using lori::test::kSmolLm2;

namespace {

constexpr DataLengths kLengths{2000, 180, 90};

/// Eight rows of some 180 tokens a step, 60 + 60 steps.
RunConfig eightRows()
{
    RunConfig c = findPreset("quick-look").value().config;
    c.device = Device::Cpu;
    c.threads = 2;
    c.evaluation.tasks.clear();
    c.evaluation.heldOutEverySteps = 0;
    c.data.heldOutShare = 0;
    c.stages[0].steps = 60;
    c.stages[2].steps = 60;
    return c;
}

/// What a run of `steps` steps measured.
std::vector<SpeedEntry> measured(int steps, std::int64_t tokens, double secondsPerStep, const std::string& device = "cpu",
                                 const ModelShape& shape = kSmolLm2)
{
    SpeedMeter meter(shape);
    for (int i = 0; i < steps; ++i) {
        meter.addStep(tokens, tokens / 2, secondsPerStep);
    }
    return meter.entries(device, device == "cpu" ? 2 : 0, modelKey(shape, eightRows().weights, eightRows().products), 7);
}

double secondsOf(const Home& home, const RunConfig& c)
{
    return estimate(c, kSmolLm2, kLengths, machineSpeed(home, c, kSmolLm2, kLengths)).seconds.value;
}

} // namespace

class MachineSpeedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_home = {m_folder->path().toStdString()};
    }

    void aRunEstimatesItsOwnRepetition()
    {
        const RunConfig c = eightRows();
        QVERIFY(!machineSpeed(m_home, c, kSmolLm2, kLengths).isMeasured());
        QVERIFY(SpeedBook::add(m_home, measured(120, 8 * 180, 2.5)).has_value());
        QVERIFY(std::abs(secondsOf(m_home, c) - 120 * 2.5) < 1);
        const MachineSpeed speed = machineSpeed(m_home, c, kSmolLm2, kLengths);
        QVERIFY(speed.isMeasured());
        QCOMPARE(speed.measuredSeconds, 300.0);
        const std::string formula = estimate(c, kSmolLm2, kLengths, speed).seconds.formula;
        QVERIFY2(formula.find("measured on cpu in 300 s") != std::string::npos, formula.c_str());
    }

    /// Two short rows a step take many times as long for each operation: they say nothing of eight long ones.
    void aRunOnTwoRowsSpoilsNoOtherEstimate()
    {
        const RunConfig c = eightRows();
        const double assumed = secondsOf(m_home, c);
        QVERIFY(SpeedBook::add(m_home, measured(200, 40, 2.0)).has_value());
        QCOMPARE(secondsOf(m_home, c), assumed);
        QVERIFY(SpeedBook::add(m_home, measured(120, 8 * 180, 2.5)).has_value());
        QVERIFY(SpeedBook::add(m_home, measured(200, 40, 2.0)).has_value());
        QVERIFY(std::abs(secondsOf(m_home, c) - 120 * 2.5) < 1);
    }

    void aShortSlowRunCountsByItsLength()
    {
        QVERIFY(SpeedBook::add(m_home, measured(400, 8 * 180, 2.5)).has_value()); // 1000 s
        QVERIFY(SpeedBook::add(m_home, measured(10, 8 * 180, 10)).has_value());   // 100 s at a quarter of the speed
        const double perStep = secondsOf(m_home, eightRows()) / 120;
        QVERIFY2(perStep > 2.5 && perStep < 2.8, qPrintable(QString::number(perStep)));
    }

    void anHourIsRemembered()
    {
        QVERIFY(SpeedBook::add(m_home, measured(4000, 8 * 180, 10)).has_value()); // long ago, on a slower machine
        for (int i = 0; i < 12; ++i) {
            QVERIFY(SpeedBook::add(m_home, measured(400, 8 * 180, 2.5)).has_value());
        }
        const double perStep = secondsOf(m_home, eightRows()) / 120;
        QVERIFY2(perStep < 2.6, qPrintable(QString::number(perStep)));
    }

    void devicesThreadsAndModelsAreKeptApart()
    {
        const RunConfig c = eightRows();
        const double assumed = secondsOf(m_home, c);
        QVERIFY(SpeedBook::add(m_home, measured(120, 8 * 180, 0.01, "cuda:0")).has_value());
        QCOMPARE(secondsOf(m_home, c), assumed);
        RunConfig onGpu = c;
        onGpu.device = Device::Cuda;
        QVERIFY(secondsOf(m_home, onGpu) < 10);
        RunConfig oneThread = c;
        oneThread.threads = 1;
        QVERIFY(SpeedBook::add(m_home, measured(120, 8 * 180, 2.5)).has_value());
        QCOMPARE(secondsOf(m_home, oneThread), assumed);
        // Another model's speed is better than an assumption, its own is better still.
        const double other = machineSpeed(m_home, c, kLlama3, kLengths).trainFlopsPerSecond;
        QCOMPARE(other, machineSpeed(m_home, c, kSmolLm2, kLengths).trainFlopsPerSecond);
        QVERIFY(SpeedBook::add(m_home, measured(20, 8 * 180, 50, "cpu", kLlama3)).has_value());
        QVERIFY(machineSpeed(m_home, c, kLlama3, kLengths).trainFlopsPerSecond != other);
        QCOMPARE(machineSpeed(m_home, c, kSmolLm2, kLengths).trainFlopsPerSecond, other);
    }

    void answersAndChoicesHaveSpeedsOfTheirOwn()
    {
        SpeedMeter meter(kSmolLm2);
        meter.addGeneration(150, 96, 75, 60);
        meter.addChoices(1000, 75, 20);
        meter.addGeneration(1, 96, 75, 0.5); // a single answer tells nothing of 75 at once, nor does half a second
        const auto entries = meter.entries("cpu", 2, modelKey(kSmolLm2, eightRows().weights, eightRows().products), 7);
        QCOMPARE(entries.size(), std::size_t{2});
        QVERIFY(SpeedBook::add(m_home, entries).has_value());
        RunConfig c = eightRows();
        c.evaluation.batchRows = 75;
        const MachineSpeed speed = machineSpeed(m_home, c, kSmolLm2, kLengths);
        QVERIFY(!speed.isMeasured()); // nothing was trained
        QVERIFY(std::abs(generationFlops(kSmolLm2, 150 * 96) / speed.generateFlopsPerSecond - 60) < 1e-6);
        QVERIFY(std::abs(choiceFlops(kSmolLm2, 1000) / speed.choiceFlopsPerSecond - 20) < 1e-6);
        c.evaluation.batchRows = 1;
        QCOMPARE(machineSpeed(m_home, c, kSmolLm2, kLengths).generateFlopsPerSecond, MachineSpeed{}.generateFlopsPerSecond);
    }

    void tooLittleWorkIsNotBelieved()
    {
        QVERIFY(measured(9, 1000, 2).empty());
        QCOMPARE(measured(10, 1000, 2).size(), std::size_t{1});
    }

    void whatCannotBeReadIsAssumed()
    {
        for (
            const char* broken :
            {"", "{", "[]", R"({"version":1,"trainFlopsPerSecond":1e9,"generateFlopsPerSecond":1,"device":"cpu"})",
             R"({"version":"2"})", R"({"version":2,"entries":{"a":3}})",
             R"({"version":2,"entries":[{"device":"cpu","threads":2,"model":"m","work":"train","size":1024,"flops":-1,"seconds":1,"measuredMs":1}]})",
             R"({"version":2,"entries":[{"device":3}]})"}) {
            QVERIFY(lori::writeFileAtomically(m_home.speedFile(), std::string_view(broken)).has_value());
            QVERIFY2(SpeedBook::load(m_home).entries().empty(), broken);
        }
        QVERIFY(SpeedBook::add(m_home, measured(20, 1000, 2)).has_value()); // and what is broken is replaced
        QCOMPARE(SpeedBook::load(m_home).entries(), measured(20, 1000, 2));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    Home m_home;
};

LORI_TEST(MachineSpeedTest)
#include "machine_speed_test.moc"
