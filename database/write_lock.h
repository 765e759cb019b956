// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/error.h"

#include <chrono>
#include <filesystem>

namespace lori::database {

/// How long a writer waits for another one before it gives up with Busy, unless told otherwise.
inline constexpr std::chrono::milliseconds kWriteWait{5000};

/// "another program has been writing to the history for over 5 seconds", about `where`. `waited` > 0.
[[nodiscard]] Error busyError(std::chrono::milliseconds waited, const std::filesystem::path& where);

/// The one lock around every write and every checkpoint of a database file: an advisory flock on "<file>.lock" beside the file's
/// real place (links followed). SQLite before 3.51.3 can lose pages in WAL mode when one connection checkpoints while another
/// writes; with this lock no two ever do, be they in two processes or in one.
///
/// It goes with its holder when that is killed. The lock's file is never written and stays where it is: removing it while
/// somebody holds it would let a second one in (a holder notices it when it takes the lock the next time).
/// Threading: one object per thread; two objects on one file exclude each other, in one thread as well.
class WriteLock final {
public:
    /// Makes no file yet. `database` need not exist.
    explicit WriteLock(const std::filesystem::path& database);
    WriteLock(const WriteLock&) = delete;
    WriteLock& operator=(const WriteLock&) = delete;
    /// Releases.
    ~WriteLock();

    /// Takes the lock; taken again while held, it counts. Waits for another holder up to wait().
    /// Throws Busy, Io (the folder is gone or may not be written, the file system has no locks), DiskFull.
    void acquire();
    /// The same without waiting; false also where no lock can be made.
    [[nodiscard]] bool tryAcquire() noexcept;
    /// Undoes one acquire(); the last one lets others in.
    void release() noexcept;
    /// Removes the lock's file; only while held, and only for a database that goes away too.
    void removeFile() noexcept;

    [[nodiscard]] bool isHeld() const { return m_count > 0; }
    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }
    [[nodiscard]] std::chrono::milliseconds wait() const { return m_wait; }
    /// >= 0 ms; 0 asks once.
    void setWait(std::chrono::milliseconds wait) { m_wait = wait; }

private:
    [[nodiscard]] bool takeNow();
    [[nodiscard]] bool isTheFileInPlace() const;
    void closeFile() noexcept;

    std::filesystem::path m_file;
    std::chrono::milliseconds m_wait = kWriteWait;
    int m_descriptor = -1;
    int m_count = 0;
};

} // namespace lori::database
