// SPDX-License-Identifier: Apache-2.0
// Jobs of each kind, from their options to what they leave behind.
#include "core/events/event_follower.h"
#include "core/runs/worker.h"
#include "core/support/files.h"
#include "core/workers/job_options.h"
#include "core/workers/kinds.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;
using nlohmann::json;
namespace fs = std::filesystem;

class KindsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_place = m_folder.path().toStdString();
        m_home.root = m_place / "home";
        m_model = (m_place / "model").string();
        test::writeTinyModel(m_model);
        std::string rows;
        for (int i = 0; i < 20; ++i) {
            rows += json{{"instruction", "say " + std::to_string(i)}, {"output", "it is " + std::to_string(i)}}.dump() + "\n";
        }
        writeFileAtomically(m_place / "rows.jsonl", rows).value();
        for (const std::uint64_t seed : {1, 2}) {
            m_adapters.push_back(trained(seed));
        }
    }

    void optionsAreReadStrictly()
    {
        for (const std::string& kind : workers::kindNames()) {
            const auto made = workers::makeKind(m_home, {kind, "", {{"colour", 1}}, {}, 0});
            QCOMPARE(made.error().code, ErrorCode::InvalidArgument);
            QCOMPARE(made.error().where, std::string("colour"));
        }
        QCOMPARE(workers::makeKind(m_home, {"dance", "", json::object(), {}, 0}).error().code, ErrorCode::Unsupported);
        const auto nested = workers::makeKind(m_home, {"merge", "", {{"adapters", {{{"folder", 1}}}}}, {}, 0});
        QCOMPARE(nested.error().where, std::string("adapters[0].folder"));
        const auto word = workers::makeKind(m_home, {"evaluate", "", {{"task", "safety"}, {"how", "guess"}}, {}, 0});
        QCOMPARE(word.error().where, std::string("how"));
    }

    void aPlanOpensWhatTheWorkReads()
    {
        const auto job = workers::makeKind(m_home, {"interference", "", {{"adapters", {"/nowhere"}}}, {}, 0}).value();
        QVERIFY(!guard([&] { static_cast<void>(job->plan()); }));
        const auto good = workers::makeKind(m_home, {"merge", "", mergeOptions(""), {}, 0}).value();
        QVERIFY(good->plan().memoryBytes >= 0);
    }

    void theSameMergeGivesTheSameBytesAndKnowsItsParents()
    {
        const auto first = work("merge", mergeOptions(""));
        const auto second = work("merge", mergeOptions(""));
        QCOMPARE(first.at("sha256"), second.at("sha256"));
        QCOMPARE(first.at("parents").size(), std::size_t{2});
        QVERIFY(first.at("parents")[0] != first.at("parents")[1]);
        QCOMPARE(first.at("weights"), json({0.5, 0.5}));
        QVERIFY(first.at("loss").contains("total") && first.at("modules").size() > 0);
        const fs::path folder = m_home.jobs() / first.at("job").get<std::string>();
        QVERIFY(fs::exists(folder / "merged" / "adapter_model.safetensors"));
        QVERIFY(readTextFile(folder / "report.md")->find("loses:") != std::string::npos);
        int artifacts = 0;
        for (const events::Event& event : events::EventFollower(folder / "events.jsonl").poll().value()) {
            if (const auto* made = event.as<events::Artifact>()) {
                ++artifacts;
                QCOMPARE(made->path, std::string("merged"));
                QCOMPARE(json(made->fingerprint), first.at("sha256"));
                QCOMPARE(json(made->parents), first.at("parents"));
            }
        }
        QCOMPARE(artifacts, 1);
    }

    void aStoppedMergeLeavesNothingHalfMade()
    {
        const fs::path out = m_place / "stopped";
        const auto kind = workers::makeKind(m_home, {"merge", "", mergeOptions(out.string()), {}, 0}).value();
        const auto folder = jobs::JobFolder::create(m_home, {"merge", "stopped", mergeOptions(out.string()), {}, 0}).value();
        folder.sendCommand(jobs::Command::StopAndKeep).value();
        std::atomic<bool> interrupt = true;
        jobs::WorkOptions options;
        options.interrupt = &interrupt;
        QVERIFY(!jobs::workInJob(folder, *kind, options));
        QVERIFY(!fs::exists(out));
        QVERIFY(jobs::workInJob(folder, *kind, {}).has_value());
        QVERIFY(fs::exists(out / "adapter_model.safetensors"));
    }

    void anEvaluationKeepsItsAnswers()
    {
        workers::EvaluateOptions options;
        options.model.model = m_model;
        options.model.adapter = m_adapters[0];
        options.task = "safety";
        options.limit = 2;
        options.maxNewTokens = 3;
        const auto result = work("evaluate", events::fieldsOf(options));
        QVERIFY(result.at("scores").contains("refusal_rate") && result.at("scores").contains("needless_refusal_rate"));
        const fs::path folder = m_home.jobs() / result.at("job").get<std::string>();
        const std::string items = result.at("scores").at("refusal_rate").at("itemsFile");
        const std::string text = readTextFile(folder / items).value();
        QCOMPARE(std::count(text.begin(), text.end(), '\n'), std::ptrdiff_t{2});
        int scores = 0;
        for (const events::Event& event : events::EventFollower(folder / "events.jsonl").poll().value()) {
            scores += event.as<events::Score>() != nullptr ? 1 : 0;
        }
        QCOMPARE(static_cast<std::size_t>(scores), result.at("scores").size());
    }

    void adaptersAndMasksAreCompared()
    {
        const auto met = work("interference", {{"adapters", m_adapters}});
        QCOMPARE(met.at("total").at("pairs").size(), std::size_t{1});
        QCOMPARE(met.at("adapters")[1].at("folder").get<std::string>(), m_adapters[1]);
        const auto masks = work("compare-masks", {{"masks", m_adapters}});
        QCOMPARE(masks.at("pairs").size(), std::size_t{1});
    }

    void anExportIsAModel()
    {
        const fs::path out = m_place / "exported";
        const auto done =
            work("export", {{"model", m_model}, {"adapter", m_adapters[0]}, {"out", out.string()}, {"dtype", "f32"}});
        QVERIFY(done.at("adaptedModules").get<int>() > 0);
        QVERIFY(fs::exists(out / "config.json"));
        const auto lora = work(
            "export",
            {{"model", m_model}, {"adapter", m_adapters[0]}, {"out", (m_place / "a.gguf").string()}, {"format", "gguf-lora"}});
        QVERIFY(fs::exists(lora.at("file").get<std::string>()));
    }

private:
    json mergeOptions(const std::string& out) const
    {
        workers::MergeJobOptions options;
        for (const std::string& adapter : m_adapters) {
            options.adapters.push_back({adapter, 0.5});
        }
        options.out = out;
        return events::fieldsOf(options);
    }

    json work(const std::string& kind, const json& options) const
    {
        const jobs::JobRecord record{kind, "test", options, {}, 0};
        const auto made = workers::makeKind(m_home, record).value();
        static_cast<void>(made->plan());
        const auto folder = jobs::JobFolder::create(m_home, record).value();
        const auto result = jobs::workInJob(folder, *made, {});
        if (!result) {
            throw Exception(result.error());
        }
        return json::parse(result->json.dump());
    }

    /// A LoRI-S adapter of one run: three steps, a mask, three steps.
    std::string trained(std::uint64_t seed) const
    {
        experiment::RunConfig c;
        c.name = "small";
        c.model = m_model;
        c.device = experiment::Device::Cpu;
        c.seed = seed;
        c.adapter.rank = 4;
        c.adapter.projectionSeed = seed;
        experiment::DataSource source;
        source.file = (m_place / "rows.jsonl").string();
        c.data.sources = {source};
        experiment::StageConfig dense;
        dense.steps = 3;
        dense.batchRows = 4;
        dense.learningRate = 1e-2;
        experiment::StageConfig mask;
        mask.kind = experiment::StageKind::Mask;
        experiment::StageConfig sparse = dense;
        sparse.kind = experiment::StageKind::LoriS;
        c.stages = {dense, mask, sparse};
        c.evaluation.tasks.clear();
        const auto folder = jobs::RunFolder::create(m_home, c).value();
        static_cast<void>(runs::runWorker(folder, {m_home, {}, nullptr}).value());
        return folder.adapterFolder(2, experiment::StageKind::LoriS).string();
    }

    QTemporaryDir m_folder;
    fs::path m_place;
    Home m_home;
    std::string m_model;
    std::vector<std::string> m_adapters;
};

LORI_TEST(KindsTest)
#include "kinds_test.moc"
