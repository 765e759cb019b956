// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_lock.h"
#include "core/support/files.h"
#include "database/annotations.h"
#include "database/check.h"
#include "database/ingest.h"
#include "database/run_repository.h"
#include "database/sqlite_support.h"
#include "tests/database/findings.h"
#include "tests/database/run_fixture.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <algorithm>

using namespace lori;
using namespace lori::database;
using lori::test::EventLog;
using lori::test::finds;
using lori::test::kRun;
namespace fs = std::filesystem;

namespace {

/// A home with one finished run, ingested.
struct CheckScene {
    test::HomeFixture fixture;
    fs::path folder = fixture.makeRun(kRun);
    CheckScene()
    {
        test::writeFinishedRun(folder);
        static_cast<void>(ingestFolder(fixture.openHistory(), folder).value());
    }
    [[nodiscard]] CheckReport check() const { return database::check(fixture.openHistory(), fixture.home()).value(); }
    [[nodiscard]] RebuildReport rebuild() const
    {
        return database::rebuild(fixture.home().historyFile(), fixture.home()).value();
    }
    void sql(const char* text) const { test::changeHistory(fixture.openHistory(), text); }
    [[nodiscard]] std::vector<RunSummary> runs() const
    {
        const History history = fixture.openHistory();
        return RunRepository(history).list({.trash = TrashFilter::WithTrash}).value();
    }
};

} // namespace

class CheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithWhatWasIngested()
    {
        const CheckScene scene;
        const CheckReport report = scene.check();
        QVERIFY2(report.agrees(), report.findings.empty() ? "" : report.findings[0].text.c_str());
        QCOMPARE(report.runs, std::int64_t{1});
        QCOMPARE(report.events, std::int64_t{33});
        QCOMPARE(report.files, std::int64_t{4});
        QVERIFY(report.metrics > 60);
    }

    void agreesAfterAResume()
    {
        const CheckScene scene;
        EventLog log(scene.folder);
        log.setSeq(100);
        log.add("started", {{"resumed", true}});
        log.step(0, 9, 1.25);
        static_cast<void>(ingestFolder(scene.fixture.openHistory(), scene.folder).value());
        QVERIFY(scene.check().agrees());
    }

    void findsAMissingEvent()
    {
        const CheckScene scene;
        scene.sql("DELETE FROM events WHERE seq = 5");
        QVERIFY(finds(scene.check(), Finding::Kind::Differs, "event (seq 5) is in the folder, but not in the history"));
    }

    void findsAnAlteredMetric()
    {
        const CheckScene scene;
        scene.sql("UPDATE metrics SET value = 9.5 WHERE step = 7 AND key_id = (SELECT id FROM metric_keys WHERE name = 'loss')");
        QVERIFY(finds(scene.check(), Finding::Kind::Differs,
                      "metric (stage 0, name loss, step 7): value is 9.5 in the history, 2.3"));
    }

    void findsARowTooMuch()
    {
        const CheckScene scene;
        scene.sql("INSERT INTO metrics SELECT run_id, stage, key_id, 999, 1.0, 1 FROM metrics WHERE step = 7 LIMIT 1");
        QVERIFY(finds(scene.check(), Finding::Kind::Differs, "step 999) is in the history, but not in the folder"));
    }

    void findsAnAdapterThatIsGoneOrAnother()
    {
        const CheckScene scene;
        const fs::path weights = scene.folder / "adapter" / "0-lori-d" / "adapter_model.safetensors";
        test::writeText(weights, std::string(100, 'v'));
        QVERIFY(finds(scene.check(), Finding::Kind::FileDiffers, "SHA-256"));
        test::writeText(weights, "short");
        QVERIFY(finds(scene.check(), Finding::Kind::FileDiffers, "has 5 bytes, 100 were recorded"));
        fs::remove(weights);
        QVERIFY(finds(scene.check(), Finding::Kind::FileMissing, "adapter_model.safetensors"));
    }

    void findsAMaskAndAnItemsFileThatAreGone()
    {
        const CheckScene scene;
        fs::remove(scene.folder / "masks" / "1.safetensors");
        fs::remove(scene.folder / "items" / "after.jsonl");
        const CheckReport report = scene.check();
        QVERIFY(finds(report, Finding::Kind::FileMissing, "the mask 'masks/1.safetensors'"));
        QVERIFY(finds(report, Finding::Kind::FileMissing, "the items file 'items/after.jsonl'"));
    }

    void findsEventsAndRunsThatWereNotIngested()
    {
        const CheckScene scene;
        EventLog log(scene.folder);
        log.setSeq(100);
        log.step(0, 11, 1);
        test::writeFinishedRun(scene.fixture.makeRun("another"));
        const CheckReport report = scene.check();
        QVERIFY(finds(report, Finding::Kind::NotIngested, "1 events are not in the history yet"));
        QVERIFY(finds(report, Finding::Kind::NotIngested, "does not know this run"));
    }

    void aRunAtWorkMayBeAheadOfTheHistory()
    {
        const CheckScene scene;
        const auto folder = jobs::RunFolder::open(scene.fixture.home(), scene.folder.string()).value();
        const auto lock = jobs::JobLock::acquire(folder);
        QVERIFY(lock.has_value());
        EventLog log(scene.folder);
        log.setSeq(100);
        log.step(0, 11, 1);
        const CheckReport report = scene.check();
        QVERIFY(report.agrees());
        QCOMPARE(report.stillRunning, std::vector<std::string>{kRun});
    }

    void findsALostBackupOfNotes()
    {
        const CheckScene scene;
        const History history = scene.fixture.openHistory();
        QVERIFY(Annotations(history, scene.fixture.home()).setNote(kRun, "mine").has_value());
        QVERIFY(scene.check().agrees());
        fs::remove(history.annotationsFile());
        QVERIFY(finds(scene.check(), Finding::Kind::Backup, "annotations.json"));
    }

    void aFolderThatIsGoneIsSaidAndNoDisagreement()
    {
        const CheckScene scene;
        fs::remove_all(scene.folder);
        const CheckReport report = scene.check();
        QVERIFY(report.agrees());
        QCOMPARE(report.foldersGone, std::vector<std::string>{kRun});
    }

    void checkingChangesNothing()
    {
        const CheckScene scene;
        const History history = scene.fixture.openHistory();
        const std::int64_t before = history.dataVersion().value();
        static_cast<void>(scene.check());
        QCOMPARE(history.dataVersion().value(), before);
    }

    void rebuildMendsWhatWasAlteredAndKeepsNotesAndTags()
    {
        const CheckScene scene;
        {
            const History history = scene.fixture.openHistory();
            const Annotations annotations(history, scene.fixture.home());
            QVERIFY(annotations.setNote(kRun, "the good one").has_value());
            QVERIFY(annotations.setTags(kRun, {"paper", "best"}).has_value());
            QVERIFY(annotations.rename(kRun, "My run").has_value());
        }
        scene.sql("DELETE FROM events WHERE seq > 5; UPDATE metrics SET value = 0");
        QVERIFY(!scene.check().agrees());
        const RebuildReport report = scene.rebuild();
        QCOMPARE(report.runs, std::int64_t{1});
        QCOMPARE(report.events, std::int64_t{33});
        QCOMPARE(report.annotated, std::int64_t{1});
        QVERIFY(scene.check().agrees());
        const RunSummary run = scene.runs().at(0);
        QCOMPARE(run.note, std::string("the good one"));
        QCOMPARE(run.tags, (std::vector<std::string>{"best", "paper"}));
        QCOMPARE(run.name, std::string("My run"));
    }

    void rebuildOfADamagedFileTakesNotesFromTheBackup()
    {
        const CheckScene scene;
        {
            const History history = scene.fixture.openHistory();
            QVERIFY(Annotations(history, scene.fixture.home()).setNote(kRun, "still here").has_value());
        }
        test::writeText(scene.fixture.home().historyFile(), std::string(9000, 'x'));
        const RebuildReport report = scene.rebuild();
        QVERIFY(fs::exists(report.damagedFile));
        QVERIFY(scene.check().agrees());
        QCOMPARE(scene.runs().at(0).note, std::string("still here"));
    }

    void aLostDatabaseGetsItsNotesBackByIngest()
    {
        const CheckScene scene;
        {
            const History history = scene.fixture.openHistory();
            QVERIFY(Annotations(history, scene.fixture.home()).setTags(kRun, {"keep"}).has_value());
        }
        for (const char* part : {"", "-wal", "-shm"}) {
            fs::remove(scene.fixture.home().historyFile().string() + part);
        }
        static_cast<void>(ingestFolder(scene.fixture.openHistory(), scene.folder).value());
        QCOMPARE(scene.runs().at(0).tags, std::vector<std::string>{"keep"});
    }

    void rebuildKeepsRunsWhoseFoldersAreGone()
    {
        const CheckScene scene;
        test::writeFinishedRun(scene.fixture.makeRun("another"));
        static_cast<void>(ingestHome(scene.fixture.openHistory(), scene.fixture.home()).value());
        fs::remove_all(scene.folder);
        const RebuildReport report = scene.rebuild();
        QCOMPARE(report.keptRows, std::vector<std::string>{kRun});
        const History history = scene.fixture.openHistory();
        const RunDetail detail = RunRepository(history).find(kRun).value();
        QCOMPARE(detail.events, std::int64_t{33});
        QCOMPARE(RunRepository(history).items(detail.evaluations.at(0).id).value().size(), std::size_t{2});
        QVERIFY(scene.check().agrees());
    }

    void rebuildFindsRunsImportedFromElsewhere()
    {
        const test::HomeFixture fixture;
        const fs::path elsewhere = fixture.home().root / "from-the-cluster" / kRun;
        fs::create_directories(elsewhere.parent_path());
        fs::rename(fixture.makeRun(kRun), elsewhere);
        test::writeFinishedRun(elsewhere);
        static_cast<void>(ingestFolder(fixture.openHistory(), elsewhere).value());
        test::writeText(fixture.home().historyFile(), std::string(9000, 'x'));
        QCOMPARE(rebuild(fixture.home().historyFile(), fixture.home()).value().runs, std::int64_t{1});
    }

    void programsThatHaveTheHistoryOpenSeeTheRebuiltOne()
    {
        const CheckScene scene;
        scene.sql("DELETE FROM events");
        const History open = scene.fixture.openHistory();
        QCOMPARE(queryInteger(open.connection(), "SELECT count(*) FROM events"), std::int64_t{0});
        static_cast<void>(scene.rebuild());
        QCOMPARE(queryInteger(open.connection(), "SELECT count(*) FROM events"), std::int64_t{33});
        EventLog log(scene.folder);
        log.setSeq(100);
        log.step(0, 11, 1);
        QCOMPARE(ingestFolder(open, scene.folder).value().newEvents, std::int64_t{1});
        QVERIFY(scene.check().agrees());
    }

    void rebuildLeavesANewerHistoryAlone()
    {
        const CheckScene scene;
        scene.sql("PRAGMA user_version = 99");
        const auto refused = rebuild(scene.fixture.home().historyFile(), scene.fixture.home());
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::NewerVersion);
        QVERIFY(!fs::exists(scene.fixture.home().historyFile().string() + ".rebuild"));
    }
};

LORI_TEST(CheckTest)
#include "check_test.moc"
