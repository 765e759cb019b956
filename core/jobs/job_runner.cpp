// SPDX-License-Identifier: Apache-2.0
#include "core/events/event_follower.h"
#include "core/jobs/job_kind.h"
#include "core/jobs/job_lock.h"
#include "core/support/files.h"
#include "core/support/this_machine.h"

#include <fstream>
#include <thread>
#include <unistd.h>

namespace lori::jobs {

namespace {

constexpr const char* kReportFile = "report.md";

/// How earlier attempts at a job ended.
struct Past {
    bool started = false;
    bool finished = false;
    bool discarded = false;
};

Past pastOf(const JobFolder& folder)
{
    Past past;
    events::EventFollower follower(folder.eventsFile());
    for (auto some = follower.poll().value(); !some.empty(); some = follower.poll().value()) {
        for (const events::Event& event : some) {
            past.started = past.started || event.as<events::Started>() != nullptr;
            if (event.as<events::Started>() != nullptr) {
                past.finished = past.discarded = false;
            }
            past.finished = past.finished || event.as<events::Finished>() != nullptr;
            if (const auto* stopped = event.as<events::Stopped>()) {
                past.discarded = !stopped->kept;
            }
        }
    }
    return past;
}

JobResult storedResult(const JobFolder& folder)
{
    JobResult result;
    result.json = nlohmann::ordered_json::parse(readTextFile(folder.resultFile()).value(), nullptr, false);
    if (result.json.is_discarded()) {
        throw Exception(ErrorCode::BadFile, "the job's result is damaged", "do the work again", folder.resultFile().string());
    }
    result.text = readTextFile(folder.path() / kReportFile).value();
    return result;
}

void storeResult(const JobFolder& folder, const JobResult& result)
{
    writeFileAtomically(folder.path() / kReportFile, result.text).value();
    writeFileAtomically(folder.resultFile(),
                        result.json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n")
        .value();
}

Error endOfStop(const StopRequest& stop, JobLog& log, const JobFolder& folder)
{
    const bool kept = stop.kind != StopRequest::Kind::Discard;
    log.appendTerminal(events::Stopped{-1, 0, kept});
    if (stop.kind == StopRequest::Kind::Interrupt) {
        return {ErrorCode::Interrupted,
                "interrupted; nothing half-made was left behind",
                "go on with lori job resume " + folder.id(),
                {}};
    }
    return {ErrorCode::Stopped, kept ? "the job was stopped" : "the job was discarded",
            kept ? "go on with lori job resume " + folder.id() : "", folder.id()};
}

} // namespace

events::Machine thisMachine(const std::string& gpu)
{
    events::Machine machine;
    machine.cores = std::thread::hardware_concurrency();
    machine.gpu = gpu;
    std::ifstream cpu("/proc/cpuinfo");
    std::string line;
    while (std::getline(cpu, line)) {
        if (line.rfind("model name", 0) == 0) {
            machine.cpu = line.substr(line.find(':') + 2);
            break;
        }
    }
    machine.memoryBytes = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGE_SIZE);
    return machine;
}

Result<JobResult> workInJob(const JobFolder& folder, JobKind& kind, const WorkOptions& options)
{
    auto lock = JobLock::acquire(folder);
    if (!lock) {
        return lock.error();
    }
    const auto past = guard([&] { return pastOf(folder); });
    if (!past) {
        return past.error();
    }
    if (past->discarded) {
        return Error{ErrorCode::InvalidArgument, "this job was discarded", "make a new one", folder.id()};
    }
    if (past->finished) {
        return guard([&] { return storedResult(folder); });
    }
    auto log = JobLog::open(folder, options.observer);
    if (!log) {
        return log.error();
    }
    JobControl control(folder, **log, options.interrupt);
    JobContext context(folder, **log, control);
    std::optional<StopRequest> stop;
    const auto begin = std::chrono::steady_clock::now();
    auto worked = guard([&] {
        JobResult result;
        try {
            (*log)->append(events::Started{::getpid(), thisHost(), std::string("lori ") + LORI_VERSION, options.device,
                                           options.threads, "", past->started, thisMachine("")});
            (*log)->setState("running", -1, 0);
            result = kind.work(context);
            context.rethrow();
            result.json["job"] = folder.id();
            storeResult(folder, result);
        } catch (const StopRequest& request) {
            stop = request;
        }
        return result;
    });
    if (stop) {
        return endOfStop(*stop, **log, folder);
    }
    if (!worked) {
        const Error error = control.folder().isThere() ? worked.error() : control.folder().goneError();
        (*log)->appendTerminal(events::failedOf(error));
        return error;
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    (*log)->appendTerminal(events::Finished{seconds.count() - control.pausedSeconds()});
    return worked;
}

} // namespace lori::jobs
