// SPDX-License-Identifier: Apache-2.0
// Four processes on one history, doing what real ones do, each killed now and then and started again. At the end the file is
// sound and holds everything that was ever acknowledged. LORI_STRESS_SECONDS sets the length (10 unless set).
#include "database/check.h"
#include "tests/database/child_process.h"
#include "tests/database/stress_player.h"
#include "tests/support/test_registry.h"

#include <sys/mman.h>

#include <QtTest>

#include <new>

using namespace lori;
using namespace lori::database;
using namespace lori::database::stress;
namespace fs = std::filesystem;

class StressTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        void* memory = mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        QVERIFY(memory != MAP_FAILED);
        m_board = new (memory) Board;
    }

    void fourProcessesThatAreKilledNowAndThenLoseNoRow()
    {
        for (std::size_t index = 0; index < kNotedRuns; ++index) {
            m_fixture.makeRun(notedRun(index));
        }
        m_fixture.makeRun(kTrashedRun);
        static_cast<void>(ingestHome(m_fixture.openHistory(), m_fixture.home()).value());
        playAll();
        QVERIFY2(!m_board->failed, m_board->failure);
        QVERIFY(m_board->transactions > 0);
        QVERIFY(m_kills > 0);
        verifyThatNothingIsLost();
        qInfo("%lld transactions, %lld checkpoints asked for, %lld reads, %d kills, %lld times busy, WAL at most %.1f MiB",
              static_cast<long long>(m_board->transactions), static_cast<long long>(m_board->checkpoints),
              static_cast<long long>(m_board->reads), m_kills, static_cast<long long>(m_board->busy),
              static_cast<double>(m_largestWal) / (1024.0 * 1024.0));
        QVERIFY(m_largestWal < 32U * 1024U * 1024U);
    }

    void cleanupTestCase()
    {
        if (m_board != nullptr) {
            munmap(m_board, sizeof(Board));
        }
    }

private:
    void start(std::size_t process)
    {
        const int generation = m_generations.at(process)++;
        if (process < kWorkers) { // a worker's run is there before the worker is
            m_fixture.makeRun(workerRun(static_cast<int>(process), generation));
        }
        m_pids.at(process) =
            test::inChild([&] { return Player(*m_board, m_fixture.home(), static_cast<int>(process), generation).play(); });
    }

    void playAll()
    {
        const int seconds = qEnvironmentVariableIntValue("LORI_STRESS_SECONDS");
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds > 0 ? seconds : 10);
        const fs::path wal = m_fixture.home().historyFile().string() + "-wal";
        for (std::size_t process = 0; process < kProcesses; ++process) {
            start(process);
        }
        std::mt19937 random(20'261'121);
        while (std::chrono::steady_clock::now() < end && !m_board->failed) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100 + random() % 600));
            const std::size_t victim = random() % kProcesses;
            std::error_code gone;
            const std::uintmax_t bytes = fs::file_size(wal, gone);
            m_largestWal = gone ? m_largestWal : std::max(m_largestWal, bytes);
            if (m_generations.at(victim) < kMaxGenerations) {
                m_board->dying = m_pids.at(victim);
                kill(m_pids.at(victim), SIGKILL);
                waitpid(m_pids.at(victim), nullptr, 0);
                ++m_kills;
                start(victim);
            }
        }
        m_board->stop = true;
        for (const pid_t pid : m_pids) {
            if (!test::succeeded(pid)) {
                m_board->failed = true;
            }
        }
    }

    void verifyThatNothingIsLost()
    {
        const History history = m_fixture.openHistory();
        Connection& db = history.connection();
        QCOMPARE(db.execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
        for (int worker = 0; worker < kWorkers; ++worker) {
            for (int generation = 0; generation < m_generations.at(static_cast<std::size_t>(worker)); ++generation) {
                const std::int64_t acknowledged =
                    m_board->events[static_cast<std::size_t>(worker)][static_cast<std::size_t>(generation)];
                SQLite::Statement rows(db, "SELECT (SELECT count(*) FROM events WHERE run_id = runs.id AND seq <= ?1), "
                                           "(SELECT count(*) FROM metrics JOIN metric_keys ON metric_keys.id = key_id WHERE "
                                           "run_id = runs.id AND name = 'loss' AND step <= ?1) FROM runs WHERE run = ?2");
                rows.bind(1, acknowledged);
                rows.bind(2, workerRun(worker, generation));
                const bool known = rows.executeStep();
                QVERIFY(known || acknowledged == 0);
                if (known) {
                    QCOMPARE(rows.getColumn(0).getInt64(), acknowledged);
                    QCOMPARE(rows.getColumn(1).getInt64(), acknowledged);
                }
            }
        }
        for (std::size_t index = 0; index < kNotedRuns; ++index) {
            const auto found = RunRepository(history).find(notedRun(index)).value();
            QVERIFY(std::atoll(found.summary.note.c_str()) >= m_board->notes[index]);
        }
        // A kill between the backup and the commit leaves annotations.json one edit ahead; the next edit mends that, as it says.
        QVERIFY(ingestHome(history, m_fixture.home()).value().problems.empty());
        QVERIFY(Annotations(history, m_fixture.home()).rename(notedRun(0), "the end").has_value());
        const CheckReport report = check(history, m_fixture.home()).value();
        QVERIFY2(report.agrees(), report.findings.empty() ? "" : report.findings.front().text.c_str());
    }

    test::HomeFixture m_fixture;
    Board* m_board = nullptr;
    std::array<pid_t, kProcesses> m_pids{};
    std::array<int, kProcesses> m_generations{};
    int m_kills = 0;
    std::uintmax_t m_largestWal = 0;
};

LORI_TEST(StressTest)
#include "stress_test.moc"
