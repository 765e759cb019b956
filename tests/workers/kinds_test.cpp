// SPDX-License-Identifier: Apache-2.0
// Jobs of each kind, from their options to what they leave behind.
#include "core/events/event_follower.h"
#include "core/experiment/sequence.h"
#include "core/runs/worker.h"
#include "core/support/files.h"
#include "core/workers/job_keys.h"
#include "core/workers/job_options.h"
#include "core/workers/kinds.h"
#include "core/workers/kinds_workshop.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <ATen/Parallel.h>
#include <QTemporaryDir>
#include <QtTest>

#include <map>

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

    void aStepOfAGraphBeginsWithTheThreadsOfTheProgram()
    {
        const int mine = at::get_num_threads();
        at::set_num_threads(3);
        workers::KindsWorkshop shop(m_home, "graph");
        const jobs::GraphNode node{"merge", "merge", {}, mergeOptions("")};
        const jobs::JobFolder folder = shop.folderFor(node, shop.keyOf(node.kind, node.options));
        at::set_num_threads(1); // as a training of one thread in this process leaves it
        static_cast<void>(shop.kindOf(folder));
        const int then = at::get_num_threads();
        at::set_num_threads(mine);
        QCOMPARE(then, 3);
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

    void aTrainingIsAKindLikeAnyOther()
    {
        const experiment::RunConfig config = smallRun(3);
        const jobs::JobRecord record{"train", "As a job", experiment::toJson(config), {}, 0};
        const auto kind = workers::makeKind(m_home, record).value();
        const jobs::JobPlan plan = kind->plan();
        QVERIFY(plan.seconds > 0 && plan.memoryBytes > 0 && plan.diskBytes > 0);
        const jobs::JobFolder folder = workers::createFolder(m_home, record).value();
        QCOMPARE(folder.path().parent_path(), m_home.runs());
        QCOMPARE(folder.record()->kind, std::string("train"));
        QCOMPARE(folder.record()->name, std::string("As a job"));
        const auto result = jobs::workInJob(folder, *kind, {});
        QVERIFY2(result.has_value(), result ? "" : result.error().sentence().c_str());
        QVERIFY(!result->json.contains("job")); // result.json stays what it was
        QCOMPARE(stepsOf(folder), stepsOf(jobs::JobFolder::open(m_home, trainedRun(smallRun(3)).string()).value()));
        const auto again = workers::makeKind(m_home, folder.record().value()).value();
        QCOMPARE(jobs::workInJob(folder, *again, {})->json.dump(), result->json.dump());
    }

    void aTrainingThatCannotWorkIsRefusedByItsPlan()
    {
        experiment::RunConfig config = smallRun(3);
        config.model = "/nowhere";
        const auto noModel = workers::makeKind(m_home, {"train", "", experiment::toJson(config), {}, 0}).value();
        QCOMPARE(guard([&] { static_cast<void>(noModel->plan()); }).error().code, ErrorCode::NotFound);
        config = smallRun(3);
        config.adapter.rank = 0;
        const auto noRank = workers::makeKind(m_home, {"train", "", experiment::toJson(config), {}, 0}).value();
        QCOMPARE(guard([&] { static_cast<void>(noRank->plan()); }).error().where, std::string("adapter.rank"));
    }

    void aSequenceKeepsBothItsFiles()
    {
        experiment::SequenceConfig sequence;
        sequence.run = smallRun(3);
        sequence.run.stages.clear();
        for (const char* name : {"One", "Two"}) {
            experiment::SequenceStage stage;
            stage.name = name;
            stage.method = experiment::StageKind::LoriD;
            stage.sources = sequence.run.data.sources;
            stage.steps = 2;
            stage.batchRows = 2;
            sequence.stages.push_back(stage);
        }
        sequence.run.data.sources.clear();
        const jobs::JobRecord record{"sequence", "Two tasks", experiment::toJson(sequence), {}, 0};
        const auto kind = workers::makeKind(m_home, record).value();
        QVERIFY(kind->plan().seconds > 0);
        const jobs::JobFolder folder = workers::createFolder(m_home, record).value();
        QVERIFY(fs::exists(folder.path() / "config.json") && fs::exists(folder.path() / "sequence.json"));
        QCOMPARE(folder.record()->kind, std::string("sequence"));
        QCOMPARE(workers::makeKind(m_home, folder.record().value())->get()->plan().what, kind->plan().what);
        QVERIFY(jobs::workInJob(folder, *kind, {}).has_value());
        QCOMPARE(stepsOf(folder).size(), std::size_t{4});
    }

    void importedRowsAreWrittenWhole()
    {
        const fs::path out = m_place / "imported.jsonl";
        const auto done = work("import", {{"file", (m_place / "rows.jsonl").string()}, {"out", out.string()}});
        QCOMPARE(done.at("rows"), json(20));
        const std::string text = readTextFile(out).value();
        QCOMPARE(std::count(text.begin(), text.end(), '\n'), std::ptrdiff_t{20});
        const auto nowhere =
            workers::makeKind(m_home, {"import", "", {{"file", "/nowhere"}, {"out", out.string()}}, {}, 0}).value();
        QCOMPARE(guard([&] { static_cast<void>(nowhere->plan()); }).error().code, ErrorCode::NotFound);
        QCOMPARE(workers::makeKind(m_home, {"import", "", {{"out", out.string()}}, {}, 0}).error().code,
                 ErrorCode::InvalidArgument);
        QCOMPARE(workers::makeKind(m_home, {"download", "", {{"names", {"nobody"}}}, {}, 0}).error().code, ErrorCode::NotFound);
    }

    void equalWorkHasOneKeyAndPathsCountAsTheWorkBehindThem()
    {
        workers::JobKeys keys(m_home);
        experiment::RunConfig config = smallRun(1);
        const std::string key = keys.of("train", experiment::toJson(config));
        config.name = "Another name";
        QCOMPARE(keys.of("train", experiment::toJson(config)), key);
        config.seed = 77;
        QVERIFY(keys.of("train", experiment::toJson(config)) != key);
        // Two runs of one configuration: what goes on from either is the same work, and neither is what goes on from another.
        const std::string first = (trainedRun(smallRun(1)) / "adapter" / "2-lori-s").string();
        const auto over = [&](const std::string& adapter) {
            return keys.of("interference", {{"adapters", {adapter, m_adapters[1]}}});
        };
        QCOMPARE(over(first), over(m_adapters[0]));
        QVERIFY(over(m_adapters[1]) != over(m_adapters[0]));
        QVERIFY(keys.of("merge", mergeOptions("/here")) == keys.of("merge", mergeOptions("/there"))); // the place is no work
        const auto found = workers::JobKeys(m_home).folders(key);
        QVERIFY(found.size() >= 2);
    }

    void whatWaitsCanBeChangedUntilItBegins()
    {
        const jobs::JobRecord record{"merge", "test", mergeOptions(""), {}, 0};
        const auto folder = workers::createFolder(m_home, record).value();
        QVERIFY(workers::editOptions(m_home, folder, {{"density", "0.25"}, {"method", "magnitude"}}).has_value());
        QCOMPARE(folder.record()->options.at("density"), json(0.25));
        const auto before = readTextFile(folder.path() / "job.json").value();
        QCOMPARE(workers::editOptions(m_home, folder, {{"colour", "1"}}).error().where, std::string("colour"));
        QCOMPARE(workers::editOptions(m_home, folder, {{"method", "blend"}}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(readTextFile(folder.path() / "job.json").value(), before);
        const auto kind = workers::makeKind(m_home, folder.record().value()).value();
        QVERIFY(jobs::workInJob(folder, *kind, {}).has_value());
        QVERIFY(workers::editOptions(m_home, folder, {{"density", "0.5"}}).error().sentence().find("begun") != std::string::npos);
        const auto run = workers::createFolder(m_home, {"train", "", experiment::toJson(smallRun(3)), {}, 0}).value();
        QVERIFY(workers::editOptions(m_home, run, {{"adapter.rank", "2"}}).has_value());
        QCOMPARE(jobs::RunFolder::open(m_home, run.id())->config()->adapter.rank, std::int64_t{2});
        QCOMPARE(workers::editOptions(m_home, run, {{"adapter.rank", "0"}}).error().where, std::string("adapter.rank"));
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

    /// Newest loss of each (stage, step).
    static std::map<std::pair<std::int64_t, std::int64_t>, double> stepsOf(const jobs::JobFolder& folder)
    {
        std::map<std::pair<std::int64_t, std::int64_t>, double> losses;
        for (const events::Event& event : events::EventFollower(folder.eventsFile()).poll().value()) {
            if (const auto* step = event.as<events::Step>()) {
                losses[{step->stage, step->step}] = step->loss.value_or(-1);
            }
        }
        return losses;
    }

    /// Three steps, a mask, three steps.
    experiment::RunConfig smallRun(std::uint64_t seed) const
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
        return c;
    }

    fs::path trainedRun(const experiment::RunConfig& config) const
    {
        const auto folder = jobs::RunFolder::create(m_home, config).value();
        static_cast<void>(runs::runWorker(folder, {m_home, {}, nullptr}).value());
        return folder.path();
    }

    /// The LoRI-S adapter of such a run.
    std::string trained(std::uint64_t seed) const { return (trainedRun(smallRun(seed)) / "adapter" / "2-lori-s").string(); }

    QTemporaryDir m_folder;
    fs::path m_place;
    Home m_home;
    std::string m_model;
    std::vector<std::string> m_adapters;
};

LORI_TEST(KindsTest)
#include "kinds_test.moc"
