// SPDX-License-Identifier: Apache-2.0
#include "core/sandbox/sandbox_process.h"

#include "core/sandbox/bubblewrap.h"
#include "core/sandbox/seccomp_filter.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fstream>
#include <poll.h>
#include <spawn.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace lori::sandbox {

namespace {

namespace fs = std::filesystem;

/// Waits until the descriptor is readable; false when the time is over.
bool waitReadable(int descriptor, int milliseconds)
{
    pollfd watched{descriptor, POLLIN, 0};
    int result = 0;
    do {
        result = ::poll(&watched, 1, milliseconds);
    } while (result < 0 && errno == EINTR);
    return result > 0;
}

class FileActions final {
public:
    FileActions() { ::posix_spawn_file_actions_init(&m_actions); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    ~FileActions() { ::posix_spawn_file_actions_destroy(&m_actions); }
    void give(const Descriptor& descriptor, int number) { give(descriptor.get(), number); }
    void give(int descriptor, int number) { ::posix_spawn_file_actions_adddup2(&m_actions, descriptor, number); }
    void closeFrom(int number) { ::posix_spawn_file_actions_addclosefrom_np(&m_actions, number); }
    void startIn(const char* folder) { ::posix_spawn_file_actions_addchdir_np(&m_actions, folder); }
    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &m_actions; }

private:
    posix_spawn_file_actions_t m_actions{};
};

/// Default signal handling, whatever this program ignores or blocks.
class FreshSignals final {
public:
    FreshSignals()
    {
        ::posix_spawnattr_init(&m_attributes);
        sigset_t none;
        sigset_t all;
        ::sigemptyset(&none);
        ::sigfillset(&all);
        ::posix_spawnattr_setsigmask(&m_attributes, &none);
        ::posix_spawnattr_setsigdefault(&m_attributes, &all);
        ::posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    FreshSignals(const FreshSignals&) = delete;
    FreshSignals& operator=(const FreshSignals&) = delete;
    ~FreshSignals() { ::posix_spawnattr_destroy(&m_attributes); }
    [[nodiscard]] const posix_spawnattr_t* get() const { return &m_attributes; }

private:
    posix_spawnattr_t m_attributes{};
};

/// "RssAnon:      2588 kB" → bytes; 0 when the line is of another field.
std::uint64_t kilobytesOf(const std::string& line, std::string_view field)
{
    if (line.compare(0, field.size(), field) != 0) {
        return 0;
    }
    std::uint64_t value = 0;
    const std::size_t digits = line.find_first_of("0123456789");
    if (digits != std::string::npos) {
        std::from_chars(line.data() + digits, line.data() + line.size(), value);
    }
    return value * 1024;
}

std::uint64_t memoryOf(const fs::path& statusFile)
{
    std::ifstream file(statusFile); // a process may end at any moment: then nothing is read
    std::uint64_t bytes = 0;
    for (std::string line; std::getline(file, line);) {
        bytes += kilobytesOf(line, "RssAnon:") + kilobytesOf(line, "RssShmem:") + kilobytesOf(line, "VmSwap:");
    }
    return bytes;
}

} // namespace

SandboxProcess::SandboxProcess(const Job& job, const SandboxLimits& limits, const SandboxTools& tools)
    : m_keptLimit(limits.keptOutputBytes)
{
    spawn(job, limits, tools);
}

SandboxProcess::~SandboxProcess()
{
    kill();
}

void SandboxProcess::spawn(const Job& job, const SandboxLimits& limits, const SandboxTools& tools)
{
    std::vector<std::string> command = sandboxCommand(job.script, limits, tools);
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (std::string& word : command) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    const Descriptor input = sealedMemory(job.input);
    const Descriptor filter = sealedMemory(seccompFilter());
    Ends output = makePipe();
    Ends info = makePipe();
    FileActions actions;
    actions.give(input, STDIN_FILENO);
    actions.give(output.theirs, STDOUT_FILENO);
    actions.give(output.theirs, STDERR_FILENO);
    actions.give(job.channel, kChannelNumber);
    actions.give(info.theirs, kInfoNumber);
    actions.give(filter, kSeccompNumber);
    if (job.verdict >= 0) {
        actions.give(job.verdict, kVerdictNumber);
    }
    actions.closeFrom(job.verdict >= 0 ? kVerdictNumber + 1 : kVerdictNumber);
    actions.startIn("/");
    const FreshSignals signals;
    // An empty environment for bubblewrap too: a program inside may read that of the sandbox's first process.
    std::array<char*, 1> environment{nullptr};
    const int problem =
        ::posix_spawn(&m_pid, arguments.front(), actions.get(), signals.get(), arguments.data(), environment.data());
    if (problem != 0) {
        m_pid = -1;
        throw Exception(ErrorCode::Io, std::string("cannot start a process for the sandbox: ") + std::strerror(problem),
                        "close other programs and try again", command.front());
    }
    m_output = std::move(output.ours);
    m_info = std::move(info.ours);
    m_exit = watchProcess(m_pid);
}

void SandboxProcess::findFirstProcess(int timeoutMilliseconds)
{
    while (m_firstPid < 0 && m_info.isOpen() && waitReadable(m_info.get(), timeoutMilliseconds)) {
        std::array<char, 512> buffer{};
        const ssize_t n = ::read(m_info.get(), buffer.data(), buffer.size());
        if (n > 0) {
            m_infoText.append(buffer.data(), static_cast<std::size_t>(n));
        }
        const std::size_t at = m_infoText.find("\"child-pid\"");
        const std::size_t digits = m_infoText.find_first_of("0123456789", at);
        if (at != std::string::npos && m_infoText.find_first_of(",}", at) != std::string::npos && digits != std::string::npos) {
            std::from_chars(m_infoText.data() + digits, m_infoText.data() + m_infoText.size(), m_firstPid);
            m_first = watchProcess(m_firstPid);
        }
        if (n <= 0) {
            m_info.close();
        }
    }
}

void SandboxProcess::kill()
{
    if (m_pid < 0) {
        return;
    }
    // Bubblewrap must have told its child before it is killed, or the child could be missed.
    findFirstProcess(1000);
    if (m_first.isOpen()) {
        ::syscall(SYS_pidfd_send_signal, m_first.get(), SIGKILL, nullptr, 0);
        waitReadable(m_first.get(), 10'000); // the first process ends only after all others of its namespace have
    }
    if (!m_status) {
        ::kill(m_pid, SIGKILL);
        int ignored = 0;
        while (::waitpid(m_pid, &ignored, 0) < 0 && errno == EINTR) {
        }
    }
    m_pid = -1;
}

std::optional<int> SandboxProcess::exited()
{
    if (!m_status && m_pid >= 0) {
        int status = 0;
        findFirstProcess(0);
        if (::waitpid(m_pid, &status, WNOHANG) == m_pid) {
            m_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
    }
    return m_status;
}

void SandboxProcess::drain()
{
    std::array<char, 65536> buffer{};
    for (int round = 0; round < 16 && m_output.isOpen(); ++round) {
        const ssize_t n = ::read(m_output.get(), buffer.data(), buffer.size());
        if (n == 0) {
            m_output.close();
        }
        if (n <= 0) {
            return;
        }
        const auto count = static_cast<std::uint64_t>(n);
        m_printed += count;
        m_kept.append(buffer.data(), std::min(count, m_keptLimit - std::min<std::uint64_t>(m_keptLimit, m_kept.size())));
    }
}

Usage SandboxProcess::usage()
{
    findFirstProcess(0);
    Usage used;
    // The sandbox's own /proc, seen through its first process: lists exactly the processes of the sandbox.
    std::error_code problem;
    const fs::path list = fs::path("/proc") / std::to_string(m_firstPid) / "root" / "proc";
    for (fs::directory_iterator entry(list, problem), end; !problem && entry != end; entry.increment(problem)) {
        const std::string name = entry->path().filename().string();
        if (name != "1" && name.find_first_not_of("0123456789") == std::string::npos) {
            ++used.processes;
            used.memoryBytes += memoryOf(entry->path() / "status");
        }
    }
    struct statvfs temporary {};
    if (::statvfs((list.parent_path() / "tmp").c_str(), &temporary) == 0) {
        used.files = temporary.f_files - temporary.f_ffree;
    }
    // While a sandbox ends, its /proc goes before its first process does. One that stays dark is another matter.
    constexpr int kBlindLooks = 50;
    m_blindLooks = problem ? m_blindLooks + 1 : 0;
    if (m_blindLooks > kBlindLooks && !exited()) {
        throw Exception(ErrorCode::Unsupported, "the processes of the sandbox cannot be watched: " + problem.message(),
                        "run as the user who owns the session");
    }
    return used;
}

} // namespace lori::sandbox
