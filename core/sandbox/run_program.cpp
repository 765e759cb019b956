// SPDX-License-Identifier: Apache-2.0
#include "core/sandbox/trial.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

namespace lori::sandbox {

namespace {

/// A plain Python name: it becomes part of the tests.
void checkEntryPoint(const std::string& name)
{
    const auto isLetter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    const bool good = !name.empty() && isLetter(name.front()) &&
                      std::all_of(name.begin(), name.end(), [&](char c) { return isLetter(c) || (c >= '0' && c <= '9'); });
    if (!good) {
        throw Exception(ErrorCode::InvalidArgument, "\"" + name + "\" is not the name of a Python function",
                        "give the name of the function that the tests call", "entryPoint");
    }
}

/// Shared by the threads of one runPrograms call.
class Pool final {
public:
    Pool(std::span<const Program> programs, const PoolOptions& options)
        : m_programs(programs), m_options(options), m_results(programs.size())
    {
    }

    void work()
    {
        for (std::size_t index = m_next++; index < m_programs.size() && !m_stop; index = m_next++) {
            const auto result = runProgram(
                m_programs[index], m_options.limits, [this] { return m_stop.load(); }, m_options.tools);
            const std::lock_guard lock(m_mutex);
            if (m_stop) {
                return; // the error or the wish to stop came first
            }
            if (!result) {
                m_error = result.error();
                m_stop = true;
                return;
            }
            m_results[index] = *result;
            ++m_done;
            if (m_options.onResult && !m_options.onResult(index, m_results[index], m_done)) {
                m_error =
                    Error{ErrorCode::Stopped,
                          "stopped after " + std::to_string(m_done) + " of " + std::to_string(m_programs.size()) + " programs",
                          {},
                          {}};
                m_stop = true;
            }
        }
    }

    std::vector<ProgramResult> take()
    {
        if (m_error) {
            throw Exception(*m_error);
        }
        return std::move(m_results);
    }

private:
    std::span<const Program> m_programs;
    const PoolOptions& m_options;
    std::vector<ProgramResult> m_results;
    std::atomic<std::size_t> m_next{0};
    std::atomic<bool> m_stop{false};
    std::mutex m_mutex; ///< guards what follows
    std::size_t m_done = 0;
    std::optional<Error> m_error;
};

} // namespace

const char* verdictName(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Passed:
        return "passed";
    case Verdict::Failed:
        return "failed";
    case Verdict::Ended:
        return "ended";
    case Verdict::TimedOut:
        return "timed_out";
    case Verdict::OutOfMemory:
        return "out_of_memory";
    case Verdict::TooManyProcesses:
        return "too_many_processes";
    case Verdict::TooManyFiles:
        return "too_many_files";
    case Verdict::TooMuchOutput:
        return "too_much_output";
    }
    return "failed";
}

Result<ProgramResult> runProgram(const Program& program, const SandboxLimits& limits, const std::function<bool()>& cancelled,
                                 const SandboxTools& tools)
{
    return guard([&] {
        checkEntryPoint(program.entryPoint);
        return Trial(program, limits, tools).run(cancelled);
    });
}

Result<SandboxInfo> probeSandbox(const SandboxTools& tools)
{
    return guard([&] {
        SandboxLimits limits;
        limits.wallTime = std::chrono::seconds(20);
        Trial trial({"def answer():\n    return 42", "assert answer() == 42", "answer", {}}, limits, tools);
        const ProgramResult result = trial.run({});
        if (!result.passed()) {
            throw Exception(ErrorCode::Unsupported, "the sandbox does not work here: " + result.reason,
                            "leave code tasks out of the evaluation");
        }
        return SandboxInfo{tools.bubblewrap, trial.pythonVersion()};
    });
}

Result<std::vector<ProgramResult>> runPrograms(std::span<const Program> programs, const PoolOptions& options)
{
    return guard([&] {
        const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
        const std::size_t wanted = options.parallel > 0 ? static_cast<std::size_t>(options.parallel) : cores;
        const std::size_t count = std::min(programs.size(), wanted);
        Pool pool(programs, options);
        {
            std::vector<std::jthread> threads;
            threads.reserve(count);
            for (std::size_t i = 0; i < count; ++i) {
                threads.emplace_back([&pool] { pool.work(); });
            }
        }
        return pool.take();
    });
}

} // namespace lori::sandbox
