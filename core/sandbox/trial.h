// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sandbox/sandbox_process.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace lori::sandbox {

/// One program against its tests: two sandboxes, joined by one socket. The program's sees neither the tests nor the verdict; the
/// tests' never runs the program. Used once, by one thread.
class Trial final {
public:
    Trial(const Program& program, const SandboxLimits& limits, const SandboxTools& tools);
    /// Throws Exception as runProgram's errors.
    ProgramResult run(const std::function<bool()>& cancelled);
    /// Version of Python, once run() has returned.
    [[nodiscard]] const std::string& pythonVersion() const { return m_pythonVersion; }

private:
    enum class Phase : std::uint8_t { Starting, Testing, Ending };
    using Clock = std::chrono::steady_clock;

    Trial(const Program& program, const SandboxLimits& limits, const SandboxTools& tools, Ends verdict, Ends channel);
    void waitForNews();
    void readVerdict();
    void takeMessage(const std::string& line);
    void passedTests();
    void checkLimits();
    void checkUse(SandboxProcess& process, const char* whose);
    void checkEnds();
    void finish(Verdict verdict, std::string reason);
    [[noreturn]] void refuseStart() const;

    SandboxLimits m_limits;
    Descriptor m_verdict;
    std::string m_verdictText;
    std::optional<SandboxProcess> m_tests;
    std::optional<SandboxProcess> m_program;
    Phase m_phase = Phase::Starting;
    Clock::time_point m_phaseStart = Clock::now(); ///< of the program; before, of the start-up
    std::string m_pythonVersion;
    std::optional<ProgramResult> m_result;
};

} // namespace lori::sandbox
