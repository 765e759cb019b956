// SPDX-License-Identifier: Apache-2.0
#include "core/support/files.h"
#include "database/migrations.h"
#include "database/run_repository.h"
#include "database/sqlite_support.h"
#include "tests/database/run_fixture.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::database;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> backupsBeside(const fs::path& file)
{
    std::vector<fs::path> backups;
    for (const auto& entry : fs::directory_iterator(file.parent_path())) {
        if (entry.path().extension() == ".bak") {
            backups.push_back(entry.path());
        }
    }
    return backups;
}

/// A history as the first version of the program left it: only migration 001, with one run and two evaluations.
void makeVersionOne(const fs::path& file)
{
    fs::create_directories(file.parent_path());
    Connection db(file, Connection::Use::Write);
    db.useWal();
    migrate(db, file, 1);
    WriteTransaction transaction(db);
    db.exec("INSERT INTO runs (id, run, folder, name, purpose, preset, model, parent_run, stage_summary, created_ms, state) "
            "VALUES (1, 'old-run', '/nowhere', 'Old', '', '', 'm', '', '', 5, 'finished')");
    db.exec("INSERT INTO evaluations (run_id, stage, step, task, metric, seq, time_ms, value, low, high, hits, row_count, "
            "higher_is_better, items_file) VALUES (1, -1, 0, 'safety', 'refusal_rate', 3, 0, 0.1, 0, 0.2, 1, 10, 1, ''), "
            "(1, 0, 5, 'safety', 'refusal_rate', 7, 0, 0.9, 0.8, 1, 9, 10, 1, ''), "
            "(1, 0, 9, 'safety', 'refusal_rate', 9, 0, 0.7, 0.6, 0.8, 7, 10, 1, '')");
    transaction.commit();
}

} // namespace

class HistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void makesANewHistoryWithTheNewestSchema()
    {
        const test::HomeFixture fixture;
        const History history = fixture.openHistory();
        QCOMPARE(queryInteger(history.connection(), "PRAGMA user_version"), History::schemaVersion());
        QCOMPARE(queryInteger(history.connection(), "PRAGMA foreign_keys"), std::int64_t{1});
        QVERIFY(backupsBeside(history.file()).empty());
        QCOMPARE(RunRepository(history).list().value().size(), std::size_t{0});
    }

    void bringsAnOlderHistoryUpToDateAfterABackup()
    {
        const test::HomeFixture fixture;
        const fs::path file = fixture.home().historyFile();
        makeVersionOne(file);
        const History history = fixture.openHistory();
        QCOMPARE(queryInteger(history.connection(), "PRAGMA user_version"), History::schemaVersion());
        const auto runs = RunRepository(history).list().value();
        QCOMPARE(runs.size(), std::size_t{1});
        const ScoreSummary* score = runs[0].score("safety", "refusal_rate");
        QVERIFY(score != nullptr);
        QCOMPARE(score->before->value, 0.1);
        QCOMPARE(score->last->value, 0.7);
        QCOMPARE(score->best->value, 0.9);

        const auto backups = backupsBeside(file);
        QCOMPARE(backups.size(), std::size_t{1});
        SQLite::Database backup(backups[0].string(), SQLite::OPEN_READONLY);
        QCOMPARE(queryInteger(backup, "PRAGMA user_version"), std::int64_t{1});
        QCOMPARE(queryInteger(backup, "SELECT count(*) FROM evaluations"), std::int64_t{3});
    }

    void anOlderHistoryLearnsWhatItsRunsLearned()
    {
        const test::HomeFixture fixture;
        const fs::path file = fixture.home().historyFile();
        fs::create_directories(file.parent_path());
        {
            Connection db(file, Connection::Use::Write);
            db.useWal();
            migrate(db, file, 3);
            WriteTransaction transaction(db);
            db.exec(
                "INSERT INTO runs (id, run, folder, name, purpose, preset, model, parent_run, stage_summary, created_ms, state) "
                "VALUES (1, 'old-run', '/nowhere', 'Old', '', '', 'm', '', '', 5, 'finished'), "
                "(2, 'without', '/nowhere', 'None', '', '', 'm', '', '', 4, 'finished')");
            db.exec(R"(INSERT INTO configurations (run_id, json) VALUES (1, '{"data":{"sources":[{"task":"safety"},)"
                    R"({"task":"","file":"/my/capitals.csv"},{"task":"safety"}]},"stages":[{"kind":"lori-d"},)"
                    R"({"kind":"lori-s","sources":[{"task":"maths"},{"file":"/my/capitals.csv"}]}]}'), (2, '{}'))");
            transaction.commit();
        }
        const History history = fixture.openHistory();
        const auto runs = RunRepository(history).list().value();
        QCOMPARE(runs.size(), std::size_t{2});
        QCOMPARE(runs[0].data, (std::vector<std::string>{"safety", "/my/capitals.csv", "maths"}));
        QCOMPARE(runs[1].data, std::vector<std::string>{});
    }

    void everyMigrationLeadsFromEveryOlderVersionToTheSameSchema()
    {
        const auto schemaOf = [](SQLite::Database& db) {
            std::string text;
            SQLite::Statement rows(db, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name");
            while (rows.executeStep()) {
                text += rows.getColumn(0).getString() + "\n";
            }
            return text;
        };
        const std::string expected = schemaOf(*openInMemory());
        for (std::int64_t version = 1; version < History::schemaVersion(); ++version) {
            const test::HomeFixture fixture;
            fs::create_directories(fixture.home().root);
            {
                Connection db(fixture.home().historyFile(), Connection::Use::Write);
                migrate(db, fixture.home().historyFile(), version);
            }
            QCOMPARE(schemaOf(fixture.openHistory().connection()), expected);
        }
    }

    void refusesANewerHistoryAndLeavesItAlone()
    {
        const test::HomeFixture fixture;
        const fs::path file = fixture.home().historyFile();
        {
            const History history = fixture.openHistory();
            test::changeHistory(history, "PRAGMA user_version = 99");
        }
        const std::string before = readTextFile(file).value();
        for (const auto access : {History::Access::ReadWrite, History::Access::ReadOnly}) {
            const auto opened = History::open(file, access);
            QVERIFY(!opened.has_value());
            QCOMPARE(opened.error().code, ErrorCode::NewerVersion);
            QVERIFY(opened.error().sentence().find("newer program (schema 99") != std::string::npos);
        }
        QCOMPARE(readTextFile(file).value(), before);
    }

    void refusesADamagedHistoryAndNamesTheWayOut()
    {
        const test::HomeFixture fixture;
        const fs::path file = fixture.home().historyFile();
        test::writeText(file, "This is not a database. " + std::string(5000, 'x'));
        const auto opened = History::open(file);
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::BadFile);
        QVERIFY(opened.error().hint.find("lori history rebuild") != std::string::npos);
    }

    void refusesTheDatabaseOfAnotherProgram()
    {
        const test::HomeFixture fixture;
        fs::create_directories(fixture.home().root);
        {
            SQLite::Database other(fixture.home().historyFile().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            other.exec("CREATE TABLE bookmarks (url TEXT)");
        }
        const auto opened = History::open(fixture.home().historyFile());
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::Mismatch);
        QVERIFY(opened.error().what.find("another program") != std::string::npos);
    }

    void readOnlyNeedsAnUpToDateHistoryThatExists()
    {
        const test::HomeFixture fixture;
        const fs::path file = fixture.home().historyFile();
        QCOMPARE(History::open(file, History::Access::ReadOnly).error().code, ErrorCode::NotFound);
        makeVersionOne(file);
        QCOMPARE(History::open(file, History::Access::ReadOnly).error().code, ErrorCode::Unsupported);
        QVERIFY(backupsBeside(file).empty());
        QVERIFY(History::open(file).has_value());
        const auto readOnly = History::open(file, History::Access::ReadOnly);
        QVERIFY(readOnly.has_value());
        QVERIFY_EXCEPTION_THROWN(readOnly->connection().exec("DELETE FROM runs"), SQLite::Exception);
        QCOMPARE(RunRepository(*readOnly).list().value().size(), std::size_t{1});
    }

    void theVersionOfSqliteIsThatOfTheLibraryInUse()
    {
        QCOMPARE(sqliteVersion(), openInMemory()->execAndGet("SELECT sqlite_version()").getString());
    }

    void aFolderIsNotAHistory()
    {
        const test::HomeFixture fixture;
        fs::create_directories(fixture.home().root);
        QCOMPARE(History::open(fixture.home().root).error().code, ErrorCode::BadFile);
    }

    void anotherConnectionsChangesShowInTheDataVersion()
    {
        const test::HomeFixture fixture;
        const History reader = fixture.openHistory();
        const History writer = fixture.openHistory();
        const std::int64_t before = reader.dataVersion().value();
        QCOMPARE(reader.dataVersion().value(), before);
        test::changeHistory(writer, "INSERT INTO tags (name) VALUES ('x')");
        QVERIFY(reader.dataVersion().value() != before);
    }
};

LORI_TEST(HistoryTest)
#include "history_test.moc"
