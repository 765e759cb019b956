// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_life.h"
#include "core/support/files.h"
#include "database/annotations.h"
#include "database/ingest.h"
#include "database/run_repository.h"
#include "database/sqlite_support.h"
#include "tests/database/run_fixture.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>

using namespace lori;
using namespace lori::database;
using lori::test::EventLog;
using lori::test::kRun;
namespace fs = std::filesystem;

namespace {

std::vector<double> losses(const History& history, int stage)
{
    std::vector<double> values;
    const std::vector<MetricPoint> points = RunRepository(history).series(kRun, stage, "loss").value();
    for (const MetricPoint& point : points) {
        values.push_back(point.value);
    }
    return values;
}

/// For tests that look at something else than what the ingest says.
void mustIngest(const History& history, const fs::path& folder)
{
    static_cast<void>(ingestFolder(history, folder).value());
}

std::int64_t count(const History& history, const std::string& table)
{
    return queryInteger(history.connection(), "SELECT count(*) FROM " + table);
}

} // namespace

class IngestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFinishedRunIsInTheHistoryWhole()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun, "Quick look");
        test::writeFinishedRun(folder);
        const History history = fixture.openHistory();
        const Ingested ingested = ingestFolder(history, folder).value();
        QVERIFY(ingested.newRun);
        QCOMPARE(ingested.newEvents, std::int64_t{33});
        QCOMPARE(ingested.missingItemFiles, std::int64_t{0});

        const RunDetail detail = RunRepository(history).find(kRun).value();
        QCOMPARE(detail.summary.name, std::string("Quick look"));
        QCOMPARE(detail.summary.state, jobs::JobState::Finished);
        QCOMPARE(detail.summary.createdMs, std::int64_t{1795270530000});
        QCOMPARE(detail.summary.durationMs, std::int64_t{32000});
        QCOMPARE(detail.summary.stages, std::string("lori-d → mask → lori-s"));
        QCOMPARE(detail.summary.rank, std::optional<std::int64_t>(8));
        QCOMPARE(detail.summary.sparsityRatio, std::optional<double>(0.9));
        QCOMPARE(*detail.summary.lastLoss, 2.0);
        QVERIFY(detail.summary.folderPresent);
        QCOMPARE(detail.stages.size(), std::size_t{3});
        QCOMPARE(detail.stages[0].name, std::string("LoRI-D"));
        QVERIFY(detail.stages[0].seal && detail.stages[0].seal->aUnchanged);
        QCOMPARE(detail.adapters.at(0).bytes, std::int64_t{100});
        QCOMPARE(detail.masks.at(0).kept, std::int64_t{2});
        QCOMPARE(detail.machine->cpu, std::string("Some CPU"));
        QCOMPARE(detail.healthNotes.at(0).code, std::string("flat_loss"));
        QCOMPARE(detail.events, std::int64_t{33});
        QVERIFY(detail.planJson.find("\"rows\":80") != std::string::npos);
        QCOMPARE(losses(history, 0).size(), std::size_t{10});
    }

    void scoresKeepBeforeLastAndBest()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        EventLog log(folder);
        log.score(-1, 0, "needless_refusal_rate", 0.1, false, "");
        log.score(0, 5, "needless_refusal_rate", 0.2, false, "");
        log.score(0, 9, "needless_refusal_rate", 0.4, false, "");
        const History history = fixture.openHistory();
        mustIngest(history, folder);
        const RunSummary run = RunRepository(history).list().value().at(0);
        const ScoreSummary* score = run.score("safety", "needless_refusal_rate");
        QVERIFY(score != nullptr && !score->higherIsBetter);
        QCOMPARE(score->before->value, 0.1);
        QCOMPARE(score->last->value, 0.4);
        QCOMPARE(score->best->value, 0.2);
        QCOMPARE(score->best->step, std::int64_t{5});
    }

    void itemsAndTheirFlipsAreReadBack()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        test::writeFinishedRun(folder);
        const History history = fixture.openHistory();
        mustIngest(history, folder);
        const RunRepository repository(history);
        const auto evaluations = repository.find(kRun).value().evaluations;
        QCOMPARE(evaluations.size(), std::size_t{3});
        QCOMPARE(evaluations[0].itemCount, std::int64_t{2});
        const auto items = repository.items(evaluations[0].id).value();
        QCOMPARE(items[1].expected, std::string("42"));
        const auto flips = repository.flips(evaluations[0].id, evaluations[1].id).value();
        QCOMPARE(flips.size(), std::size_t{1});
        QCOMPARE(flips[0].id, std::string("a"));
        QCOMPARE(flips[0].answerBefore, std::string("Yes."));
        QCOMPARE(flips[0].answerAfter, std::string("No."));
        QVERIFY(!flips[0].hitBefore && flips[0].hitAfter);
    }

    void ingestingTwiceChangesNothing()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        test::writeFinishedRun(folder);
        const History history = fixture.openHistory();
        mustIngest(history, folder);
        const std::int64_t changes = queryInteger(history.connection(), "SELECT total_changes()");
        const Ingested again = ingestFolder(history, folder).value();
        QCOMPARE(again.newEvents, std::int64_t{0});
        QVERIFY(!again.newRun && !again.startedOver);
        QCOMPARE(queryInteger(history.connection(), "SELECT total_changes()"), changes);
    }

    void aTornLineWaitsForItsEnd()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        EventLog log(folder);
        log.step(0, 1, 2.5);
        const std::string line = events::toLine({2, 1'763'733'700'000, events::Step{.stage = 0, .step = 2, .loss = 2.25}});
        log.raw(line.substr(0, 40));
        const History history = fixture.openHistory();
        QCOMPARE(ingestFolder(history, folder).value().newEvents, std::int64_t{1});
        QCOMPARE(ingestFolder(history, folder).value().newEvents, std::int64_t{0});
        log.raw(line.substr(40) + "\n");
        QCOMPARE(ingestFolder(history, folder).value().newEvents, std::int64_t{1});
        QCOMPARE(losses(history, 0), (std::vector<double>{2.5, 2.25}));
    }

    void unreadableLinesAreCountedAndPassed()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        EventLog log(folder);
        log.step(0, 1, 2.5);
        log.raw("{\"version\":1,\"seq\": nonsense\n\xff\xfe\n");
        log.step(0, 2, 2.25);
        const History history = fixture.openHistory();
        const Ingested ingested = ingestFolder(history, folder).value();
        QCOMPARE(ingested.newEvents, std::int64_t{2});
        QCOMPARE(ingested.skippedLines, std::int64_t{2});
    }

    void stepsOfAResumedRunReplaceTheOlderOnes()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        EventLog log(folder);
        log.add("started", {{"resumed", false}});
        log.step(0, 1, 3);
        log.step(0, 2, 2);
        const History history = fixture.openHistory();
        mustIngest(history, folder);
        log.add("started", {{"resumed", true}});
        log.step(0, 2, 1.5);
        log.step(0, 3, 1);
        mustIngest(history, folder);
        QCOMPARE(losses(history, 0), (std::vector<double>{3, 1.5, 1}));
        QCOMPARE(count(history, "events"), std::int64_t{6});
    }

    void aLossThatIsNotANumberStaysOne()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        EventLog log(folder);
        log.add("step", {{"stage", 0}, {"step", 1}, {"loss", nullptr}});
        const History history = fixture.openHistory();
        mustIngest(history, folder);
        QVERIFY(std::isnan(losses(history, 0).at(0)));
        QVERIFY(!RunRepository(history).list().value().at(0).lastLoss);
    }

    /// The newest loss of a run is the one that can be compared, where the run says it.
    void theLossPerTokenIsACurveOfItsOwn()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        EventLog log(folder);
        log.step(0, 1, 120); // of an older program
        const History history = fixture.openHistory();
        mustIngest(history, folder);
        const RunRepository repository(history);
        QCOMPARE(repository.list().value().at(0).lastLoss, std::optional<double>(120));
        log.add("step", {{"stage", 0}, {"step", 2}, {"loss", 80}, {"lossPerToken", 2}});
        log.add("heldout", {{"stage", 0}, {"step", 2}, {"loss", 90}, {"lossPerToken", 2.25}});
        mustIngest(history, folder);
        QCOMPARE(repository.list().value().at(0).lastLoss, std::optional<double>(2));
        QCOMPARE(losses(history, 0), (std::vector<double>{120, 80}));
        const auto perToken = repository.series(kRun, 0, "lossPerToken").value();
        QVERIFY(perToken.size() == 1 && perToken[0].step == 2 && perToken[0].value == 2);
        QCOMPARE(repository.series(kRun, 0, "heldOutLossPerToken").value().at(0).value, 2.25);
    }

    void aFailedBatchLeavesTheRunUntouched()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        EventLog log(folder);
        log.step(0, 1, 3);
        const History history = fixture.openHistory();
        mustIngest(history, folder);
        test::changeHistory(history, "CREATE TRIGGER stumble BEFORE INSERT ON metrics WHEN NEW.step = 3 "
                                     "BEGIN SELECT RAISE(ABORT, 'planted'); END");
        log.step(0, 2, 2);
        log.step(0, 3, 1);
        QVERIFY(!ingestFolder(history, folder).has_value());
        QCOMPARE(count(history, "events"), std::int64_t{1});
        QCOMPARE(losses(history, 0), (std::vector<double>{3}));
        test::changeHistory(history, "DROP TRIGGER stumble");
        QCOMPARE(ingestFolder(history, folder).value().newEvents, std::int64_t{2});
        QCOMPARE(losses(history, 0), (std::vector<double>{3, 2, 1}));
    }

    void aFullDiskLeavesTheRunUntouched()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        EventLog log(folder);
        log.step(0, 1, 3);
        const History history = fixture.openHistory();
        mustIngest(history, folder);
        const std::int64_t pages = queryInteger(history.connection(), "PRAGMA page_count");
        history.connection().exec("PRAGMA max_page_count = " + std::to_string(pages + 2));
        for (int step = 2; step <= 2000; ++step) {
            log.step(0, step, 1);
        }
        const auto full = ingestFolder(history, folder);
        QVERIFY(!full.has_value());
        QCOMPARE(full.error().code, ErrorCode::DiskFull);
        QCOMPARE(losses(history, 0), (std::vector<double>{3}));
        history.connection().exec("PRAGMA max_page_count = 1000000");
        QCOMPARE(ingestFolder(history, folder).value().newEvents, std::int64_t{1999});
    }

    void aReplacedEventsFileIsReadAnew()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        test::writeFinishedRun(folder);
        const History history = fixture.openHistory();
        mustIngest(history, folder);
        fs::remove(folder / "events.jsonl");
        EventLog other(folder);
        for (int step = 1; step <= 100; ++step) {
            other.step(0, step, 7);
        }
        const Ingested ingested = ingestFolder(history, folder).value();
        QVERIFY(ingested.startedOver);
        QCOMPARE(count(history, "events"), std::int64_t{100});
        QCOMPARE(count(history, "evaluations"), std::int64_t{0});
        QCOMPARE(losses(history, 0).size(), std::size_t{100});
    }

    void aShortenedEventsFileIsReadAnewAndNotesStay()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        test::writeFinishedRun(folder);
        const History history = fixture.openHistory();
        mustIngest(history, folder);
        QVERIFY(Annotations(history, fixture.home()).setNote(kRun, "mine").has_value());
        const std::string text = readTextFile(folder / "events.jsonl").value();
        test::writeText(folder / "events.jsonl", text.substr(0, text.find('\n', text.size() / 2) + 1));
        QVERIFY(ingestFolder(history, folder).value().startedOver);
        const RunSummary run = RunRepository(history).list().value().at(0);
        QCOMPARE(run.note, std::string("mine"));
        QVERIFY(!run.finishedMs);
    }

    void aLostEventsFileTakesNothingFromTheHistory()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        test::writeFinishedRun(folder);
        const History history = fixture.openHistory();
        mustIngest(history, folder);
        fs::remove(folder / "events.jsonl");
        QCOMPARE(ingestFolder(history, folder).error().code, ErrorCode::NotFound);
        QCOMPARE(count(history, "events"), std::int64_t{33});
    }

    void eventsOfANewerProgramAreRefused()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        EventLog log(folder);
        log.raw("{\"version\":99,\"seq\":1,\"timeMs\":1,\"type\":\"step\"}\n");
        const History history = fixture.openHistory();
        QCOMPARE(ingestFolder(history, folder).error().code, ErrorCode::NewerVersion);
    }

    void anItemsFileOutsideTheFolderIsNotRead()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        test::writeText(folder.parent_path() / "secret.jsonl", "{\"id\":\"x\",\"hit\":true}\n");
        EventLog log(folder);
        log.score(0, 1, "refusal_rate", 1, true, "items/../../secret.jsonl");
        const History history = fixture.openHistory();
        QCOMPARE(ingestFolder(history, folder).value().missingItemFiles, std::int64_t{1});
        QCOMPARE(count(history, "evaluation_items"), std::int64_t{0});
    }

    void aFolderThatIsNoRunIsRefused()
    {
        const test::HomeFixture fixture;
        const History history = fixture.openHistory();
        QCOMPARE(ingestFolder(history, fixture.home().root / "missing").error().code, ErrorCode::NotFound);
        QCOMPARE(ingestFolder(history, fixture.home().root).error().code, ErrorCode::NotFound);
        test::writeText(fixture.home().runs() / "bad" / "config.json", "[1]");
        QCOMPARE(ingestFolder(history, fixture.home().runs() / "bad").error().code, ErrorCode::BadFile);
        QCOMPARE(count(history, "runs"), std::int64_t{0});
    }

    void twoFoldersOfOneNameDoNotMix()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        const History history = fixture.openHistory();
        mustIngest(history, folder);
        const fs::path copy = fixture.home().root / "elsewhere" / kRun;
        fs::create_directories(copy.parent_path());
        fs::copy(folder, copy);
        QCOMPARE(ingestFolder(history, copy).error().code, ErrorCode::AlreadyExists);
        fs::remove_all(folder);
        QVERIFY(ingestFolder(history, copy).has_value());
        QCOMPARE(RunRepository(history).list().value().at(0).folder, copy);
    }

    void oneBadFolderDoesNotStopTheOthers()
    {
        const test::HomeFixture fixture;
        test::writeFinishedRun(fixture.makeRun(kRun));
        test::writeText(fixture.home().runs() / "bad" / "config.json", "{");
        const History history = fixture.openHistory();
        const HomeIngested ingested = ingestHome(history, fixture.home()).value();
        QCOMPARE(ingested.runs.size(), std::size_t{1});
        QCOMPARE(ingested.problems.size(), std::size_t{1});
        QCOMPARE(ingested.problems[0].error.code, ErrorCode::BadFile);
    }

    void aRunWithoutTerminalEventAndWorkerIsLost()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        const History history = fixture.openHistory();
        mustIngest(history, folder);
        QCOMPARE(RunRepository(history).list().value().at(0).state, jobs::JobState::Waiting);
        EventLog log(folder);
        log.add("started", {{"resumed", false}});
        mustIngest(history, folder);
        QCOMPARE(RunRepository(history).list().value().at(0).state, jobs::JobState::Lost);
    }
};

LORI_TEST(IngestTest)
#include "ingest_test.moc"
