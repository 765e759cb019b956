// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/write_lock.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace lori::database {

/// Pages in the WAL (4 KiB each) from which on a commit also checkpoints; SQLite's own default.
inline constexpr int kCheckpointPages = 1000;

namespace detail {
/// Base of Connection before SQLite::Database, so that the lock outlives the closing of the file.
struct LockOfConnection {
    std::unique_ptr<WriteLock> lock; ///< none where no other program can see the database
};
} // namespace detail

/// A SQLite connection that writes and checkpoints only while it holds the file's WriteLock: outside of a WriteAccess every
/// change is refused (SQLITE_READONLY), SQLite never checkpoints by itself, neither at a commit nor when it is closed, and no
/// part of the file is mapped into memory.
///
/// What SQLite does without the lock: reading, and recovering the index of the WAL (-shm) after a crash, which its own locks keep
/// apart from writers and checkpoints and which changes neither the database nor the WAL.
/// Threading: one thread. Functions throw SQLite::Exception unless they say otherwise.
class Connection final : private detail::LockOfConnection, public SQLite::Database {
public:
    enum class Use : std::uint8_t {
        Write,   ///< makes the file when missing
        Read,    ///< takes no lock, makes no lock file
        Private, ///< writes without a lock: in memory (":memory:"), or a file that nobody else opens
    };
    /// Opens `file`; reads and changes nothing yet.
    Connection(const std::filesystem::path& file, Use use);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    /// The last connection folds the WAL into the database and removes it, if it can have the lock at once; otherwise the WAL
    /// stays and whoever opens the file next goes on with it. So does the WAL of a connection without useWal().
    ~Connection();

    /// Brings the file into WAL mode (under the lock, if it is not yet) and sets what depends on it. Throws Busy, Io also.
    void useWal();

    /// Copies the WAL into the database, as far as readers allow, under the lock. A checkpoint that fails is none: the WAL holds
    /// everything, and the next one goes on. Throws Busy, Io (the lock).
    void checkpoint();
    /// checkpoint() if the WAL has grown past kCheckpointPages. Call inside a WriteAccess, after a commit.
    void checkpointWhenDue();

    /// How long writes wait for others; >= 0 ms, kWriteWait from the start.
    void setWriteWait(std::chrono::milliseconds wait);

private:
    friend class WriteAccess;
    void beginWriting();
    void endWriting() noexcept;
    void requireInPlace() const;

    std::chrono::milliseconds m_wait = kWriteWait;
    int m_writing = 0;  ///< WriteAccesses alive
    int m_walPages = 0; ///< after our last commit
    bool m_usesWal = false;
};

/// Lets a connection write while it lives: holds the lock. Several at once on one connection count as one.
/// Throws Busy after the connection's wait, Io when there can be no lock or the database's file is not in its place any more.
class WriteAccess final {
public:
    explicit WriteAccess(Connection& connection) : m_connection(connection) { m_connection.beginWriting(); }
    WriteAccess(const WriteAccess&) = delete;
    WriteAccess& operator=(const WriteAccess&) = delete;
    ~WriteAccess() { m_connection.endWriting(); }

private:
    Connection& m_connection;
};

/// A transaction that has the write lock from its first moment, so that it cannot fail half-way because of another writer.
/// Rolls back unless committed.
class WriteTransaction final {
public:
    /// Throws what WriteAccess throws.
    explicit WriteTransaction(Connection& connection)
        : m_connection(connection), m_access(connection), m_transaction(connection, SQLite::TransactionBehavior::IMMEDIATE)
    {
    }
    /// Also checkpoints when that is due.
    void commit()
    {
        m_transaction.commit();
        m_connection.checkpointWhenDue();
    }

private:
    Connection& m_connection;
    WriteAccess m_access; ///< before the transaction: a rollback happens under the lock
    SQLite::Transaction m_transaction;
};

} // namespace lori::database
