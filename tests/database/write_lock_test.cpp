// SPDX-License-Identifier: Apache-2.0
#include "database/write_lock.h"

#include "core/support/files.h"
#include "database/annotations.h"
#include "database/ingest.h"
#include "database/run_repository.h"
#include "database/sqlite_support.h"
#include "tests/database/child_process.h"
#include "tests/database/run_fixture.h"
#include "tests/support/test_registry.h"

#include <sqlite3.h>

#include <QtTest>

#include <thread>

using namespace lori;
using namespace lori::database;
using namespace std::chrono_literals;
using lori::test::kRun;
using lori::test::LockHolder;
namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kMebibyte = 1024 * 1024;

std::uintmax_t walBytes(const fs::path& file)
{
    const fs::path wal = file.string() + "-wal";
    return fs::exists(wal) ? fs::file_size(wal) : 0;
}

/// One mebibyte more in the database.
void addFiller(const History& history)
{
    test::changeHistory(history, "INSERT INTO filler VALUES (randomblob(1048576))");
}

std::int64_t fillerRows(const fs::path& file)
{
    return queryInteger(History::open(file).value().connection(), "SELECT count(*) FROM filler");
}

/// A process that writes a row and is killed with its connection open, so that the row is in the WAL alone.
void writeAndDie(const fs::path& file)
{
    const pid_t child = test::inChild([&] {
        const History history = History::open(file).value();
        test::changeHistory(history, "CREATE TABLE filler (x)");
        addFiller(history);
        kill(getpid(), SIGKILL);
        return true;
    });
    waitpid(child, nullptr, 0);
}

} // namespace

class WriteLockTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSecondProcessIsToldBusyAfterTheWait()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        const History history = fixture.openHistory();
        static_cast<void>(ingestFolder(history, folder).value());
        LockHolder other(history.file());
        QVERIFY(other.holds());
        history.connection().setWriteWait(80ms);
        const auto start = std::chrono::steady_clock::now();
        const auto refused = Annotations(history, fixture.home()).setNote(kRun, "mine");
        QVERIFY(std::chrono::steady_clock::now() - start >= 80ms);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::Busy);
        QCOMPARE(refused.error().sentence(), history.file().string() + ": another program has been writing to the history for "
                                                                       "over 80 ms; try again in a moment");
        QCOMPARE(busyError(kWriteWait, "").sentence(),
                 std::string("another program has been writing to the history for over 5 seconds; try again in a moment"));
        QCOMPARE(RunRepository(history).list().value().at(0).note, std::string()); // reading never waits
    }

    void aKilledHolderLeavesTheLockFree()
    {
        const test::HomeFixture fixture;
        const History history = fixture.openHistory();
        LockHolder other(history.file());
        WriteLock lock(history.file());
        QVERIFY(other.holds());
        QVERIFY(!lock.tryAcquire());
        other.killNow();
        QVERIFY(lock.tryAcquire());
    }

    void whoWaitsGetsTheLockWhenItIsReleased()
    {
        const test::HomeFixture fixture;
        const History history = fixture.openHistory();
        auto first = std::make_unique<WriteAccess>(history.connection());
        std::atomic<bool> got = false;
        std::jthread second([&] {
            WriteLock lock(history.file());
            lock.acquire();
            got = true;
        });
        std::this_thread::sleep_for(50ms);
        QVERIFY(!got);
        first.reset();
        second.join();
        QVERIFY(got);
    }

    void oneConnectionMayTakeTheLockSeveralTimes()
    {
        const test::HomeFixture fixture;
        const History history = fixture.openHistory();
        WriteLock other(history.file());
        {
            const WriteAccess outer(history.connection());
            test::changeHistory(history, "INSERT INTO tags (name) VALUES ('x')");
            history.connection().checkpoint();
            QVERIFY(!other.tryAcquire());
        }
        QVERIFY(other.tryAcquire());
    }

    void aChangeOutsideOfTheLockIsRefused()
    {
        const test::HomeFixture fixture;
        const History history = fixture.openHistory();
        Connection& db = history.connection();
        test::changeHistory(history, "INSERT INTO tags (name) VALUES ('x')");
        QVERIFY_EXCEPTION_THROWN(db.exec("DELETE FROM tags"), SQLite::Exception);
        QCOMPARE(queryInteger(db, "SELECT count(*) FROM tags"), std::int64_t{1});
        for (const char* setting : {"PRAGMA wal_autocheckpoint", "PRAGMA mmap_size"}) {
            QCOMPARE(queryInteger(db, setting), std::int64_t{0});
        }
        QCOMPARE(db.execAndGet("PRAGMA journal_mode").getString(), std::string("wal"));
    }

    void closingLeavesTheWalWhileAnotherHoldsTheLock()
    {
        const test::HomeFixture fixture;
        const fs::path file = fixture.home().historyFile();
        auto history = std::make_unique<History>(fixture.openHistory());
        test::changeHistory(*history, "CREATE TABLE filler (x)");
        addFiller(*history);
        const std::uintmax_t wal = walBytes(file);
        QVERIFY(wal >= kMebibyte);
        LockHolder other(file);
        QVERIFY(other.holds());
        history.reset();
        QCOMPARE(walBytes(file), wal);
        QVERIFY(fs::file_size(file) < kMebibyte);
        other.killNow();
        QCOMPARE(fillerRows(file), std::int64_t{1});
        QVERIFY(!fs::exists(file.string() + "-wal")); // the last to close has folded it in
        QVERIFY(fs::file_size(file) >= kMebibyte);
    }

    void aReaderNeverFoldsTheWalIn()
    {
        const test::HomeFixture fixture;
        const fs::path file = fixture.home().historyFile();
        writeAndDie(file);
        const std::uintmax_t wal = walBytes(file);
        const std::string before = readTextFile(file).value();
        {
            const History reader = History::open(file, History::Access::ReadOnly).value();
            QCOMPARE(queryInteger(reader.connection(), "SELECT count(*) FROM filler"), std::int64_t{1});
        }
        QCOMPARE(walBytes(file), wal);
        QCOMPARE(readTextFile(file).value(), before);
        QCOMPARE(fillerRows(file), std::int64_t{1});
    }

    void theNextWriterGoesOnWithTheWalOfAKilledOne()
    {
        const test::HomeFixture fixture;
        const fs::path file = fixture.home().historyFile();
        writeAndDie(file);
        QVERIFY(walBytes(file) >= kMebibyte);
        addFiller(fixture.openHistory());
        QCOMPARE(fillerRows(file), std::int64_t{2});
        QCOMPARE(walBytes(file), std::uintmax_t{0});
    }

    void theWalStaysSmallHoweverMuchIsWritten()
    {
        const test::HomeFixture fixture;
        const History history = fixture.openHistory();
        test::changeHistory(history, "CREATE TABLE filler (x)");
        for (int round = 0; round < 40; ++round) {
            addFiller(history);
            QVERIFY(walBytes(history.file()) < 8 * kMebibyte);
        }
        QVERIFY(fs::file_size(history.file()) > 30 * kMebibyte);
    }

    void aWalThatGrewBehindAReaderShrinksAfterIt()
    {
        const test::HomeFixture fixture;
        const History history = fixture.openHistory();
        test::changeHistory(history, "CREATE TABLE filler (x)");
        const History reader = fixture.openHistory();
        {
            SQLite::Transaction snapshot(reader.connection());
            QCOMPARE(queryInteger(reader.connection(), "SELECT count(*) FROM filler"), std::int64_t{0});
            for (int round = 0; round < 36; ++round) {
                addFiller(history);
            }
            QCOMPARE(queryInteger(reader.connection(), "SELECT count(*) FROM filler"), std::int64_t{0});
        }
        QVERIFY(walBytes(history.file()) > 30 * kMebibyte);
        addFiller(history);
        QCOMPARE(walBytes(history.file()), std::uintmax_t{0});
    }

    void aLinkToTheHistoryLeadsToTheSameLock()
    {
        const test::HomeFixture fixture;
        const History history = fixture.openHistory();
        const fs::path link = fixture.home().root.parent_path() / "link.sqlite";
        fs::create_symlink(history.file(), link);
        const WriteAccess held(history.connection());
        WriteLock other(link);
        QVERIFY(!other.tryAcquire());
        const History byLink = History::open(link).value();
        byLink.connection().setWriteWait(0ms);
        QVERIFY_EXCEPTION_THROWN(WriteAccess{byLink.connection()}, Exception);
    }

    void aRemovedLockFileIsMadeAnew()
    {
        const test::HomeFixture fixture;
        const History history = fixture.openHistory();
        test::changeHistory(history, "INSERT INTO tags (name) VALUES ('x')");
        WriteLock other(history.file());
        fs::remove(other.file());
        const WriteAccess held(history.connection());
        QVERIFY(fs::exists(other.file()));
        QVERIFY(!other.tryAcquire());
    }

    void aHistoryThatIsNotInItsPlaceAnyMoreIsNotWritten()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        const History history = fixture.openHistory();
        fs::rename(history.file(), history.file().string() + ".away");
        const auto refused = ingestFolder(history, folder);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::Io);
        QVERIFY(refused.error().what.find("moved, removed or replaced") != std::string::npos);
    }

    void whereNoLockCanBeMadeNothingIsWritten()
    {
        const test::HomeFixture fixture;
        const fs::path folder = fixture.makeRun(kRun);
        const fs::path file = fixture.home().historyFile();
        static_cast<void>(fixture.openHistory());
        fs::remove(file.string() + ".lock");
        fs::create_directories(file.string() + ".lock");
        const History history = fixture.openHistory();
        const auto refused = ingestFolder(history, folder);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::Io);
        QVERIFY(RunRepository(history).list().value().empty());
    }

    void readingNeedsNoLockFile()
    {
        const test::HomeFixture fixture;
        const fs::path file = fixture.home().historyFile();
        static_cast<void>(fixture.openHistory());
        fs::remove(file.string() + ".lock");
        QVERIFY(RunRepository(History::open(file, History::Access::ReadOnly).value()).list().has_value());
        QVERIFY(!fs::exists(file.string() + ".lock"));
    }
};

LORI_TEST(WriteLockTest)
#include "write_lock_test.moc"
