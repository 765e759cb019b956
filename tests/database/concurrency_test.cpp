// SPDX-License-Identifier: Apache-2.0
#include "database/annotations.h"
#include "database/check.h"
#include "database/ingest.h"
#include "database/run_repository.h"
#include "database/sqlite_support.h"
#include "tests/database/child_process.h"
#include "tests/database/run_fixture.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <thread>

using namespace lori;
using namespace lori::database;
using lori::test::inChild;
using lori::test::kRun;
using lori::test::succeeded;
namespace fs = std::filesystem;

namespace {

} // namespace

class ConcurrencyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aReaderSeesTheOldStateWhileAnotherWrites()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        const History writer = fixture.openHistory();
        static_cast<void>(ingestFolder(writer, folder).value());
        const History reader = fixture.openHistory();
        {
            WriteTransaction transaction(writer.connection());
            writer.connection().exec("UPDATE runs SET name = 'changed'");
            QCOMPARE(RunRepository(reader).list().value().at(0).name, std::string("A run"));
            transaction.commit();
        }
        QCOMPARE(RunRepository(reader).list().value().at(0).name, std::string("changed"));
    }

    void aWriterThatWaitsTooLongSaysBusy()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        const History holder = fixture.openHistory();
        const History other = fixture.openHistory();
        other.connection().setWriteWait(std::chrono::milliseconds(50));
        const WriteTransaction held(holder.connection());
        const auto refused = ingestFolder(other, folder);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::Busy);
        QVERIFY(refused.error().sentence().find("try again") != std::string::npos);
    }

    void anIngestAndAPersonsEditsGoSideBySide()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        static_cast<void>(ingestFolder(fixture.openHistory(), folder).value());
        constexpr int kRounds = 60;
        bool ingested = true;
        std::thread worker([&] {
            const History history = fixture.openHistory();
            test::EventLog log(folder);
            for (int step = 1; step <= kRounds; ++step) {
                log.step(0, step, 1.0);
                ingested = ingested && ingestFolder(history, folder).has_value();
            }
        });
        const History window = fixture.openHistory();
        bool edited = true;
        for (int round = 1; round <= kRounds; ++round) {
            edited = edited && Annotations(window, fixture.home()).setNote(kRun, "note " + std::to_string(round)).has_value();
        }
        worker.join();
        QVERIFY(ingested);
        QVERIFY(edited);
        QCOMPARE(RunRepository(window).list().value().at(0).note, std::string("note 60"));
        QCOMPARE(RunRepository(window).series(kRun, 0, "loss").value().size(), std::size_t{kRounds});
        QVERIFY(check(window, fixture.home()).value().agrees());
    }

    void twoProcessesThatIngestOneRunWriteEachEventOnce()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        const fs::path file = fixture.home().historyFile();
        constexpr int kSteps = 80;
        const auto ingestUntilDone = [&] {
            const auto history = History::open(file); // both make the file and its schema at once, too
            if (!history) {
                return false;
            }
            for (;;) {
                if (!ingestFolder(*history, folder)) {
                    return false;
                }
                if (RunRepository(*history).list().value().at(0).finishedMs) {
                    return true;
                }
            }
        };
        const pid_t first = inChild(ingestUntilDone);
        const pid_t second = inChild(ingestUntilDone);
        test::EventLog log(folder);
        for (int step = 1; step <= kSteps; ++step) {
            log.step(0, step, 1.0);
        }
        log.add("finished", {{"seconds", 1}});
        QVERIFY(succeeded(first));
        QVERIFY(succeeded(second));
        const History history = fixture.openHistory();
        QCOMPARE(queryInteger(history.connection(), "SELECT count(*) FROM events"), std::int64_t{kSteps + 1});
        QVERIFY(check(history, fixture.home()).value().agrees());
    }

    void twoRebuildsAtOnceComeOneAfterTheOther()
    {
        const test::HomeFixture fixture;
        const fs::path file = fixture.home().historyFile();
        test::writeFinishedRun(fixture.makeRun(kRun));
        static_cast<void>(ingestHome(fixture.openHistory(), fixture.home()).value());
        const auto rebuilds = [&] {
            return rebuild(file, fixture.home()).has_value();
        };
        const pid_t first = inChild(rebuilds);
        const pid_t second = inChild(rebuilds);
        QVERIFY(succeeded(first));
        QVERIFY(succeeded(second));
        QVERIFY(!fs::exists(file.string() + ".rebuild"));
        QVERIFY(!fs::exists(file.string() + ".rebuild.lock"));
        QVERIFY(check(fixture.openHistory(), fixture.home()).value().agrees());
    }

    void aProcessKilledInMidIngestLeavesASoundHistory()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        test::EventLog log(folder);
        for (int step = 1; step <= 300; ++step) {
            log.step(0, step, 1.0);
        }
        static_cast<void>(ingestFolder(fixture.openHistory(), folder).value());
        for (int step = 301; step <= 600; ++step) {
            log.step(0, step, 1.0);
        }
        const pid_t child = inChild([&] {
            const History history = History::open(fixture.home().historyFile()).value();
            history.connection().createFunction("die", 0, false, nullptr,
                                                [](sqlite3_context*, int, sqlite3_value**) { _exit(9); });
            test::changeHistory(history,
                                "CREATE TEMP TRIGGER deadly AFTER INSERT ON metrics WHEN NEW.step = 450 BEGIN SELECT die(); END");
            return ingestFolder(history, folder).has_value();
        });
        QVERIFY(!succeeded(child));
        const History history = fixture.openHistory();
        QCOMPARE(RunRepository(history).series(kRun, 0, "loss").value().size(), std::size_t{300});
        QCOMPARE(ingestFolder(history, folder).value().newEvents, std::int64_t{300});
        QVERIFY(check(history, fixture.home()).value().agrees());
    }
};

LORI_TEST(ConcurrencyTest)
#include "concurrency_test.moc"
