// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sandbox/descriptor.h"
#include "core/sandbox/sandbox.h"

#include <optional>
#include <string>
#include <string_view>

namespace lori::sandbox {

/// What a child is started with.
struct Job {
    std::string_view script; ///< Python that the interpreter runs
    std::string_view input;  ///< its standard input
    int channel = -1;        ///< becomes descriptor 3
    int verdict = -1;        ///< becomes descriptor 6; -1 = none
};

/// What the processes of one sandbox use at a moment.
struct Usage {
    std::uint32_t processes = 0;   ///< without the sandbox's own first process
    std::uint64_t files = 0;       ///< in /tmp
    std::uint64_t memoryBytes = 0; ///< private and shared memory and swap; not what is mapped from system files
};

/// One Python interpreter in one bubblewrap sandbox. The destructor ends every process in it and waits until they are gone.
class SandboxProcess final {
public:
    /// Starts it. Throws Exception: Unsupported when a tool is missing, Io when no process can be made.
    SandboxProcess(const Job& job, const SandboxLimits& limits, const SandboxTools& tools);
    SandboxProcess(const SandboxProcess&) = delete;
    SandboxProcess& operator=(const SandboxProcess&) = delete;
    ~SandboxProcess();

    /// Ends everything in the sandbox and waits for it. Safe to call twice.
    void kill();
    /// The exit status as a shell shows it (128 + signal), once the interpreter has ended.
    [[nodiscard]] std::optional<int> exited();
    /// Readable when the interpreter has ended.
    [[nodiscard]] int exitDescriptor() const { return m_exit.get(); }
    /// Readable when there is output; -1 after its end.
    [[nodiscard]] int outputDescriptor() const { return m_output.get(); }
    /// Takes in what was printed: counts all of it and keeps the first part. Never blocks, and reads a bounded amount.
    void drain();
    [[nodiscard]] const std::string& output() const { return m_kept; }
    [[nodiscard]] std::uint64_t outputBytes() const { return m_printed; }
    /// Meaningful once the interpreter runs. Throws Exception(Unsupported) when the system does not let us
    /// look for a while.
    [[nodiscard]] Usage usage();

private:
    void spawn(const Job& job, const SandboxLimits& limits, const SandboxTools& tools);
    void findFirstProcess(int timeoutMilliseconds);

    std::uint64_t m_keptLimit;
    std::string m_kept;
    std::uint64_t m_printed = 0;
    std::string m_infoText;
    Descriptor m_output;
    Descriptor m_info;
    Descriptor m_exit;  ///< pidfd of bubblewrap, our child
    Descriptor m_first; ///< pidfd of the sandbox's first process: when it ends, all have ended
    int m_pid = -1;
    int m_firstPid = -1;
    int m_blindLooks = 0; ///< in a row
    std::optional<int> m_status;
};

} // namespace lori::sandbox
