// SPDX-License-Identifier: Apache-2.0
#include "core/sandbox/descriptor.h"

#include "core/support/error.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace lori::sandbox {

namespace {

constexpr int kFirstNumber = 32; ///< a child is given 0 to 6

[[noreturn]] void fail(const char* doing)
{
    throw Exception(ErrorCode::Io, std::string("cannot ") + doing + " for the sandbox: " + std::strerror(errno),
                    "close other programs and try again");
}

/// Takes over `value` and gives it a number that does not collide with those of a child.
Descriptor raised(int value)
{
    const Descriptor low(value);
    const int high = ::fcntl(value, F_DUPFD_CLOEXEC, kFirstNumber); // NOLINT: POSIX
    if (high < 0) {
        fail("copy a descriptor");
    }
    return Descriptor(high);
}

} // namespace

void Descriptor::close()
{
    if (m_value >= 0) {
        ::close(std::exchange(m_value, -1));
    }
}

Ends makePipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        fail("make a pipe");
    }
    Ends made{raised(ends[0]), raised(ends[1])};
    if (::fcntl(made.ours.get(), F_SETFL, O_NONBLOCK) != 0) { // NOLINT: POSIX
        fail("set up a pipe");
    }
    return made;
}

Ends makeSocketPair()
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        fail("make a socket");
    }
    return {raised(ends[0]), raised(ends[1])};
}

Descriptor sealedMemory(std::string_view content)
{
    const int number = ::memfd_create("job", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (number < 0) {
        fail("make room");
    }
    Descriptor memory = raised(number);
    while (!content.empty()) {
        const ssize_t n = ::write(memory.get(), content.data(), content.size());
        if (n < 0 && errno != EINTR) {
            fail("write a program");
        }
        content.remove_prefix(n > 0 ? static_cast<std::size_t>(n) : 0);
    }
    if (::lseek(memory.get(), 0, SEEK_SET) != 0 ||
        ::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0) { // NOLINT: POSIX
        fail("seal a program");
    }
    return memory;
}

Descriptor watchProcess(int pid)
{
    return Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))); // close-on-exec by itself
}

} // namespace lori::sandbox
