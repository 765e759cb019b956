// SPDX-License-Identifier: Apache-2.0
// A colleague who imports a bundle sees the same numbers.
#include "core/jobs/job_lock.h"
#include "core/support/files.h"
#include "database/annotations.h"
#include "database/bundle_exchange.h"
#include "database/check.h"
#include "database/job_repository.h"
#include "database/run_json.h"
#include "database/run_repository.h"
#include "tests/database/run_fixture.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::database;
using lori::test::kJob;
using lori::test::kRun;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// A history with a finished run, annotated, and a finished job; and the empty one of a colleague.
struct ExchangeScene {
    test::HomeFixture mine;
    test::HomeFixture theirs;
    History history = mine.openHistory();
    History other = theirs.openHistory();
    fs::path file = mine.home().root.parent_path() / "sent.lori";

    ExchangeScene()
    {
        test::writeFinishedRun(mine.makeRun(kRun, "Quick look"));
        test::writeFinishedJob(mine.makeJob(kJob, "merge", "Merged"), "mm", {"ff"});
        static_cast<void>(ingestHome(history, mine.home()).value());
        const Annotations annotations(history, mine.home());
        annotations.rename(kRun, "The good one").value();
        annotations.setNote(kRun, "seed 7 was **lucky**").value();
        annotations.setTags(kRun, {"paper", "safety"}).value();
    }
};

/// All that the history says about a run, but where it lies and what only its own computer can know.
json told(const History& history, const std::string& run)
{
    const RunRepository repository(history);
    const RunDetail detail = repository.find(run).value();
    json all = toJson(detail);
    for (json* part : {&all, &all["run"], &all["summary"]}) {
        if (part->is_object()) {
            part->erase("folder");
        }
    }
    for (const EvaluationRow& evaluation : detail.evaluations) {
        const std::vector<ItemRow> items = repository.items(evaluation.id).value();
        for (const ItemRow& item : items) {
            all["items"][evaluation.itemsFile].push_back({item.id, item.prompt, item.expected, item.answer, item.hit});
        }
    }
    const std::vector<std::string> keys = repository.seriesKeys(run, 0).value();
    for (const std::string& key : keys) {
        const std::vector<MetricPoint> points = repository.series(run, 0, key).value();
        for (const MetricPoint& point : points) {
            all["series"][key].push_back({point.step, point.value, point.timeMs});
        }
    }
    return all;
}

} // namespace

class BundleExchangeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theColleagueSeesTheSameNumbers()
    {
        const ExchangeScene scene;
        const auto written = exportBundle(scene.history, scene.file, {"The good one"}, {.withAdapters = true}).value();
        QCOMPARE(written.entries, std::size_t(1));
        const BundleImported imported = importBundle(scene.other, scene.theirs.home(), scene.file).value();
        QVERIFY(imported.problems.empty());
        QCOMPARE(imported.arrivals.at(0).outcome, bundles::Outcome::Added);

        const json here = told(scene.history, kRun);
        const json there = told(scene.other, kRun);
        QCOMPARE(QByteArray::fromStdString(there.dump()), QByteArray::fromStdString(here.dump()));
        QVERIFY(here["series"]["loss"].size() == 10 && here["items"].size() == 2); // there was something to compare
        const RunSummary run = RunRepository(scene.other).find(kRun).value().summary;
        QCOMPARE(run.name, std::string("The good one"));
        QCOMPARE(run.note, std::string("seed 7 was **lucky**"));
        QCOMPARE(run.tags, (std::vector<std::string>{"paper", "safety"}));
        const ScoreSummary* refusals = run.score("safety", "refusal_rate");
        QVERIFY(refusals != nullptr && refusals->before && refusals->last);
        QCOMPARE(refusals->before->value, 0.5);
        QCOMPARE(refusals->last->value, 1.0);
        QVERIFY(check(scene.other, scene.theirs.home()).value().agrees());
    }

    void importedWordsOutliveTheDatabase()
    {
        const ExchangeScene scene;
        static_cast<void>(exportBundle(scene.history, scene.file, {kRun}).value());
        static_cast<void>(importBundle(scene.other, scene.theirs.home(), scene.file).value());
        static_cast<void>(rebuild(scene.theirs.home().historyFile(), scene.theirs.home()).value());
        const History again = scene.theirs.openHistory();
        QCOMPARE(RunRepository(again).find(kRun).value().summary.name, std::string("The good one"));
    }

    void jobsComeWithTheirResults()
    {
        const ExchangeScene scene;
        static_cast<void>(exportBundle(scene.history, scene.file, {kRun, kJob}).value());
        const BundleImported imported = importBundle(scene.other, scene.theirs.home(), scene.file).value();
        QCOMPARE(imported.arrivals.size(), std::size_t(2));
        const JobDetail job = JobRepository(scene.other).find(kJob).value();
        QCOMPARE(job.summary.name, std::string("Merged"));
        QCOMPARE(job.summary.state, jobs::JobState::Finished);
        QCOMPARE(json::parse(job.resultJson), (json{{"sha256", "mm"}}));
    }

    void whatIsThereKeepsItsWords()
    {
        const ExchangeScene scene;
        static_cast<void>(exportBundle(scene.history, scene.file, {kRun}).value());
        static_cast<void>(importBundle(scene.other, scene.theirs.home(), scene.file).value());
        Annotations(scene.other, scene.theirs.home()).rename(kRun, "My own name").value();
        const BundleImported again = importBundle(scene.other, scene.theirs.home(), scene.file).value();
        QCOMPARE(again.arrivals.at(0).outcome, bundles::Outcome::AlreadyThere);
        QCOMPARE(RunRepository(scene.other).find(kRun).value().summary.name, std::string("My own name"));
        QCOMPARE(RunRepository(scene.other).list().value().size(), std::size_t(1));
    }

    void anotherRunOfTheIdKeepsItAndBothAreListed()
    {
        const ExchangeScene scene;
        static_cast<void>(exportBundle(scene.history, scene.file, {kRun}).value());
        const fs::path theirs = scene.theirs.makeRun(kRun, "Something else");
        static_cast<void>(ingestFolder(scene.other, theirs).value());
        const BundleImported imported = importBundle(scene.other, scene.theirs.home(), scene.file).value();
        QCOMPARE(imported.arrivals.at(0).outcome, bundles::Outcome::AddedRenamed);
        QVERIFY(imported.problems.empty());
        const RunRepository repository(scene.other);
        QCOMPARE(repository.find(kRun).value().summary.name, std::string("Something else"));
        const RunDetail newcomer = repository.find(std::string(kRun) + "-2").value();
        QCOMPARE(newcomer.summary.name, std::string("The good one"));
        QCOMPARE(newcomer.events, RunRepository(scene.history).find(kRun).value().events);
    }

    void aRefusedFileAddsNoRow()
    {
        const ExchangeScene scene;
        static_cast<void>(exportBundle(scene.history, scene.file, {kRun}).value());
        fs::resize_file(scene.file, fs::file_size(scene.file) - 30);
        QVERIFY(!importBundle(scene.other, scene.theirs.home(), scene.file));
        QVERIFY(RunRepository(scene.other).list().value().empty());
    }

    void unknownAndBusyRunsAreNotExported()
    {
        const ExchangeScene scene;
        QCOMPARE(exportBundle(scene.history, scene.file, {"nothing-of-that-name"}).error().code, ErrorCode::NotFound);
        const auto folder = jobs::JobFolder::open(scene.mine.home(), kRun).value();
        const auto lock = jobs::JobLock::acquire(folder).value();
        const auto busy = exportBundle(scene.history, scene.file, {kRun});
        QCOMPARE(busy.error().code, ErrorCode::Busy);
        QVERIFY(busy.error().what.find("The good one") != std::string::npos);
        QVERIFY(!fs::exists(scene.file));
    }
};

LORI_TEST(BundleExchangeTest)
#include "bundle_exchange_test.moc"
