// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/detached.h"

#include "core/support/descriptor.h"
#include "core/support/files.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace lori::jobs {

namespace {

constexpr const char* kThisProgram = "/proc/self/exe"; // also finds a program that was replaced or renamed since it started

/// After fork(): only what is safe in the child of a program with threads. Does not return.
[[noreturn]] void becomeProgram(char* const* arguments, char* const* environment, int input, int output, int lock)
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
    ::execve(kThisProgram, arguments, environment);
    ::_exit(127);
}

/// With a null pointer at the end, as exec wants them.
std::vector<char*> pointersTo(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

std::vector<std::string> ourEnvironment(const Environment& others)
{
    std::vector<std::string> variables;
    for (const auto& [name, value] : others) {
        variables.push_back(name + "=" + value);
    }
    for (char** ours = environ; *ours != nullptr; ++ours) {
        const std::string variable(*ours);
        const std::string name = variable.substr(0, variable.find('='));
        if (std::none_of(others.begin(), others.end(), [&](const auto& other) { return other.first == name; })) {
            variables.push_back(variable);
        }
    }
    return variables;
}

} // namespace

Result<std::int64_t> startDetached(const std::vector<std::string>& arguments, const std::filesystem::path& log,
                                   const FileLock* lock, const Environment& environment)
{
    return guard([&] {
        const Descriptor output(::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
        if (output.get() < 0) {
            throw Exception(errorFromErrno(errno, "cannot open", log));
        }
        const Descriptor input(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        std::vector<std::string> words{"lori"};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<std::string> variables = ourEnvironment(environment);
        const std::vector<char*> arguments0 = pointersTo(words);
        const std::vector<char*> environment0 = pointersTo(variables);
        const pid_t pid = ::fork();
        if (pid < 0) {
            throw Exception(errorFromErrno(errno, "cannot start a process for", log));
        }
        if (pid == 0) {
            becomeProgram(arguments0.data(), environment0.data(), input.get(), output.get(),
                          lock != nullptr ? lock->descriptor() : -1);
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
