// SPDX-License-Identifier: Apache-2.0
// Sweeps: their points, what is trained and what is found, and what their results say.
#include "core/events/event_follower.h"
#include "core/runs/worker.h"
#include "core/support/files.h"
#include "core/workers/kinds_workshop.h"
#include "core/workers/sweep_job.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace lori;
using experiment::RunConfig;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

workers::SweepOptions optionsOf(const RunConfig& config, std::vector<workers::SweepAxis> over)
{
    return {experiment::toJson(config), std::move(over)};
}

events::HeldOut lastHeldOut(const fs::path& run)
{
    events::HeldOut last;
    for (const events::Event& event : events::EventFollower(run / "events.jsonl").poll().value()) {
        if (const auto* heldOut = event.as<events::HeldOut>()) {
            last = *heldOut;
        }
    }
    return last;
}

std::string refusalOf(const workers::SweepOptions& options)
{
    const auto points = guard([&] { return workers::sweepPoints(options).size(); });
    return points ? std::string() : points.error().sentence();
}

} // namespace

class SweepTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_place = m_folder.path().toStdString();
        test::writeTinyModel(m_place / "model");
        std::string rows;
        for (int i = 0; i < 24; ++i) {
            rows += json{{"instruction", "say " + std::to_string(i)}, {"output", "it is " + std::to_string(i)}}.dump() + "\n";
        }
        writeFileAtomically(m_place / "rows.jsonl", rows).value();
    }

    void init() { m_home.root = m_place / ("home-" + std::to_string(++m_homes)); }

    void pointsAreTheProductOfTheValues()
    {
        const auto points =
            workers::sweepPoints(optionsOf(small(), {{"sparsity", {0.5, 0.9}}, {"rank", {2, 4}}, {"seed", {1, 2, 3}}}));
        QCOMPARE(points.size(), std::size_t{12});
        QCOMPARE(points[0].config.seed, std::uint64_t{1});
        QCOMPARE(points[1].config.seed, std::uint64_t{2}); // the last one changes fastest
        QCOMPARE(points[11].config.stages[1].mask.sparsity, 0.9);
        QCOMPARE(points[11].config.adapter.rank, std::int64_t{4});
        QCOMPARE(points[11].config.name, std::string("small: sparsity 0.9, rank 4, seed 3"));
        const auto rates = workers::sweepPoints(optionsOf(small(), {{"learningRate", {0.01}}}));
        QCOMPARE(rates[0].config.stages[0].learningRate, 0.01);
        QCOMPARE(rates[0].config.stages[2].learningRate, 0.01);
        const auto one = workers::sweepPoints(optionsOf(small(), {{"stages[0].steps", {1, 2}}}));
        QCOMPARE(one[1].config.stages[0].steps, std::int64_t{2});
    }

    void whatCannotBeIsRefusedWithItsField()
    {
        QVERIFY(refusalOf(optionsOf(small(), {})).find("--over") != std::string::npos);
        QVERIFY(refusalOf(optionsOf(small(), {{"rank", {}}})).find("rank: no value") != std::string::npos);
        QVERIFY(refusalOf(optionsOf(small(), {{"colour", {1}}})).find("colour") != std::string::npos);
        QVERIFY(refusalOf(optionsOf(small(), {{"rank", {0}}})).find("adapter.rank") != std::string::npos);
        QVERIFY(refusalOf(optionsOf(small(), {{"rank", {"four"}}})).find("adapter.rank") != std::string::npos);
        QVERIFY(refusalOf(optionsOf(small(), {{"rank", {4}}, {"rank", {8}}})).find("twice") != std::string::npos);
        const std::vector<json> many(101, json(4));
        QVERIFY(refusalOf(optionsOf(small(), {{"rank", many}, {"seed", many}})).find("10000") != std::string::npos);
        RunConfig dense = small();
        dense.stages.resize(1);
        QVERIFY(refusalOf(optionsOf(dense, {{"sparsity", {0.5}}})).find("no stage") != std::string::npos);
    }

    void everyPointIsARunAndSeedsAreSummedUp()
    {
        const auto options = optionsOf(small(), {{"rank", {2, 4}}, {"seed", {1, 2, 3}}});
        const json result = work(options);
        QCOMPARE(result.at("points").size(), std::size_t{6});
        QCOMPARE(result.at("failed"), json(0));
        std::vector<double> losses;
        for (std::size_t i = 0; i < 6; ++i) {
            const json& point = result.at("points").at(i);
            QCOMPARE(point.at("state"), json("done"));
            QVERIFY(fs::exists(m_home.runs() / point.at("run").get<std::string>() / "config.json"));
            if (i < 3) {
                losses.push_back(point.at("scores").at("loss.heldout").at("value"));
            }
        }
        QCOMPARE(result.at("groups").size(), std::size_t{2});
        const json& first = result.at("groups").at(0);
        QCOMPARE(first.at("values"), json({{"rank", 2}}));
        QCOMPARE(first.at("points"), json(3));
        const json& summary = first.at("scores").at("loss.heldout");
        const double mean = (losses[0] + losses[1] + losses[2]) / 3;
        double squares = 0;
        for (const double loss : losses) {
            squares += (loss - mean) * (loss - mean);
        }
        QVERIFY(std::abs(summary.at("mean").get<double>() - mean) < 1e-12);
        QVERIFY(std::abs(summary.at("sd").get<double>() - std::sqrt(squares / 2)) < 1e-12);
        QVERIFY(summary.at("sd").get<double>() > 0); // seeds differ
        QCOMPARE(summary.at("n"), json(3));
    }

    /// A sweep is comparable: all its held-out losses are per token, or none is.
    void heldOutLossesArePerTokenUnlessAPointIsOfAnOlderProgram()
    {
        const auto options = optionsOf(small(), {{"seed", {1, 2}}});
        const json result = work(options);
        QCOMPARE(result.at("heldOutLoss"), json("per-token"));
        const fs::path first(result.at("points").at(0).at("folder").get<std::string>());
        const events::HeldOut last = lastHeldOut(first);
        QVERIFY(last.lossPerToken && *last.loss > 1.5 * *last.lossPerToken); // rows of several tokens
        QCOMPARE(result.at("points").at(0).at("scores").at("loss.heldout").at("value"), json(*last.lossPerToken));
        std::string lines = readTextFile(first / "events.jsonl").value();
        for (std::size_t at = 0; (at = lines.find("\"lossPerToken\"", at)) != std::string::npos; ++at) {
            lines.replace(at, 14, "\"notYetWritten\"");
        }
        writeFileAtomically(first / "events.jsonl", lines).value();
        const json again = work(options);
        QCOMPARE(again.at("heldOutLoss"), json("as-trained"));
        for (const json& point : again.at("points")) {
            const events::HeldOut held = lastHeldOut(point.at("folder").get<std::string>());
            QCOMPARE(point.at("scores").at("loss.heldout").at("value"), json(*held.loss));
        }
    }

    void whatWasTrainedBeforeIsFound()
    {
        RunConfig own = small();
        own.name = "By hand";
        own.seed = 2;
        const auto run = jobs::RunFolder::create(m_home, own).value();
        static_cast<void>(runs::runWorker(run, {m_home, {}, nullptr}).value());
        const auto options = optionsOf(small(), {{"seed", {1, 2}}});
        const auto planned = workers::SweepJob(m_home, options).steps();
        QVERIFY(!planned[0].done && planned[1].done);
        const jobs::JobPlan plan = workers::SweepJob(m_home, options).plan();
        QVERIFY(plan.seconds > 0 && plan.memoryBytes > 0 && plan.diskBytes > 0);
        const json result = work(options);
        QCOMPARE(result.at("points").at(1).at("run"), json(run.id()));
        const auto wider = workers::SweepJob(m_home, optionsOf(small(), {{"rank", {4, 8}}, {"seed", {1, 2}}})).steps();
        QVERIFY(wider[0].done && wider[1].done && !wider[2].done && !wider[3].done); // rank 4 is what `small` has
        QCOMPARE(workers::SweepJob(m_home, options).plan().seconds, 0.0);
    }

    void aPointThatFailsIsNamedOrEndsTheSweep()
    {
        fs::copy_file(m_place / "rows.jsonl", m_place / "spare.jsonl", fs::copy_options::overwrite_existing);
        RunConfig config = small();
        workers::SweepOptions options = optionsOf(config, {{"data.sources[0].file", {}}});
        options.over[0].values = {(m_place / "nothing.jsonl").string(), (m_place / "spare.jsonl").string()};
        const auto strict = tryWork(options);
        QVERIFY(!strict);
        QVERIFY2(strict.error().sentence().find("nothing.jsonl") != std::string::npos, strict.error().sentence().c_str());
        options.continueOnError = true;
        const json result = work(options);
        QCOMPARE(result.at("failed"), json(1));
        QCOMPARE(result.at("points").at(0).at("state"), json("failed"));
        QVERIFY(result.at("points").at(0).at("error").get<std::string>().find("nothing.jsonl") != std::string::npos);
        QCOMPARE(result.at("points").at(1).at("state"), json("done"));
    }

private:
    RunConfig small() const
    {
        RunConfig c;
        c.name = "small";
        c.model = (m_place / "model").string();
        c.device = experiment::Device::Cpu;
        c.threads = 1;
        c.adapter.rank = 4;
        experiment::DataSource source;
        source.file = (m_place / "rows.jsonl").string();
        c.data.sources = {source};
        c.data.heldOutShare = 0.2;
        experiment::StageConfig dense;
        dense.steps = 2;
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

    Result<json> tryWork(const workers::SweepOptions& options) const
    {
        return guard([&]() -> json {
            workers::SweepJob job(m_home, options);
            const auto folder = workers::unfinishedOrNew(m_home, {"sweep", "small", events::fieldsOf(options), {}, 0}).value();
            return jobs::workInJob(folder, job, {}).value().json;
        });
    }
    json work(const workers::SweepOptions& options) const
    {
        const auto result = tryWork(options);
        if (!result) {
            qWarning("%s", result.error().sentence().c_str());
        }
        return result.value();
    }

    QTemporaryDir m_folder;
    fs::path m_place;
    Home m_home;
    int m_homes = 0;
};

LORI_TEST(SweepTest)
#include "sweep_test.moc"
