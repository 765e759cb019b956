// SPDX-License-Identifier: Apache-2.0
#include "core/sandbox/trial.h"

#include "core/sandbox/bubblewrap.h"
#include "core/sandbox/driver_scripts.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cerrno>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace lori::sandbox {

namespace {

constexpr std::chrono::seconds kStartLimit{30}; ///< two interpreters on a busy machine
constexpr int kTickMilliseconds = 15;           ///< how often memory and processes are looked at
constexpr std::size_t kLongestVerdict = 65536;

std::string secondsText(std::chrono::milliseconds time)
{
    std::string text = std::to_string(time.count() / 1000);
    if (const auto rest = time.count() % 1000; rest != 0) {
        std::string digits = std::to_string(1000 + rest).substr(1);
        digits.erase(digits.find_last_not_of('0') + 1);
        text += "." + digits;
    }
    return text + " s";
}

/// JSON's own replacement of what is not UTF-8, and no control characters but line feeds and tabs.
std::string cleanText(const std::string& text)
{
    using nlohmann::json;
    std::string clean = json::parse(json(text).dump(-1, ' ', false, json::error_handler_t::replace)).get<std::string>();
    std::erase_if(clean, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; });
    return clean;
}

std::string testsJob(const Program& program)
{
    using nlohmann::json;
    return json{{"tests", program.tests}, {"helpers", program.helpers}, {"entry", program.entryPoint}}.dump(
        -1, ' ', true, json::error_handler_t::replace);
}

} // namespace

Trial::Trial(const Program& program, const SandboxLimits& limits, const SandboxTools& tools)
    : Trial(program, limits, tools, makePipe(), makeSocketPair())
{
}

Trial::Trial(const Program& program, const SandboxLimits& limits, const SandboxTools& tools, Ends verdict, Ends channel)
    : m_limits(limits), m_verdict(std::move(verdict.ours))
{
    const std::string job = testsJob(program);
    m_tests.emplace(Job{kTestsScript, job, channel.ours.get(), verdict.theirs.get()}, limits, tools);
    m_program.emplace(Job{kProgramScript, program.source, channel.theirs.get(), -1}, limits, tools);
    // Our copies of the channel and the verdict's pipe close here: each then ends with the process that holds it.
}

ProgramResult Trial::run(const std::function<bool()>& cancelled)
{
    while (!m_result) {
        waitForNews();
        m_program->drain();
        m_tests->drain();
        readVerdict();
        checkLimits();
        checkEnds();
        if (cancelled && cancelled()) {
            throw Exception(ErrorCode::Stopped, "stopped while a generated program ran");
        }
    }
    m_program->kill();
    m_program->drain();
    m_tests->kill();
    m_result->output = cleanText(m_program->output());
    m_result->outputBytes = m_program->outputBytes();
    return *std::move(m_result);
}

void Trial::waitForNews()
{
    // A negative descriptor is skipped by poll.
    std::array<pollfd, 4> watched{{{m_program->outputDescriptor(), POLLIN, 0},
                                   {m_phase == Phase::Ending ? -1 : m_verdict.get(), POLLIN, 0},
                                   {m_phase == Phase::Ending ? -1 : m_tests->exitDescriptor(), POLLIN, 0},
                                   {m_phase == Phase::Ending ? m_program->exitDescriptor() : -1, POLLIN, 0}}};
    ::poll(watched.data(), watched.size(), kTickMilliseconds);
}

void Trial::readVerdict()
{
    std::array<char, 4096> buffer{};
    ssize_t n = 0;
    while (m_verdict.isOpen() && (n = ::read(m_verdict.get(), buffer.data(), buffer.size())) > 0 &&
           m_verdictText.size() < kLongestVerdict) {
        m_verdictText.append(buffer.data(), static_cast<std::size_t>(n));
    }
    std::size_t end = 0;
    while (!m_result && (end = m_verdictText.find('\n')) != std::string::npos) {
        const std::string line = m_verdictText.substr(0, end);
        m_verdictText.erase(0, end + 1);
        takeMessage(line);
    }
}

void Trial::takeMessage(const std::string& line)
{
    const nlohmann::json message = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!message.is_object()) {
        finish(Verdict::Failed, "the process of the tests said something that is no verdict");
        return;
    }
    if (m_phase == Phase::Starting && message.contains("started")) {
        m_pythonVersion = message.value("started", "");
        m_phase = Phase::Testing;
        m_phaseStart = Clock::now();
        return;
    }
    const std::string verdict = message.value("verdict", "");
    const std::string reason = cleanText(message.value("reason", ""));
    if (m_phase != Phase::Testing) {
        return; // after the verdict nothing more is heard
    }
    if (verdict == "passed") {
        passedTests();
    } else if (verdict == "memory") {
        finish(Verdict::OutOfMemory, reason);
    } else if (verdict == "ended") {
        finish(Verdict::Ended, reason);
    } else {
        finish(Verdict::Failed, reason);
    }
}

void Trial::passedTests()
{
    // The program waits for the next question now: whatever else runs in its sandbox, it has left running.
    if (const std::uint32_t count = m_program->usage().processes; count > 1) {
        finish(Verdict::Failed, "the tests held, but the program left " + std::to_string(count - 1) + " more process" +
                                    (count > 2 ? "es" : "") + " running");
        return;
    }
    m_phase = Phase::Ending;
    m_tests->kill(); // closes the channel, at which the program ends
}

void Trial::checkLimits()
{
    if (m_result) {
        return;
    }
    const auto time = Clock::now() - m_phaseStart;
    if (m_phase == Phase::Starting) {
        if (time > kStartLimit) {
            throw Exception(ErrorCode::Unsupported,
                            "the sandbox did not start within " + std::to_string(kStartLimit.count()) + " s",
                            "try again when the machine is less busy");
        }
        return;
    }
    if (m_program->outputBytes() > m_limits.outputBytes) {
        finish(Verdict::TooMuchOutput, "the program printed more than " + std::to_string(m_limits.outputBytes) + " bytes");
    } else if (time > m_limits.wallTime) {
        finish(Verdict::TimedOut, std::string(m_phase == Phase::Ending ? "the tests held, but the program did not end within "
                                                                       : "the program ran longer than ") +
                                      secondsText(m_limits.wallTime));
    } else {
        checkUse(*m_program, "the program");
        if (m_phase == Phase::Testing && !m_result) {
            checkUse(*m_tests, "the program's answers");
        }
    }
}

void Trial::checkUse(SandboxProcess& process, const char* whose)
{
    const Usage used = process.usage();
    if (used.memoryBytes > m_limits.memoryBytes) {
        finish(Verdict::OutOfMemory, std::string(whose) + " took more than " + std::to_string(m_limits.memoryBytes >> 20U) +
                                         " MiB of memory in " + std::to_string(used.processes) + " process" +
                                         (used.processes == 1 ? "" : "es"));
    } else if (used.files > m_limits.files) {
        finish(Verdict::TooManyFiles, std::string(whose) + " made more than " + std::to_string(m_limits.files) + " files");
    } else if (used.processes > m_limits.processes) {
        finish(Verdict::TooManyProcesses,
               std::string(whose) + " started more than " + std::to_string(m_limits.processes) + " processes");
    }
}

void Trial::checkEnds()
{
    if (m_result) {
        return;
    }
    if (m_phase == Phase::Ending) {
        if (const auto status = m_program->exited(); status && *status == 0) {
            finish(Verdict::Passed, "");
        } else if (status) {
            finish(Verdict::Failed, "the tests held, but the program then ended with status " + std::to_string(*status));
        }
    } else if (m_tests->exited() || (m_phase == Phase::Starting && m_program->exited())) {
        readVerdict(); // what it said at the very end counts
        if (m_result || m_phase == Phase::Ending) {
            return;
        }
        if (m_phase == Phase::Starting) {
            refuseStart();
        }
        finish(Verdict::Failed, "the process of the tests ended before its verdict, with status " +
                                    std::to_string(m_tests->exited().value_or(-1)));
    }
}

void Trial::refuseStart() const
{
    // The first line is bubblewrap's own: "bwrap: No permissions to create new namespace …".
    const std::string& said = m_tests->output().empty() ? m_program->output() : m_tests->output();
    std::string line = cleanText(said.substr(0, said.find('\n')));
    throw Exception(ErrorCode::Unsupported,
                    "generated programs cannot be run: no sandbox can be made here" +
                        (line.empty() ? std::string() : " (" + line + ")"),
                    "allow unprivileged user namespaces on this machine, or leave code tasks out of the evaluation");
}

void Trial::finish(Verdict verdict, std::string reason)
{
    if (m_result) {
        return;
    }
    m_result.emplace();
    m_result->verdict = verdict;
    m_result->reason = std::move(reason);
    m_result->seconds = std::chrono::duration<double>(Clock::now() - m_phaseStart).count();
}

} // namespace lori::sandbox
