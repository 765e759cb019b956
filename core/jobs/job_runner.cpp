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

PastAttempts JobKind::readPast(const JobFolder& folder)
{
    PastAttempts past;
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
    if (past.discarded) {
        throw Exception(ErrorCode::InvalidArgument, "this job was discarded", "make a new one", folder.id());
    }
    return past;
}

JobResult JobKind::resultAgain(const JobFolder& folder)
{
    JobResult result;
    result.json = nlohmann::ordered_json::parse(readTextFile(folder.resultFile()).value(), nullptr, false);
    if (result.json.is_discarded()) {
        throw Exception(ErrorCode::BadFile, "the job's result is damaged", "do the work again", folder.resultFile().string());
    }
    result.text = readTextFile(folder.path() / kReportFile).value();
    return result;
}

void JobKind::begin(JobContext& context, const PastAttempts& past, const WorkOptions& options)
{
    context.log().append(events::Started{::getpid(), thisHost(), std::string("lori ") + LORI_VERSION, options.device,
                                         options.threads, "", past.started, thisMachine("")});
    context.log().setState("running", -1, 0);
}

void JobKind::keepResult(const JobFolder& folder, JobResult& result)
{
    result.json["job"] = folder.id();
    writeFileAtomically(folder.path() / kReportFile, result.text).value();
    writeFileAtomically(folder.resultFile(),
                        result.json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n")
        .value();
}

Error JobKind::endOfStop(const StopRequest& stop, const JobFolder& folder)
{
    if (stop.kind == StopRequest::Kind::Interrupt) {
        return {ErrorCode::Interrupted,
                "interrupted; nothing half-made was left behind",
                "go on with lori job resume " + folder.id(),
                {}};
    }
    const bool kept = stop.kind != StopRequest::Kind::Discard;
    return {ErrorCode::Stopped, kept ? "the job was stopped" : "the job was discarded",
            kept ? "go on with lori job resume " + folder.id() : "", folder.id()};
}

Result<JobResult> workInJob(const JobFolder& folder, JobKind& kind, const WorkOptions& options)
{
    auto lock = JobLock::acquire(folder);
    if (!lock) {
        return lock.error();
    }
    const auto past = guard([&] { return kind.readPast(folder); });
    if (!past) {
        return past.error();
    }
    if (past->finished) {
        return guard([&] { return kind.resultAgain(folder); });
    }
    auto log = JobLog::open(folder, options.observer);
    if (!log) {
        return log.error();
    }
    JobControl control(folder, **log, options.interrupt);
    JobContext context(folder, **log, control, options);
    std::optional<StopRequest> stop;
    const auto begin = std::chrono::steady_clock::now();
    auto worked = guard([&] {
        JobResult result;
        try {
            kind.begin(context, *past, options);
            result = kind.work(context);
            context.rethrow();
            kind.keepResult(folder, result);
        } catch (const StopRequest& request) {
            stop = request;
        }
        return result;
    });
    if (stop) {
        const Error error = kind.endOfStop(*stop, folder);
        const events::Place place = (*log)->place();
        (*log)->appendTerminal(events::Stopped{place.stage, place.step, stop->kind != StopRequest::Kind::Discard});
        return error;
    }
    if (!worked) {
        // Whatever failed first: without its folder there is nothing else to say about a job.
        const Error error = control.folder().isThere() ? worked.error() : control.folder().goneError();
        (*log)->appendTerminal(events::failedOf(error));
        return error;
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    (*log)->appendTerminal(events::Finished{seconds.count() - control.pausedSeconds()});
    return worked;
}

} // namespace lori::jobs
