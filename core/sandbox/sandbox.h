// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace lori::sandbox {

/// A generated Python program and what decides over it. The tests and helpers come from a data set, the source from a model.
struct Program {
    std::string source;     ///< the program under test
    std::string tests;      ///< statements that raise when the program is wrong; run in a process that `source` never enters
    std::string entryPoint; ///< name of the function that the tests call
    std::string helpers;    ///< definitions that the tests may use besides the entry point (HumanEval: the prompt); may be empty
};

/// What one program may use. The limits hold for all of its processes together unless said otherwise.
struct SandboxLimits {
    std::chrono::milliseconds wallTime{3000};     ///< 10 ms – 1 h; from the moment the program starts until it has ended
    std::uint64_t memoryBytes = 512ULL << 20U;    ///< 64 MiB – 64 GiB; also the address space of each process
    std::uint32_t processes = 16;                 ///< 1 – 1,024; processes and threads
    std::uint32_t openFiles = 64;                 ///< 16 – 4,096 of each process
    std::uint64_t fileBytes = 16ULL << 20U;       ///< at most 1 GiB; the longest file that can be written
    std::uint64_t temporaryBytes = 32ULL << 20U;  ///< 4 KiB – 4 GiB; all of the private /tmp
    std::uint32_t files = 4096;                   ///< 16 – 1,000,000; files and folders in /tmp
    std::uint64_t outputBytes = 1ULL << 20U;      ///< at most 1 GiB; both streams together; more ends the program
    std::uint64_t keptOutputBytes = 16ULL << 10U; ///< at most 64 MiB; how much of the output ProgramResult keeps
};

/// Where the tools are. Only system places: the sandbox shows nothing of a home folder.
struct SandboxTools {
    std::filesystem::path bubblewrap = "/usr/bin/bwrap";
    std::filesystem::path python = "/usr/bin/python3";
};

enum class Verdict : std::uint8_t {
    Passed,           ///< every test held, and the program then ended by itself, without an error and with no process left
    Failed,           ///< a test did not hold, or the program raised an error, or left processes behind
    Ended,            ///< the program ended, or stopped answering as agreed, before the tests had
    TimedOut,         ///< ran past the wall time
    OutOfMemory,      ///< ran past the memory limit
    TooManyProcesses, ///< ran past the process limit
    TooManyFiles,     ///< made more files than the limit
    TooMuchOutput,    ///< wrote more than the output limit
};

/// Stable lower-case name for JSON, e.g. "timed_out".
[[nodiscard]] const char* verdictName(Verdict verdict);

struct ProgramResult {
    Verdict verdict = Verdict::Failed;
    std::string reason;            ///< one sentence; empty when passed
    std::string output;            ///< start of what the program printed (both streams as they came), valid UTF-8
    std::uint64_t outputBytes = 0; ///< how much it printed before it ended
    double seconds = 0;            ///< wall time of the program
    [[nodiscard]] bool passed() const { return verdict == Verdict::Passed; }
};

/// What the sandbox is made of on this machine.
struct SandboxInfo {
    std::filesystem::path bubblewrap;
    std::string pythonVersion; ///< "3.11.2"
};

/// Runs one tiny program to see whether there is a sandbox. Errors: Unsupported with the reason and what to do.
[[nodiscard]] Result<SandboxInfo> probeSandbox(const SandboxTools& tools = {});

/// Runs `program` against its tests, each in a bubblewrap sandbox of its own: no network, no home, a read-only system, a private
/// /tmp, no view of any other process. On return nothing of it is left. Blocks for at most about wallTime plus start-up.
/// `cancelled` is asked every few milliseconds; true ends the program.
/// Errors: Unsupported (no sandbox can be had; the program was not run), InvalidArgument (limits, entry point), Stopped, Io.
[[nodiscard]] Result<ProgramResult> runProgram(const Program& program, const SandboxLimits& limits,
                                               const std::function<bool()>& cancelled = {}, const SandboxTools& tools = {});

/// How a set of programs is run.
struct PoolOptions {
    SandboxLimits limits;
    int parallel = 0; ///< programs at once; 0 = as many as the machine has cores
    /// Called from one thread at a time, in the order in which programs end: index of the program, its result, how many are done.
    /// Returning false stops: running programs are ended, the others not begun.
    std::function<bool(std::size_t index, const ProgramResult& result, std::size_t done)> onResult;
    SandboxTools tools;
};

/// Runs all programs; the results are in their order. Errors as runProgram's, the first one met; Stopped when onResult said so.
[[nodiscard]] Result<std::vector<ProgramResult>> runPrograms(std::span<const Program> programs, const PoolOptions& options);

} // namespace lori::sandbox
