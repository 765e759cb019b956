// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/file_lock.h"

#include "core/support/descriptor.h"
#include "core/support/files.h"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace lori::jobs {

namespace {

constexpr int kTries = 20;
constexpr auto kPause = std::chrono::milliseconds(10);

/// flock without waiting; false when somebody else has it.
bool lockNow(int descriptor, int kind, const std::filesystem::path& file)
{
    while (::flock(descriptor, kind | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) {
            return false;
        }
        if (errno != EINTR) {
            throw Exception(errorFromErrno(errno, "cannot lock", file));
        }
    }
    return true;
}

} // namespace

std::optional<FileLock> FileLock::tryTake(const std::filesystem::path& file)
{
    Descriptor descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (descriptor.get() < 0) {
        throw Exception(errorFromErrno(errno, "cannot open", file));
    }
    for (int attempt = 0; !lockNow(descriptor.get(), LOCK_EX, file); ++attempt) {
        if (attempt == kTries) {
            return std::nullopt;
        }
        std::this_thread::sleep_for(kPause);
    }
    return FileLock(descriptor.release());
}

bool FileLock::isHeld(const std::filesystem::path& file)
{
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    return descriptor.get() >= 0 && !lockNow(descriptor.get(), LOCK_SH, file); // closing it lets go of the shared lock
}

FileLock::FileLock(FileLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

} // namespace lori::jobs
