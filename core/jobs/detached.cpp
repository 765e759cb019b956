// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/detached.h"

#include "core/support/descriptor.h"
#include "core/support/files.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace lori::jobs {

namespace {

constexpr const char* kThisProgram = "/proc/self/exe"; // also finds a program that was replaced or renamed since it started

/// After fork(): only what is safe in the child of a program with threads. Does not return.
[[noreturn]] void becomeProgram(char* const* arguments, int input, int output, int lock)
{
    ::setsid();
    ::dup2(input, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    if (lock >= 0) {
        ::fcntl(lock, F_SETFD, 0); // goes through exec
    }
    for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGHUP}) {
        std::signal(number, SIG_DFL);
    }
    ::execv(kThisProgram, arguments);
    ::_exit(127);
}

} // namespace

Result<std::int64_t> startDetached(const std::vector<std::string>& arguments, const std::filesystem::path& log,
                                   const FileLock* lock)
{
    return guard([&] {
        const Descriptor output(::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
        if (output.get() < 0) {
            throw Exception(errorFromErrno(errno, "cannot open", log));
        }
        const Descriptor input(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        std::vector<std::string> words{"lori"};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<char*> pointers;
        pointers.reserve(words.size() + 1);
        for (std::string& word : words) {
            pointers.push_back(word.data());
        }
        pointers.push_back(nullptr);
        const pid_t pid = ::fork();
        if (pid < 0) {
            throw Exception(errorFromErrno(errno, "cannot start a process for", log));
        }
        if (pid == 0) {
            becomeProgram(pointers.data(), input.get(), output.get(), lock != nullptr ? lock->descriptor() : -1);
        }
        return static_cast<std::int64_t>(pid);
    });
}

std::optional<ProcessEnd> endOf(std::int64_t pid)
{
    int status = 0;
    pid_t answer = 0;
    while ((answer = ::waitpid(static_cast<pid_t>(pid), &status, WNOHANG)) < 0 && errno == EINTR) {
    }
    if (answer == 0) {
        return std::nullopt;
    }
    if (answer < 0 || !WIFEXITED(status)) {
        return ProcessEnd{-1, answer > 0 && WIFSIGNALED(status) ? WTERMSIG(status) : 0};
    }
    return ProcessEnd{WEXITSTATUS(status), 0};
}

} // namespace lori::jobs
