// SPDX-License-Identifier: Apache-2.0
#include "database/write_lock.h"

#include "core/support/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <thread>

namespace lori::database {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

namespace {

/// Two names of one file must lead to one lock.
fs::path lockFileOf(const fs::path& database)
{
    std::error_code error;
    fs::path place = fs::canonical(database, error);
    if (error) { // it does not exist yet
        place = fs::weakly_canonical(fs::absolute(database).parent_path()) / database.filename();
    }
    return place += ".lock";
}

/// As readable and writable as the database itself, so that all who may write the one may lock the other.
mode_t modeFor(const fs::path& lockFile)
{
    struct stat status {};
    const fs::path database = fs::path(lockFile).replace_extension();
    constexpr mode_t kReadWrite = 0666;
    return stat(database.c_str(), &status) == 0 ? status.st_mode & kReadWrite : 0644;
}

int openLockFile(const fs::path& file)
{
    int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, modeFor(file));
    if (descriptor < 0 && errno == EACCES) {
        descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC); // somebody else's: on a local disk this is enough to lock it
        errno = descriptor < 0 ? EACCES : errno;
    }
    if (descriptor < 0) {
        Error error = errorFromErrno(errno, "cannot open the history's lock", file);
        if (error.code != ErrorCode::DiskFull) { // a person chose no path here
            error.code = ErrorCode::Io;
            error.hint = "check the history's folder and its permissions";
        }
        throw Exception(error);
    }
    return descriptor;
}

} // namespace

Error busyError(milliseconds waited, const fs::path& where)
{
    const bool inSeconds = waited >= milliseconds(1000);
    const std::string time =
        inSeconds ? std::to_string(waited.count() / 1000) + " seconds" : std::to_string(waited.count()) + " ms";
    return {ErrorCode::Busy, "another program has been writing to the history for over " + time, "try again in a moment",
            where.string()};
}

WriteLock::WriteLock(const fs::path& database) : m_file(lockFileOf(database)) {}

WriteLock::~WriteLock()
{
    closeFile();
}

void WriteLock::acquire()
{
    if (m_count > 0) {
        ++m_count;
        return;
    }
    // flock has no time limit, so we ask again and again; a short pause keeps the chances of those who wait alike.
    constexpr milliseconds kPause{2};
    const auto end = std::chrono::steady_clock::now() + m_wait;
    while (!takeNow()) {
        if (std::chrono::steady_clock::now() >= end) {
            throw Exception(busyError(m_wait, fs::path(m_file).replace_extension()));
        }
        std::this_thread::sleep_for(std::min(kPause, m_wait));
    }
    m_count = 1;
}

bool WriteLock::tryAcquire() noexcept
{
    try {
        if (m_count > 0 || takeNow()) {
            ++m_count;
            return true;
        }
    } catch (const std::exception&) {
        // No lock can be made: the caller leaves undone what needs it.
        return false;
    }
    return false;
}

void WriteLock::release() noexcept
{
    if (m_count > 0 && --m_count == 0 && m_descriptor >= 0) {
        flock(m_descriptor, LOCK_UN); // closing would not do: a child process that is just being started has the file open, too
    }
}

void WriteLock::removeFile() noexcept
{
    if (m_count > 0) {
        std::error_code ignored;
        fs::remove(m_file, ignored);
    }
}

/// One try. False when another holds the lock.
bool WriteLock::takeNow()
{
    for (;;) {
        if (m_descriptor < 0) {
            m_descriptor = openLockFile(m_file);
        }
        if (flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
            if (errno == EINTR) {
                continue;
            }
            if (errno == EWOULDBLOCK) {
                return false;
            }
            throw Exception(ErrorCode::Io, "the file system that holds the history cannot lock files",
                            "set LORI_HOME to a folder on a local disk", m_file.string());
        }
        if (isTheFileInPlace()) {
            return true;
        }
        closeFile(); // removed or exchanged since we opened it: others would lock the new one
    }
}

bool WriteLock::isTheFileInPlace() const
{
    struct stat ours {};
    struct stat there {};
    return fstat(m_descriptor, &ours) == 0 && stat(m_file.c_str(), &there) == 0 && ours.st_dev == there.st_dev &&
           ours.st_ino == there.st_ino;
}

void WriteLock::closeFile() noexcept
{
    if (m_descriptor >= 0) {
        flock(m_descriptor, LOCK_UN);
        close(m_descriptor);
        m_descriptor = -1;
    }
    m_count = 0;
}

} // namespace lori::database
