// SPDX-License-Identifier: Apache-2.0
#include "app/lori/queueing.h"

#ifdef LORI_WITH_DATABASE
#include "app/lori/queue_worker.h"
#include "core/jobs/detached.h"
#include "core/jobs/job_state.h"
#include "core/support/this_machine.h"
#include "database/queue.h"
#endif

#include <ctime>
#include <regex>

namespace lori::app {

Result<std::int64_t> startTime(const std::string& text, std::int64_t nowMs)
{
    return guard([&]() -> std::int64_t {
        constexpr std::int64_t kSecondMs = 1000;
        if (text.empty()) {
            return 0;
        }
        std::smatch parts;
        static const std::regex later(R"(\+(\d{1,6})([smhd]))");
        if (std::regex_match(text, parts, later)) {
            const std::int64_t unit = parts[2] == "s" ? 1 : parts[2] == "m" ? 60 : parts[2] == "h" ? 3600 : 86400;
            return nowMs + std::stoll(parts[1]) * unit * kSecondMs;
        }
        static const std::regex clock(R"((?:(\d{4})-(\d{2})-(\d{2})[ T])?(\d{2}):(\d{2}))");
        const bool isClock = std::regex_match(text, parts, clock);
        const bool inRange = isClock && std::stoi(parts[4]) < 24 && std::stoi(parts[5]) < 60 &&
                             (!parts[1].matched || (std::stoi(parts[2]) >= 1 && std::stoi(parts[2]) <= 12 &&
                                                    std::stoi(parts[3]) >= 1 && std::stoi(parts[3]) <= 31));
        if (!inRange) {
            throw Exception(ErrorCode::InvalidArgument, "'" + text + "' is no time",
                            "write 22:00, \"2026-12-01 22:00\", +90m or +2h", "--at");
        }
        const std::time_t now = nowMs / kSecondMs;
        std::tm time{};
        localtime_r(&now, &time);
        const bool hasDate = parts[1].matched;
        if (hasDate) {
            time.tm_year = std::stoi(parts[1]) - 1900;
            time.tm_mon = std::stoi(parts[2]) - 1;
            time.tm_mday = std::stoi(parts[3]);
        }
        time.tm_hour = std::stoi(parts[4]);
        time.tm_min = std::stoi(parts[5]);
        time.tm_sec = 0;
        time.tm_isdst = -1;
        std::int64_t at = static_cast<std::int64_t>(std::mktime(&time)) * kSecondMs;
        if (!hasDate && at <= nowMs) {
            ++time.tm_mday;
            time.tm_isdst = -1;
            at = static_cast<std::int64_t>(std::mktime(&time)) * kSecondMs;
        }
        return at;
    });
}

#ifdef LORI_WITH_DATABASE

void addQueueDetails(CLI::App& command, Context& context)
{
    command.add_option("--at", context.queue.at, "Not before: 22:00, \"2026-12-01 22:00\", +90m or +2h")
        ->check([](const std::string& text) { // before a folder is made for it
            const auto at = startTime(text, unixMs());
            return at ? std::string() : at.error().sentence();
        });
    command.add_flag("--continue-on-error,!--stop-on-error", context.queue.continueOnError,
                     "Should it fail, the queue goes on with the next one; else the queue pauses");
    command.add_flag("--start", context.queue.start, "Start a worker of the queue in the background when none is alive");
}

void addQueueOptions(CLI::App& command, Context& context)
{
    command.add_flag("--queue", context.queue.asked, "Put it into the queue instead of doing it now, see lori queue");
    addQueueDetails(command, context);
}

Result<bool> startQueueWorker(const Home& home)
{
    if (jobs::FileLock::isHeld(queueLockFile(home))) {
        return false;
    }
    const auto started = jobs::startDetached({"queue", "work"}, home.root / "queue.log");
    return started ? Result<bool>(true) : Result<bool>(started.error());
}

Result<Answer> enqueue(const Context& context, const jobs::JobFolder& folder)
{
    return guard([&] {
        const std::int64_t now = unixMs();
        database::QueueOptions options;
        options.continueOnError = context.queue.continueOnError;
        options.startAtMs = startTime(context.queue.at, now).value();
        if (jobs::stateSince(folder, 0, now).value().state == jobs::JobState::Finished) {
            throw Exception(ErrorCode::InvalidArgument, "the job has finished already", "make a new one", folder.id());
        }
        const auto history = database::History::open(context.home.historyFile()).value();
        const database::QueueEntry entry = database::Queue(history).add(folder.path(), options).value();
        const bool started = context.queue.start && startQueueWorker(context.home).value();
        Answer answer;
        answer.json = {{"job", entry.job}, {"folder", entry.folder.string()}, {"queued", true}, {"workerStarted", started}};
        answer.text = entry.job + " is in the queue" + (started ? "; a worker was started" : "") + "\n";
        return answer;
    });
}

#else

void addQueueDetails(CLI::App& /*command*/, Context& /*context*/) {}
void addQueueOptions(CLI::App& /*command*/, Context& /*context*/) {}

Result<bool> startQueueWorker(const Home& /*home*/)
{
    return false;
}

Result<Answer> enqueue(const Context& /*context*/, const jobs::JobFolder& folder)
{
    return Error{ErrorCode::Unsupported, "this lori was built without the history, so it has no queue", "work in the job at once",
                 folder.id()};
}

#endif

} // namespace lori::app
