// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_lock.h"
#include "core/jobs/job_state.h"
#include "core/support/sha256.h"
#include "core/support/this_machine.h"
#include "database/check.h"
#include "database/ingest.h"
#include "database/job_repository.h"
#include "database/run_repository.h"
#include "database/sqlite_support.h"
#include "tests/database/findings.h"
#include "tests/database/run_fixture.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <algorithm>
#include <fstream>

using namespace lori;
using namespace lori::database;
using lori::test::EventLog;
using lori::test::finds;
using lori::test::kJob;
using lori::test::kRun;
namespace fs = std::filesystem;

namespace {

/// A home with a finished run and a merge of its adapter, both ingested.
struct JobScene {
    test::HomeFixture fixture;
    fs::path run = fixture.makeRun(kRun);
    fs::path job = fixture.makeJob(kJob, "merge", "Merged");
    std::string adapterHash = sha256Hex(std::string(100, 'w'));
    JobScene()
    {
        test::writeFinishedRun(run);
        test::writeFinishedJob(job, "mm", {adapterHash, "ff"});
        ingest();
    }
    void ingest() const
    {
        const auto done = ingestHome(fixture.openHistory(), fixture.home()).value();
        QVERIFY2(done.problems.empty(), done.problems.empty() ? "" : done.problems[0].error.sentence().c_str());
    }
    [[nodiscard]] CheckReport check() const { return database::check(fixture.openHistory(), fixture.home()).value(); }
    [[nodiscard]] RebuildReport rebuild() const
    {
        return database::rebuild(fixture.home().historyFile(), fixture.home()).value();
    }
    [[nodiscard]] JobDetail detail() const
    {
        const History history = fixture.openHistory();
        return JobRepository(history).find(kJob).value();
    }
    void sql(const char* text) const { test::changeHistory(fixture.openHistory(), text); }
};

std::string dump(const History& history, const std::string& table)
{
    std::string text;
    SQLite::Statement rows(history.connection(), "SELECT * FROM " + table + " ORDER BY 1, 2");
    while (rows.executeStep()) {
        for (int column = 0; column < rows.getColumnCount(); ++column) {
            text += rows.getColumn(column).getString() + "|";
        }
        text += "\n";
    }
    return text;
}

} // namespace

class JobHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aReleasedHistoryIsBroughtUpToDateAfterABackup()
    {
        const test::HomeFixture fixture;
        fs::create_directories(fixture.home().root);
        const fs::path released = fs::path(LORI_SOURCE_DIR) / "tests" / "app" / "released" / "home" / "history.sqlite";
        fs::copy_file(released, fixture.home().historyFile());
        const History history = fixture.openHistory();
        QCOMPARE(queryInteger(history.connection(), "PRAGMA user_version"), History::schemaVersion());
        QCOMPARE(RunRepository(history).list().value().size(), std::size_t{5});
        const std::vector<ArtifactRow> artifacts = JobRepository(history).artifacts("adapter").value();
        QVERIFY(!artifacts.empty());
        QVERIFY(artifacts[0].madeByRun && !artifacts[0].present && artifacts[0].createdMs > 0 && !artifacts[0].parents.empty());
        std::int64_t backups = 0;
        for (const fs::directory_entry& entry : fs::directory_iterator(fixture.home().root)) {
            backups += entry.path().filename().string().starts_with("history.sqlite.v2-") ? 1 : 0;
        }
        QCOMPARE(backups, std::int64_t{1});
    }

    void aFinishedJobIsInTheHistoryWhole()
    {
        const JobScene scene;
        const JobDetail detail = scene.detail();
        QCOMPARE(detail.summary.kind, std::string("merge"));
        QCOMPARE(detail.summary.name, std::string("Merged"));
        QCOMPARE(detail.summary.state, jobs::JobState::Finished);
        QCOMPARE(detail.summary.createdMs, std::int64_t{1'763'733'500'000});
        QCOMPARE(detail.summary.durationMs, std::int64_t{3000});
        QVERIFY(detail.summary.folderPresent && detail.summary.startedMs && detail.summary.finishedMs);
        QCOMPARE(detail.optionsJson, std::string(R"({"out":"somewhere"})"));
        QCOMPARE(detail.resultJson, std::string(R"({"sha256":"mm"})"));
        QCOMPARE(detail.artifacts.size(), std::size_t{1});
        QCOMPARE(detail.artifacts[0].path, scene.job / "out");
    }

    void ingestingTwiceChangesNothing()
    {
        const JobScene scene;
        const History history = scene.fixture.openHistory();
        const std::string before = dump(history, "jobs") + dump(history, "job_artifacts");
        const JobIngested again = ingestJob(history, scene.job).value();
        QVERIFY(!again.newJob && !again.startedOver);
        QCOMPARE(again.newEvents, std::int64_t{0});
        QCOMPARE(dump(history, "jobs") + dump(history, "job_artifacts"), before);
    }

    void manySmallIngestsGiveTheSameAsOne()
    {
        const JobScene scene;
        const std::string whole = dump(scene.fixture.openHistory(), "jobs") + dump(scene.fixture.openHistory(), "job_artifacts");
        std::ifstream file(scene.job / "events.jsonl", std::ios::binary);
        const std::string text(std::istreambuf_iterator<char>(file), {});
        scene.sql("DELETE FROM jobs");
        for (std::size_t bytes = 0; bytes <= text.size(); bytes += 40) {
            test::writeText(scene.job / "events.jsonl", text.substr(0, bytes));
            static_cast<void>(ingestJob(scene.fixture.openHistory(), scene.job));
        }
        test::writeText(scene.job / "events.jsonl", text);
        scene.ingest();
        QCOMPARE(dump(scene.fixture.openHistory(), "jobs") + dump(scene.fixture.openHistory(), "job_artifacts"), whole);
    }

    void aReplacedEventsFileIsReadAnew()
    {
        const JobScene scene;
        fs::remove(scene.job / "events.jsonl");
        EventLog log(scene.job);
        log.add("started", {{"pid", 1}});
        log.add("failed", {{"error", {{"code", "io"}, {"what", "it broke"}, {"hint", ""}, {"where", ""}}}});
        QVERIFY(ingestJob(scene.fixture.openHistory(), scene.job).value().startedOver);
        const JobDetail detail = scene.detail();
        QCOMPARE(detail.summary.state, jobs::JobState::Failed);
        QCOMPARE(detail.summary.error, std::string("it broke"));
        QVERIFY(detail.artifacts.empty() && detail.resultJson.empty());
        QVERIFY(scene.check().agrees());
    }

    void aJobWithoutItsWorkerIsLostAndOneWithItRuns()
    {
        const test::HomeFixture fixture;
        const fs::path job = fixture.makeJob(kJob, "evaluate");
        EventLog log(job, unixMs());
        log.add("started", {{"pid", 1}});
        const History history = fixture.openHistory();
        static_cast<void>(ingestJob(history, job).value());
        const JobRepository repository(history);
        QCOMPARE(repository.list({.state = jobs::JobState::Lost}).value().size(), std::size_t{1});
        const auto lock = jobs::JobLock::acquire(jobs::JobFolder::open(fixture.home(), job.string()).value());
        QVERIFY(lock.has_value());
        QCOMPARE(repository.list({.kind = "evaluate"}).value().at(0).state, jobs::JobState::Running);
        QVERIFY(repository.list({.kind = "merge"}).value().empty());
        QVERIFY(repository.list({.text = "nobody"}).value().empty());
    }

    void lineageNamesWhoMadeTheParents()
    {
        const JobScene scene;
        const History history = scene.fixture.openHistory();
        const std::vector<ArtifactRow> artifacts = JobRepository(history).artifacts().value();
        QCOMPARE(artifacts.size(), std::size_t{3}); // adapter and mask of the run, and the merge
        const std::vector<ArtifactRow> merges = JobRepository(history).artifacts("merge").value();
        QCOMPARE(merges.size(), std::size_t{1});
        QVERIFY(merges[0].present && !merges[0].madeByRun);
        QCOMPARE(merges[0].parents.size(), std::size_t{2});
        QCOMPARE(merges[0].parents[0].fingerprint, scene.adapterHash);
        QCOMPARE(merges[0].parents[0].maker, std::string(kRun));
        QCOMPARE(merges[0].parents[0].kind, std::string("adapter"));
        QVERIFY(merges[0].parents[1].maker.empty());
        const std::vector<ArtifactRow> masks = JobRepository(history).artifacts("mask").value();
        QCOMPARE(masks.at(0).bytes, std::int64_t{-1});
        QCOMPARE(masks.at(0).parents.at(0).fingerprint, scene.adapterHash);
        fs::remove_all(scene.job / "out");
        QVERIFY(!JobRepository(history).artifacts("merge").value().at(0).present);
        QVERIFY(scene.check().agrees());
    }

    void resolvesIdsBeginningsAndNames()
    {
        const JobScene scene;
        const History history = scene.fixture.openHistory();
        const JobRepository repository(history);
        QCOMPARE(repository.resolve(kJob).value(), std::string(kJob));
        QCOMPARE(repository.resolve("20261121-1416").value(), std::string(kJob));
        QCOMPARE(repository.resolve("Merged").value(), std::string(kJob));
        QCOMPARE(repository.resolve("nothing").error().code, ErrorCode::NotFound);
        QCOMPARE(repository.find("nothing").error().code, ErrorCode::NotFound);
    }

    void checkFindsAlteredMissingAndUnknownJobs()
    {
        const JobScene scene;
        QVERIFY(scene.check().agrees());
        QCOMPARE(scene.check().jobs, std::int64_t{1});
        scene.sql("UPDATE jobs SET result = '{}'; UPDATE job_artifacts SET bytes = 8");
        QVERIFY(finds(scene.check(), Finding::Kind::Differs, "result is {} in the history"));
        QVERIFY(finds(scene.check(), Finding::Kind::Differs, "artifact (path out): bytes is 8 in the history, 7"));
        static_cast<void>(scene.fixture.makeJob("another", "export"));
        QVERIFY(finds(scene.check(), Finding::Kind::NotIngested, "does not know this job"));
        EventLog log(scene.job);
        log.setSeq(100);
        log.add("note", {{"level", "info"}, {"text", "late"}});
        QVERIFY(finds(scene.check(), Finding::Kind::NotIngested, "1 events are not in the history yet"));
    }

    void rebuildGivesTheSameAndKeepsJobsWithoutFolder()
    {
        const JobScene scene;
        test::writeFinishedJob(scene.fixture.makeJob("another", "export"), "xx", {});
        scene.ingest();
        const std::string before = dump(scene.fixture.openHistory(), "jobs") +
                                   dump(scene.fixture.openHistory(), "job_artifacts") +
                                   dump(scene.fixture.openHistory(), "artifacts");
        scene.sql("DELETE FROM job_artifacts; UPDATE jobs SET state = 'waiting'");
        QCOMPARE(scene.rebuild().jobs, std::int64_t{2});
        const History history = scene.fixture.openHistory();
        QCOMPARE(dump(history, "jobs") + dump(history, "job_artifacts") + dump(history, "artifacts"), before);
        QVERIFY(scene.check().agrees());
        fs::remove_all(scene.job);
        QCOMPARE(scene.rebuild().keptRows, std::vector<std::string>{kJob});
        QCOMPARE(scene.detail().resultJson, std::string(R"({"sha256":"mm"})"));
        QVERIFY(scene.check().agrees());
        QCOMPARE(scene.check().foldersGone, std::vector<std::string>{kJob});
    }

    void aFolderThatCannotBeReadStopsNobody()
    {
        const JobScene scene;
        test::writeText(scene.fixture.home().jobs() / "broken" / "job.json", "no json");
        test::writeText(scene.fixture.home().jobs() / ".half.tmp.1" / "job.json", "{}");
        test::writeFinishedJob(scene.fixture.makeJob("zz-good", "export"), "xx", {});
        const auto done = ingestHome(scene.fixture.openHistory(), scene.fixture.home()).value();
        QCOMPARE(done.problems.size(), std::size_t{1});
        QCOMPARE(done.jobs.size(), std::size_t{1});
    }
};

LORI_TEST(JobHistoryTest)
#include "job_history_test.moc"
