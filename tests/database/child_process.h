// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/write_lock.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

namespace lori::test {

/// Runs `work` in a child process; its result is the exit status. Fork only while no History is open: SQLite's knowledge of its
/// own locks must not be copied. Destructors of what the parent holds do not run in the child.
template <typename Work>
pid_t inChild(Work work)
{
    const pid_t pid = fork();
    if (pid == 0) {
        _exit(work() ? 0 : 1);
    }
    return pid;
}

/// Waits for the child; whether its work returned true.
inline bool succeeded(pid_t pid)
{
    int status = 0;
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Another process that holds the write lock of a database until it is killed. Uses no SQLite, so it may be made at any time.
class LockHolder final {
public:
    explicit LockHolder(const std::filesystem::path& database)
    {
        int ends[2] = {-1, -1};
        if (pipe(ends) != 0) {
            return;
        }
        m_pid = inChild([&] {
            database::WriteLock lock(database);
            lock.acquire();
            const bool told = write(ends[1], "x", 1) == 1;
            while (told) {
                pause();
            }
            return false;
        });
        close(ends[1]);
        char byte = 0;
        m_holds = read(ends[0], &byte, 1) == 1;
        close(ends[0]);
    }
    LockHolder(const LockHolder&) = delete;
    LockHolder& operator=(const LockHolder&) = delete;
    ~LockHolder() { killNow(); }
    [[nodiscard]] bool holds() const { return m_holds; }
    void killNow()
    {
        if (m_pid > 0) {
            kill(m_pid, SIGKILL);
            waitpid(m_pid, nullptr, 0);
        }
        m_pid = -1;
        m_holds = false;
    }

private:
    pid_t m_pid = -1;
    bool m_holds = false;
};

} // namespace lori::test
