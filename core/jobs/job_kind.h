// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_control.h"
#include "core/jobs/job_folder.h"
#include "core/jobs/job_log.h"

#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lori::jobs {

/// What a job would do, said before it does it and without writing anything.
struct JobPlan {
    std::string what;                            ///< one sentence
    std::vector<std::filesystem::path> writes{}; ///< what appears outside of the job's own folder
    double seconds = -1;                         ///< estimated, -1 when unknown
    std::int64_t memoryBytes = -1;               ///< most memory held, -1 when unknown
    std::int64_t diskBytes = -1;                 ///< of all that it leaves, -1 when unknown
    bool mayUseGpu = false;                      ///< then `memoryBytes` says nothing of the GPU's
    std::vector<std::string> notes{};            ///< worth knowing before it begins
};

/// What a job found: result.json, and the same for people (report.md).
struct JobResult {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    std::string text;
};

/// How whoever works in a job takes part.
struct WorkOptions {
    EventObserver observer;                       ///< sees every event, from several threads one at a time; may be empty
    const std::atomic<bool>* interrupt = nullptr; ///< set by signal handlers
    std::string device{};                         ///< for the event `started`
    std::int64_t threads = 0;
    /// For work that is made of other jobs: called before one begins, and what it returns lives as long as that job is worked in
    /// (what follows it into the history, for example). May be empty.
    std::function<std::shared_ptr<void>(const JobFolder&)> accompany{};
};

/// What a kind works with: its folder, and ways to say what it does and to hear what others ask.
class JobContext final {
public:
    JobContext(const JobFolder& folder, JobLog& log, JobControl& control, const WorkOptions& options)
        : m_folder(folder), m_log(log), m_control(control), m_options(options)
    {
    }

    [[nodiscard]] const JobFolder& folder() const { return m_folder; }
    /// Says how far the work is (at most twice a second, with the time left) and does what was asked meanwhile: waits while
    /// paused, throws StopRequest. For work that calls back between exceptions' borders use goOn() and rethrow().
    /// `secondsLeft` when the work knows better than what the pace so far says.
    void progress(const std::string& what, std::int64_t done, std::int64_t total, std::optional<double> secondsLeft = {});
    /// The same for a callback that must not throw: false asks it to end, and rethrow() then says why.
    [[nodiscard]] bool goOn(const std::string& what, std::int64_t done, std::int64_t total,
                            std::optional<double> secondsLeft = {}) noexcept;
    /// Throws what goOn() held back, if anything.
    void rethrow();
    /// Tells the history of something that other jobs may use. `path` inside the job's folder becomes relative.
    void madeArtifact(const std::string& kind, const std::filesystem::path& path, const std::string& fingerprint,
                      std::int64_t bytes, std::vector<std::string> parents);
    void score(events::Score score) { m_log.append(std::move(score)); }
    void note(events::Note note) { m_log.append(std::move(note)); }
    /// For kinds that say and hear more than the above.
    [[nodiscard]] JobLog& log() { return m_log; }
    [[nodiscard]] JobControl& control() { return m_control; }
    [[nodiscard]] const WorkOptions& options() const { return m_options; }

private:
    const JobFolder& m_folder;
    JobLog& m_log;
    JobControl& m_control;
    const WorkOptions& m_options;
    std::string m_what;
    std::chrono::steady_clock::time_point m_begin;
    std::chrono::steady_clock::time_point m_said;
    double m_pausedAtBegin = 0;
    std::exception_ptr m_heldBack;
};

/// How earlier attempts at a job ended.
struct PastAttempts {
    bool started = false;
    bool finished = false;
    bool discarded = false;
};

/// One kind of work with its options: what lori does in a job. All members throw Exception; work() may pass StopRequest on.
class JobKind {
public:
    virtual ~JobKind() = default;
    /// Opens what it reads and says what it would do; its errors are those that work() would begin with.
    [[nodiscard]] virtual JobPlan plan() = 0;
    /// Does it. What is written outside of the job's folder appears whole or not at all.
    [[nodiscard]] virtual JobResult work(JobContext& context) = 0;

    // What follows suits every kind whose folder holds a result and nothing that an attempt goes on from; trainings do it in
    // their own way. Called by workInJob() alone, with the job's lock held, in this order.

    /// What the folder's events say of earlier attempts. Refuses a folder that cannot be worked in, without an event.
    [[nodiscard]] virtual PastAttempts readPast(const JobFolder& folder);
    /// The result of a job that finished before.
    [[nodiscard]] virtual JobResult resultAgain(const JobFolder& folder);
    /// Says `started`, before work().
    virtual void begin(JobContext& context, const PastAttempts& past, const WorkOptions& options);
    /// Writes result.json and report.md, after work() and before `finished`.
    virtual void keepResult(const JobFolder& folder, JobResult& result);
    /// Leaves the folder as a stop should, before `stopped`; the error is what workInJob() answers.
    [[nodiscard]] virtual Error endOfStop(const StopRequest& stop, const JobFolder& folder);
};

/// Works in a job's folder from its lock to its last event: result.json and report.md are there when it says `finished`. A job
/// that finished before gives its result again. Errors: Busy; Stopped and Interrupted (asked to end; the job can be resumed); and
/// every failure of the kind, which the folder's events say too.
[[nodiscard]] Result<JobResult> workInJob(const JobFolder& folder, JobKind& kind, const WorkOptions& options);

/// What this machine is made of, for the event `started`.
[[nodiscard]] events::Machine thisMachine(const std::string& gpu);

} // namespace lori::jobs
