// SPDX-License-Identifier: Apache-2.0
#include "database/connection.h"

#include <sqlite3.h>

#include <algorithm>

namespace lori::database {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

namespace {

/// Past this a checkpoint also waits a moment for readers, because one that always finds some would let the WAL grow for ever.
constexpr int kPressingPages = 8 * kCheckpointPages;
constexpr milliseconds kReaderWait{100};

int openFlags(Connection::Use use)
{
    return use == Connection::Use::Read ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
}

int toTimeout(milliseconds wait)
{
    return static_cast<int>(wait.count());
}

} // namespace

Connection::Connection(const fs::path& file, Use use) : SQLite::Database(file.string(), openFlags(use), toTimeout(kWriteWait))
{
    if (use == Use::Write) {
        // SQLite's own idea of the name: it has followed links, and keeps the WAL beside that place.
        lock = std::make_unique<WriteLock>(sqlite3_db_filename(getHandle(), "main"));
    }
    sqlite3_db_config(getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    // A mapped page may show what another process is just writing; journal_size_limit gives a WAL's space back once it is reset.
    exec("PRAGMA mmap_size = 0; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 16777216; "
         "PRAGMA foreign_keys = ON; PRAGMA query_only = ON");
    sqlite3_wal_hook(
        getHandle(),
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<Connection*>(self)->m_walPages = pages;
            return SQLITE_OK;
        },
        this);
}

Connection::~Connection()
{
    // The base class closes the file after this, and only then lets the lock go.
    if (m_usesWal && lock && lock->tryAcquire()) {
        sqlite3_db_config(getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    }
}

void Connection::useWal()
{
    if (execAndGet("PRAGMA journal_mode").getString() != "wal") {
        const WriteAccess access(*this);
        constexpr milliseconds kPause{20};
        // The switch needs the file alone for a moment, and SQLite does not wait for readers by itself here.
        for (milliseconds waited{0};; waited += kPause) {
            try {
                SQLite::Statement pragma(*this, "PRAGMA journal_mode = WAL");
                pragma.executeStep();
                break;
            } catch (const SQLite::Exception& exception) {
                if (exception.getErrorCode() != SQLITE_BUSY || waited >= m_wait) {
                    throw;
                }
            }
            sqlite3_sleep(toTimeout(kPause));
        }
    }
    // In WAL mode NORMAL keeps the file sound through a power cut; at worst the last moments are ingested again from the
    // run folders. A person's edits are synced to annotations.json as well.
    exec("PRAGMA synchronous = NORMAL");
    m_usesWal = true;
}

void Connection::checkpoint()
{
    const WriteAccess access(*this);
    const bool pressing = m_walPages >= kPressingPages;
    if (pressing) {
        setBusyTimeout(toTimeout(std::min(kReaderWait, m_wait)));
    }
    sqlite3_wal_checkpoint_v2(getHandle(), "main", pressing ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, nullptr,
                              nullptr);
    if (pressing) {
        setBusyTimeout(toTimeout(m_wait));
    }
}

void Connection::checkpointWhenDue()
{
    if (m_walPages >= kCheckpointPages) {
        checkpoint();
    }
}

void Connection::setWriteWait(milliseconds wait)
{
    m_wait = wait;
    setBusyTimeout(toTimeout(wait));
    if (lock) {
        lock->setWait(wait);
    }
}

void Connection::beginWriting()
{
    if (m_writing == 0) {
        if (lock) {
            lock->acquire();
        }
        try {
            requireInPlace();
            exec("PRAGMA query_only = OFF");
        } catch (...) {
            if (lock) {
                lock->release();
            }
            throw;
        }
    }
    ++m_writing;
}

void Connection::endWriting() noexcept
{
    if (--m_writing > 0) {
        return;
    }
    sqlite3_exec(getHandle(), "PRAGMA query_only = ON", nullptr, nullptr, nullptr);
    if (lock) {
        lock->release();
    }
}

/// A file that was removed, renamed or replaced can still be written through an open connection, and nobody would ever read it.
void Connection::requireInPlace() const
{
    int moved = 0;
    if (lock && sqlite3_file_control(getHandle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0) {
        throw Exception(ErrorCode::Io, "the history's file was moved, removed or replaced while it was open",
                        "start this program again: it then takes the file that is there, and what the run folders hold",
                        sqlite3_db_filename(getHandle(), "main"));
    }
}

} // namespace lori::database
