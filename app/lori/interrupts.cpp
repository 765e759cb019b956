// SPDX-License-Identifier: Apache-2.0
#include "app/lori/interrupts.h"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <sys/eventfd.h>
#include <unistd.h>

namespace lori::app {

namespace {

// Signal handlers reach nothing but a global; everybody else gets it by value.
int signalled = -1;

void onSignal(int)
{
    const int kept = errno;
    const std::uint64_t one = 1;
    static_cast<void>(!::write(signalled, &one, sizeof one));
    errno = kept;
}

} // namespace

int interruptDescriptor()
{
    if (signalled < 0) {
        signalled = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    }
    if (signalled >= 0) {
        std::signal(SIGINT, onSignal);
        std::signal(SIGTERM, onSignal);
    }
    std::signal(SIGPIPE, SIG_IGN);
    return signalled;
}

int takeInterrupts(int descriptor)
{
    eventfd_t count = 0;
    return ::eventfd_read(descriptor, &count) == 0 ? static_cast<int>(count) : 0;
}

} // namespace lori::app
