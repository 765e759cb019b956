// SPDX-License-Identifier: Apache-2.0
#include "database/check.h"
#include "database/queue.h"
#include "tests/database/run_fixture.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::database;
namespace fs = std::filesystem;

namespace {

/// A queue of three jobs: a, b, c.
struct Scene {
    test::HomeFixture fixture;
    Scene()
    {
        const History history = fixture.openHistory();
        for (const char* id : {"a", "b", "c"}) {
            static_cast<void>(Queue(history).add(fixture.makeJob(id, "merge"), {}).value());
        }
    }
    [[nodiscard]] fs::path folder(const char* id) const { return fixture.home().jobs() / id; }
    [[nodiscard]] QueueContent content() const
    {
        const History history = fixture.openHistory();
        return Queue(history).content().value();
    }
    /// "a:waiting b:working …"
    [[nodiscard]] std::string order() const
    {
        std::string text;
        const QueueContent now = content();
        for (const QueueEntry& entry : now.entries) {
            text += (text.empty() ? "" : " ") + entry.job + ":" + std::string(queueStateName(entry.state));
        }
        return text;
    }
    void removeDatabase() const
    {
        for (const char* part : {"", "-wal", "-shm"}) {
            fs::remove(fixture.home().historyFile().string() + part);
        }
    }
};

} // namespace

class QueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsAPersonsOrder()
    {
        const Scene scene;
        const History history = scene.fixture.openHistory();
        const Queue queue(history);
        QCOMPARE(scene.order(), std::string("a:waiting b:waiting c:waiting"));
        QVERIFY(queue.move("c", 1).has_value());
        QCOMPARE(scene.order(), std::string("c:waiting a:waiting b:waiting"));
        QVERIFY(queue.move("c", 2).has_value());
        QCOMPARE(scene.order(), std::string("a:waiting c:waiting b:waiting"));
        QVERIFY(queue.move("a", 99).has_value());
        QCOMPARE(scene.order(), std::string("c:waiting b:waiting a:waiting"));
        QVERIFY(queue.remove(scene.folder("b").string()).has_value());
        QCOMPARE(scene.order(), std::string("c:waiting a:waiting"));
        QCOMPARE(queue.move("a", 0).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(queue.move("b", 1).error().code, ErrorCode::NotFound);
        QCOMPARE(queue.remove("b").error().code, ErrorCode::NotFound);
    }

    void anEntryIsInItOnceUntilItEnded()
    {
        const Scene scene;
        const History history = scene.fixture.openHistory();
        const Queue queue(history);
        QCOMPARE(queue.add(scene.folder("a"), {}).error().code, ErrorCode::AlreadyExists);
        QVERIFY(queue.begin(scene.folder("a"), 12).value());
        QCOMPARE(queue.add(scene.folder("a"), {}).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(queue.remove("a").error().code, ErrorCode::Busy);
        QCOMPARE(queue.move("a", 2).error().code, ErrorCode::InvalidArgument);
        QVERIFY(queue.end(scene.folder("a"), QueueState::Done, "").has_value());
        QVERIFY(queue.add(scene.folder("a"), {}).has_value());
        QCOMPARE(scene.order(), std::string("b:waiting c:waiting a:waiting"));
    }

    void movesAmongThoseThatWaitOnly()
    {
        const Scene scene;
        const History history = scene.fixture.openHistory();
        const Queue queue(history);
        QVERIFY(queue.begin(scene.folder("a"), 0).value());
        QVERIFY(queue.move("c", 1).has_value());
        QCOMPARE(scene.order(), std::string("a:working c:waiting b:waiting"));
    }

    void aFailedOnePausesUnlessItSaysOtherwise()
    {
        const Scene scene;
        const History history = scene.fixture.openHistory();
        const Queue queue(history);
        static_cast<void>(queue.add(scene.fixture.makeJob("d", "merge"), {.continueOnError = true, .startAtMs = 5}).value());
        QVERIFY(queue.begin(scene.folder("d"), 0).value());
        QCOMPARE(queue.countAttempt(scene.folder("d")).value(), std::int64_t{1});
        QCOMPARE(queue.countAttempt(scene.folder("d")).value(), std::int64_t{2});
        QVERIFY(queue.end(scene.folder("d"), QueueState::Failed, "it broke").has_value());
        QVERIFY(!scene.content().paused);
        QCOMPARE(scene.content().entries.at(3).error, std::string("it broke"));
        QCOMPARE(scene.content().entries.at(3).startAtMs, std::int64_t{5});
        QVERIFY(queue.begin(scene.folder("a"), 0).value());
        QVERIFY(queue.end(scene.folder("a"), QueueState::Failed, "it broke").has_value());
        QVERIFY(scene.content().paused);
        QVERIFY(!queue.begin(scene.folder("b"), 0).value());
        QVERIFY(queue.setPaused(false).has_value());
        QVERIFY(queue.begin(scene.folder("b"), 0).value());
        QVERIFY(!queue.begin(scene.folder("b"), 0).value());
        QCOMPARE(queue.removeEnded().value(), std::int64_t{2});
    }

    void aLostDatabaseLosesNoQueue()
    {
        const Scene scene;
        {
            const History history = scene.fixture.openHistory();
            QVERIFY(Queue(history).begin(scene.folder("a"), 77).value());
        }
        const QueueContent before = scene.content();
        scene.removeDatabase();
        QVERIFY(scene.content() == before);
        const History history = scene.fixture.openHistory();
        QVERIFY(Queue(history).move("c", 1).has_value());
        QCOMPARE(scene.order(), std::string("a:working c:waiting b:waiting"));
    }

    void rebuildKeepsTheQueue()
    {
        const Scene scene;
        const QueueContent before = scene.content();
        QVERIFY(rebuild(scene.fixture.home().historyFile(), scene.fixture.home()).has_value());
        QVERIFY(scene.content() == before);
        fs::remove(scene.fixture.home().root / "queue.json"); // a readable database is enough
        QVERIFY(rebuild(scene.fixture.home().historyFile(), scene.fixture.home()).has_value());
        QVERIFY(scene.content() == before);
    }

    void rebuildOfADamagedFileTakesTheQueueFromItsCopy()
    {
        const Scene scene;
        const QueueContent before = scene.content();
        test::writeText(scene.fixture.home().historyFile(), std::string(9000, 'x'));
        QVERIFY(fs::exists(rebuild(scene.fixture.home().historyFile(), scene.fixture.home()).value().damagedFile));
        QVERIFY(scene.content() == before);
    }

    void checkComparesTheCopy()
    {
        const Scene scene;
        const History history = scene.fixture.openHistory();
        const auto findings = [&] {
            return check(history, scene.fixture.home()).value().findings;
        };
        test::changeHistory(history, "DELETE FROM jobs");
        static_cast<void>(rebuild(scene.fixture.home().historyFile(), scene.fixture.home()).value());
        QVERIFY(findings().empty());
        fs::remove(scene.fixture.home().root / "queue.json");
        QCOMPARE(findings().size(), std::size_t{1});
        QCOMPARE(findings().at(0).kind, Finding::Kind::Backup);
        QVERIFY(Queue(history).setPaused(true).has_value());
        QVERIFY(findings().empty());
    }

    void aDamagedCopyIsMovedAsideOnlyWhenNothingElseKnowsTheQueue()
    {
        const Scene scene;
        const fs::path copy = scene.fixture.home().root / "queue.json";
        test::writeText(copy, "no json");
        {
            const History history = scene.fixture.openHistory();
            QVERIFY(Queue(history).move("c", 1).has_value());
        }
        QCOMPARE(scene.order(), std::string("c:waiting a:waiting b:waiting"));
        scene.removeDatabase();
        test::writeText(copy, "no json");
        const History history = scene.fixture.openHistory();
        QCOMPARE(Queue(history).content().error().code, ErrorCode::BadFile);
        QVERIFY(Queue(history).add(scene.folder("a"), {}).has_value());
        QCOMPARE(scene.order(), std::string("a:waiting"));
    }
};

LORI_TEST(QueueTest)
#include "queue_test.moc"
