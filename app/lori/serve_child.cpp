// SPDX-License-Identifier: Apache-2.0
#include "app/lori/serve_child.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace lori::app {

namespace {

constexpr std::size_t kLongestAnswer = std::size_t{64} << 20U;

[[noreturn]] void throwNotStarted()
{
    throw Exception(ErrorCode::Io, "the model's own process could not be started", "close other programs", "lori serve");
}

struct Pipe {
    int readEnd = -1;
    int writeEnd = -1;
};

Pipe makePipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throwNotStarted();
    }
    return {ends[0], ends[1]};
}

} // namespace

ServeChild::ServeChild(pid_t pid, int input, int output) : m_pid(pid), m_input(input), m_output(output), m_lines(kLongestAnswer)
{
}

std::unique_ptr<ServeChild> ServeChild::start(const std::vector<std::string>& arguments)
{
    const Pipe input = makePipe();
    const Pipe output = makePipe();
    std::vector<std::string> texts{"lori", "serve"};
    texts.insert(texts.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& text : texts) {
        argv.push_back(text.data());
    }
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&actions, input.readEnd, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output.writeEnd, STDOUT_FILENO);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP); // a group of its own: Ctrl+C is ours
    ::posix_spawnattr_setpgroup(&attributes, 0);
    pid_t pid = -1;
    const int failed = ::posix_spawn(&pid, "/proc/self/exe", &actions, &attributes, argv.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(input.readEnd);
    ::close(output.writeEnd);
    std::unique_ptr<ServeChild> child(new ServeChild(failed == 0 ? pid : -1, input.writeEnd, output.readEnd)); // NOLINT: private
    if (failed != 0) {
        throwNotStarted();
    }
    return child;
}

ServeChild::~ServeChild()
{
    end();
}

void ServeChild::send(const wire::json& id, const wire::Request& request)
{
    writeAllTo(m_input.get(), wire::requestLine(id, request), "lori serve");
}

ServeChild::Heard ServeChild::next(int interrupt)
{
    constexpr std::size_t kReadBytes = std::size_t{1} << 16U;
    for (;;) {
        if (const auto line = m_lines.next()) {
            const auto answer = wire::answerFromLine(line->text);
            if (answer) {
                return {*answer, false};
            }
            continue; // not for us
        }
        std::array<pollfd, 2> each{{{interrupt, POLLIN, 0}, {m_output.get(), POLLIN, 0}}};
        if (::poll(each.data(), each.size(), -1) < 0) {
            if (errno == EINTR) {
                continue;
            }
            return {std::nullopt, true};
        }
        if (each[0].revents != 0) {
            return {};
        }
        std::string bytes(kReadBytes, '\0');
        const ssize_t count = ::read(m_output.get(), bytes.data(), bytes.size());
        if (count == 0 || (count < 0 && errno != EINTR)) {
            return {std::nullopt, true};
        }
        m_lines.add(std::string_view(bytes).substr(0, static_cast<std::size_t>(std::max<ssize_t>(count, 0))));
    }
}

void ServeChild::stop()
{
    if (m_pid > 0) {
        ::kill(m_pid, SIGTERM);
    }
    end();
}

int ServeChild::end()
{
    if (m_pid < 0) {
        return m_exitCode;
    }
    static_cast<void>(guard([&] { send(nullptr, wire::Quit{}); })); // it may be gone
    ::close(m_input.release());
    int status = 0;
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
    m_pid = -1;
    m_exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    return m_exitCode;
}

} // namespace lori::app
