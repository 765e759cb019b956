// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/config_issue.h"
#include "tests/support/test_registry.h"
#include "ui/pages/experiment/choices.h"
#include "ui/pages/masks/mask_library.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace lori;
using namespace lori::ui;
using experiment::RunConfig;
using experiment::StageConfig;
using experiment::StageKind;
namespace fs = std::filesystem;

namespace {

/// Four tasks one after another: LoRI-D, mask, LoRI-S for each, twelve stages, as `lori sequence` makes them.
RunConfig fourTasks()
{
    RunConfig config;
    config.name = "four tasks";
    config.data.sources.resize(1);
    config.data.sources[0].task = "safety";
    for (std::int64_t task = 0; task < 4; ++task) {
        StageConfig dense;
        StageConfig mask;
        mask.kind = StageKind::Mask;
        mask.fromStage = 3 * task;
        for (std::int64_t earlier = 0; earlier < task; ++earlier) {
            mask.mask.avoidStages.push_back(3 * earlier + 1);
        }
        StageConfig sparse;
        sparse.kind = StageKind::LoriS;
        sparse.fromStage = 3 * task;
        sparse.maskStage = 3 * task + 1;
        config.stages.insert(config.stages.end(), {dense, mask, sparse});
    }
    return config;
}

/// The folders and files that the worker leaves, without contents: the library looks at names and the configuration.
fs::path makeRun(const Home& home, const RunConfig& config)
{
    const auto run = jobs::RunFolder::create(home, config).value();
    fs::create_directories(run.masks());
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        if (config.stages[i].kind == StageKind::Mask) {
            std::ofstream(run.masks() / (std::to_string(i) + "-mask.safetensors")) << "x";
        } else {
            fs::create_directories(run.adapterFolder(static_cast<std::int64_t>(i), config.stages[i].kind));
        }
    }
    return run.path();
}

} // namespace

class MaskPairsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twelveStagesGiveFourPairsThatBelongTogether()
    {
        const QTemporaryDir folder;
        const Home home{folder.path().toStdString()};
        makeRun(home, fourTasks());
        const auto sources = findMaskSources(home);
        QCOMPARE(sources.size(), std::size_t{4});
        for (std::size_t task = 0; task < 4; ++task) {
            QCOMPARE(sources[task].adapter.filename().string(), std::to_string(3 * task) + "-lori-d");
            QCOMPARE(sources[task].maskFile.filename().string(), std::to_string(3 * task + 1) + "-mask.safetensors");
        }
    }

    void aStagesOwnWordsComeBeforeItsPlace()
    {
        RunConfig config = fourTasks();
        config.stages[10].fromStage = 3;                      // the last mask is made of the second task's adapter
        config.stages[7].fromStage = -1;                      // the one before: the newest LoRI-D
        config.stages[4].fromAdapter = "/elsewhere/0-lori-d"; // not there: the mask stands alone
        const QTemporaryDir folder;
        const Home home{folder.path().toStdString()};
        makeRun(home, config);
        std::map<std::string, std::string> pairs;
        for (const MaskSource& source : findMaskSources(home)) {
            pairs[source.maskFile.filename().string()] += source.adapter.filename().string();
        }
        QCOMPARE(pairs.at("1-mask.safetensors"), std::string("0-lori-d"));
        QCOMPARE(pairs.at("4-mask.safetensors"), std::string());
        QCOMPARE(pairs.at("7-mask.safetensors"), std::string("6-lori-d"));
        QCOMPARE(pairs.at("10-mask.safetensors"), std::string("3-lori-d"));
        QCOMPARE(pairs.at(""), std::string("9-lori-d")); // its mask was made of another one
    }

    void anotherSparsityIsACopyOfTheRunWithItsDenseAdapter()
    {
        const QTemporaryDir folder;
        const Home home{folder.path().toStdString()};
        RunConfig config = experiment::findPreset("quick-look").value().config;
        config.name = "Capitals";
        config.data.sources[0].task = "maths";
        const fs::path run = makeRun(home, config);
        const auto copy = withOtherMask(config, run, run / "adapter" / "0-lori-d", 0.539, experiment::MaskScope::Projection);
        QVERIFY(copy.has_value());
        QCOMPARE(copy->changed.stages.size(), std::size_t{2});
        QVERIFY(experiment::validate(copy->changed).empty());
        QCOMPARE(copy->changed.data, config.data);
        QCOMPARE(copy->changed.parentRun, run.filename().string());
        QCOMPARE(copy->changed.stages[0].fromAdapter, (run / "adapter" / "0-lori-d").string());
        QCOMPARE(copy->changed.stages[1].fromAdapter, copy->changed.stages[0].fromAdapter);
        QCOMPARE(copy->changed.stages[1].learningRate, config.stages[2].learningRate);
        QCOMPARE(copy->changed.stages[0].mask.sparsity, 0.539);
        QCOMPARE(copy->base.stages[0].mask.sparsity, 0.9); // so that the change is marked
        QVERIFY(copy->changed.stages[0].mask.scope == experiment::MaskScope::Projection);
    }

    void theThirdOfFourTasksKeepsOffTheGroundOfTheFirstTwo()
    {
        const QTemporaryDir folder;
        const Home home{folder.path().toStdString()};
        const RunConfig config = fourTasks();
        const fs::path run = makeRun(home, config);
        const auto copy = withOtherMask(config, run, run / "adapter" / "6-lori-d", 0.95, experiment::MaskScope::Model);
        QVERIFY(copy.has_value());
        const auto& avoid = copy->changed.stages[0].mask.avoid;
        QCOMPARE(avoid.size(), std::size_t{2});
        QCOMPARE(avoid[1], (run / "masks" / "4-mask.safetensors").string());
        QVERIFY(experiment::validate(copy->changed).empty());
    }

    void aDenseRunGetsAMaskAndASparseStage()
    {
        const QTemporaryDir folder;
        const Home home{folder.path().toStdString()};
        const RunConfig config = experiment::findPreset("paper-lori-d").value().config;
        const fs::path run = makeRun(home, config);
        const auto copy = withOtherMask(config, run, run / "adapter" / "0-lori-d", 0.8, experiment::MaskScope::Layer);
        QVERIFY(copy.has_value());
        QVERIFY(experiment::validate(copy->changed).empty());
        QCOMPARE(copy->changed.stages[1].learningRate, config.stages[0].learningRate * 10);
        QVERIFY(!withOtherMask(config, run, "/elsewhere/adapter", 0.8, experiment::MaskScope::Layer).has_value());
    }
};

LORI_TEST(MaskPairsTest)
#include "mask_pairs_test.moc"
