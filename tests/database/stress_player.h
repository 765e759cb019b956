// SPDX-License-Identifier: Apache-2.0
// The players of stress_test.cpp and what they tell.
#pragma once

#include "database/annotations.h"
#include "database/ingest.h"
#include "database/run_repository.h"
#include "database/sqlite_support.h"
#include "tests/database/run_fixture.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstring>
#include <random>
#include <thread>

namespace lori::database::stress {

inline constexpr int kProcesses = 4;
inline constexpr int kWorkers = 2; ///< processes 0 and 1; 2 is the person, 3 looks on and imports
inline constexpr int kMaxGenerations = 2000;
inline constexpr int kNotedRuns = 6;
inline constexpr const char* kTrashedRun = "20261121-141530-now-and-then-in-the-trash";

/// What the processes tell: in shared memory, so that it outlives a SIGKILL. A number goes up only after the history said yes.
struct Board {
    std::atomic<bool> stop{false};
    std::atomic<std::int64_t> transactions{0};
    std::atomic<std::int64_t> checkpoints{0};
    std::atomic<std::int64_t> reads{0};
    std::atomic<std::int64_t> busy{0};
    std::atomic<pid_t> inside{0}; ///< who is between taking the lock and letting it go, as far as it says so
    std::atomic<pid_t> dying{0};  ///< who is just being killed
    std::atomic<bool> failed{false};
    char failure[400] = {};
    std::array<std::array<std::atomic<std::int64_t>, kMaxGenerations>, kWorkers> events{}; ///< of that worker's run
    std::array<std::atomic<std::int64_t>, kNotedRuns> notes{};                             ///< number in the run's last note
};
static_assert(std::atomic<std::int64_t>::is_always_lock_free, "the counters are shared between processes");

inline std::string workerRun(int worker, int generation)
{
    return "20261121-141530-worker-" + std::to_string(worker) + "-" + std::to_string(generation);
}

inline std::string notedRun(std::size_t index)
{
    return "20261121-141530-noted-" + std::to_string(index);
}

/// What one process does until it is told to stop or killed. Busy is an allowed answer and tried again.
class Player final {
public:
    Player(Board& board, const Home& home, int process, int generation)
        : m_board(board),
          m_home(home),
          m_process(process),
          m_generation(generation),
          m_random(static_cast<unsigned>(process * kMaxGenerations + generation))
    {
    }

    bool play()
    {
        const Result<void> done = guard([&] {
            while (!m_board.stop) {
                playWithOneConnection();
            }
        });
        if (!done) {
            note(done.error().sentence());
        }
        return done.has_value() && !m_board.failed;
    }

private:
    int upTo(int most) { return std::uniform_int_distribution<int>(1, most)(m_random); }

    void note(const std::string& sentence)
    {
        if (!m_board.failed.exchange(true)) {
            std::strncpy(m_board.failure, sentence.c_str(), sizeof(m_board.failure) - 1);
        }
    }

    /// Whether it was done; anything but Busy ends the test.
    template <typename T>
    bool did(const Result<T>& result)
    {
        if (!result && result.error().code == ErrorCode::Busy) {
            ++m_board.busy;
            return false;
        }
        static_cast<void>(result.value());
        return true;
    }

    void playWithOneConnection()
    {
        const bool readOnly = m_process == 3 && upTo(2) == 1;
        const auto opened =
            History::open(m_home.historyFile(), readOnly ? History::Access::ReadOnly : History::Access::ReadWrite);
        if (!did(opened)) {
            return;
        }
        const int rounds = upTo(60);
        for (int round = 0; round < rounds && !m_board.stop; ++round) {
            if (m_process < kWorkers) {
                work(*opened);
            } else if (m_process == kWorkers) {
                annotate(*opened);
            } else {
                look(*opened);
            }
            if (!readOnly && upTo(10) == 1) {
                did(guard([&] { beAlone(opened->connection()); }));
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(upTo(6)));
        }
    }

    /// A checkpoint, and a look whether anybody else is under the lock at the same time.
    void beAlone(Connection& connection)
    {
        const WriteAccess access(connection);
        const pid_t other = m_board.inside.exchange(getpid());
        if (other != 0 && other != m_board.dying && kill(other, 0) == 0) {
            throw Exception(ErrorCode::Internal, "two processes had the lock at once");
        }
        connection.checkpoint();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        m_board.inside = 0;
        ++m_board.checkpoints;
    }

    void work(const History& history)
    {
        const std::filesystem::path folder = m_home.runs() / workerRun(m_process, m_generation);
        test::EventLog log(folder);
        log.setSeq(m_seq);
        for (int left = upTo(30); left > 0; --left) {
            log.step(0, static_cast<int>(++m_seq), 1.0);
        }
        if (did(ingestFolder(history, folder))) {
            m_board.events[static_cast<std::size_t>(m_process)][static_cast<std::size_t>(m_generation)] = m_seq;
            ++m_board.transactions;
        }
    }

    void annotate(const History& history)
    {
        const Annotations annotations(history, m_home);
        const auto index = static_cast<std::size_t>(upTo(kNotedRuns) - 1);
        const std::int64_t number = m_board.notes[index] + 1;
        if (did(annotations.setNote(notedRun(index), std::to_string(number)))) {
            m_board.notes[index] = number;
            ++m_board.transactions;
        }
        if (upTo(8) == 1 && did(annotations.setTags(notedRun(index), {"a", "tag " + std::to_string(number % 7)}))) {
            ++m_board.transactions;
        }
        if (upTo(20) == 1 && did(upTo(2) == 1 ? annotations.moveToTrash(kTrashedRun) : annotations.restore(kTrashedRun))) {
            ++m_board.transactions;
        }
    }

    /// Reads, and finds whatever was acknowledged before it began to read.
    void look(const History& history)
    {
        const auto index = static_cast<std::size_t>(upTo(kNotedRuns) - 1);
        const std::int64_t acknowledged = m_board.notes[index];
        const auto runs = RunRepository(history).list({.text = notedRun(index)});
        if (did(runs) && (runs->size() != 1 || std::atoll(runs->front().note.c_str()) < acknowledged)) {
            throw Exception(ErrorCode::Internal,
                            "a reader misses note " + std::to_string(acknowledged) + " of " + notedRun(index));
        }
        ++m_board.reads;
        if (!history.isReadOnly() && upTo(10) == 1 && did(ingestHome(history, m_home))) {
            ++m_board.transactions;
        }
    }

    Board& m_board;
    const Home& m_home;
    int m_process;
    int m_generation;
    std::int64_t m_seq = 0;
    std::mt19937 m_random;
};

} // namespace lori::database::stress
