// SPDX-License-Identifier: Apache-2.0
#include "core/sandbox/bubblewrap.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <unistd.h>

namespace lori::sandbox {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSetPriv = "/usr/bin/setpriv";
constexpr const char* kNobody = "65534";

void requireTool(const fs::path& tool, const std::string& what, const std::string& package)
{
    if (::access(tool.c_str(), X_OK) != 0) {
        throw Exception(ErrorCode::Unsupported, "generated programs cannot be run: " + what + " is not at " + tool.string(),
                        "install the package " + package);
    }
}

void checkRange(const char* name, std::uint64_t value, std::uint64_t low, std::uint64_t high)
{
    if (value < low || value > high) {
        throw Exception(ErrorCode::InvalidArgument,
                        std::to_string(value) + " is outside " + std::to_string(low) + "–" + std::to_string(high),
                        "change the limit", name);
    }
}

/// Hard limits that the interpreter sets on itself before it reads a program; RLIMIT_ names of setrlimit(2).
std::string resourceLimits(const SandboxLimits& limits)
{
    const nlohmann::json request{{"AS", limits.memoryBytes},
                                 {"CPU", limits.wallTime.count() / 1000 + 2},
                                 {"NPROC", limits.processes + 1}, // the sandbox's own first process counts
                                 {"NOFILE", limits.openFiles},
                                 {"FSIZE", limits.fileBytes},
                                 {"CORE", 0},
                                 {"MSGQUEUE", 0}};
    return request.dump();
}

/// A folder of the system as it is here: the real one, or the link into /usr that it is on merged systems.
void showSystemFolder(std::vector<std::string>& command, const char* name)
{
    const fs::path folder = fs::path("/") / name;
    std::error_code ignored;
    if (fs::is_symlink(folder, ignored)) {
        command.insert(command.end(), {"--symlink", fs::read_symlink(folder, ignored).string(), folder.string()});
    } else if (fs::is_directory(folder, ignored)) {
        command.insert(command.end(), {"--ro-bind", folder.string(), folder.string()});
    }
}

} // namespace

void checkLimits(const SandboxLimits& limits)
{
    checkRange("wallTime", static_cast<std::uint64_t>(std::max<std::int64_t>(0, limits.wallTime.count())), 10, 3'600'000);
    checkRange("memoryBytes", limits.memoryBytes, 64ULL << 20U, 64ULL << 30U);
    checkRange("processes", limits.processes, 1, 1024);
    checkRange("openFiles", limits.openFiles, 16, 4096);
    checkRange("fileBytes", limits.fileBytes, 0, 1ULL << 30U);
    checkRange("temporaryBytes", limits.temporaryBytes, 4096, 4ULL << 30U);
    checkRange("files", limits.files, 16, 1'000'000);
    checkRange("outputBytes", limits.outputBytes, 0, 1ULL << 30U);
    checkRange("keptOutputBytes", limits.keptOutputBytes, 0, 64ULL << 20U);
}

std::vector<std::string> sandboxCommand(std::string_view script, const SandboxLimits& limits, const SandboxTools& tools)
{
    checkLimits(limits);
    requireTool(tools.bubblewrap, "bubblewrap", "bubblewrap");
    requireTool(tools.python, "Python", "python3");
    std::vector<std::string> command;
    if (::geteuid() == 0) {
        requireTool(kSetPriv, "setpriv", "util-linux");
        command = {kSetPriv, std::string("--reuid=") + kNobody, std::string("--regid=") + kNobody, "--clear-groups", "--"};
    }
    command.insert(command.end(),
                   {tools.bubblewrap.string(), "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--hostname",
                    "sandbox", "--uid", kNobody, "--gid", kNobody, "--info-fd", std::to_string(kInfoNumber), "--seccomp",
                    std::to_string(kSeccompNumber), "--cap-drop", "ALL"});
    // Of the system only libraries and the interpreter itself: no shell, no compiler, no configuration.
    command.insert(command.end(), {"--ro-bind", "/usr/lib", "/usr/lib", "--ro-bind-try", "/usr/lib64", "/usr/lib64"});
    showSystemFolder(command, "lib");
    showSystemFolder(command, "lib64");
    command.insert(command.end(),
                   {"--ro-bind", fs::canonical(tools.python).string(), "/usr/bin/python3", "--proc", "/proc", "--dir", "/dev"});
    for (const char* device : {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"}) {
        command.insert(command.end(), {"--dev-bind", device, device});
    }
    command.insert(command.end(), {"--perms", "1777", "--size", std::to_string(limits.temporaryBytes), "--tmpfs", "/tmp",
                                   "--remount-ro", "/", "--chdir", "/tmp"});
    // A fixed hash seed: the same program gives the same verdict, whatever order its sets have.
    command.insert(command.end(),
                   {"--setenv", "PYTHONHASHSEED", "0", "--setenv", "LC_ALL", "C.UTF-8", "--setenv", "HOME", "/tmp", "--",
                    "/usr/bin/python3", "-S", "-s", "-B", "-c", std::string(script), resourceLimits(limits)});
    return command;
}

} // namespace lori::sandbox
