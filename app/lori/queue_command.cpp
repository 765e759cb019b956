// SPDX-License-Identifier: Apache-2.0
// lori queue: jobs that wait in a person's order.
#include "app/lori/history_text.h"
#include "app/lori/queue_worker.h"
#include "app/lori/queueing.h"
#include "app/lori/run_session.h"
#include "core/support/this_machine.h"
#include "core/workers/kinds.h"

#include <iostream>
#include <sstream>

namespace lori::app {

using database::Queue;
using database::QueueContent;
using database::QueueEntry;
using nlohmann::ordered_json;

namespace {

struct QueueArguments {
    std::string job;
    std::string parallel = "1";
    std::int64_t place = 0;
    std::vector<std::string> settings;
    bool hasAt = false;       ///< of an edit: --at was given
    bool hasContinue = false; ///< --continue-on-error or --stop-on-error was
    bool first = false;
    bool last = false;
    bool ended = false;
    bool once = false;
    bool stay = false;
};

/// Kind and name by the folder; "" when it is gone.
std::pair<std::string, std::string> titleOf(const Context& context, const QueueEntry& entry)
{
    const auto record =
        guard([&] { return jobs::JobFolder::open(context.home, entry.folder.string()).value().record().value(); });
    return record ? std::pair(record->kind, record->name) : std::pair<std::string, std::string>();
}

database::History openHistory(const Context& context)
{
    return database::History::open(context.home.historyFile()).value();
}

Answer list(const Context& context)
{
    const database::History history = openHistory(context);
    const QueueContent content = Queue(history).content().value();
    const std::optional<std::int64_t> worker = queueWorkerPid(context.home);
    Answer answer;
    answer.json = {{"paused", content.paused},
                   {"worker", worker ? ordered_json(*worker) : ordered_json()},
                   {"entries", ordered_json::array()}};
    std::vector<std::vector<std::string>> rows{{"", "JOB", "KIND", "STATE", "NAME", ""}};
    for (const QueueEntry& entry : content.entries) {
        const auto [kind, name] = titleOf(context, entry);
        ordered_json row{{"position", rows.size()}, {"kind", kind}, {"name", name}};
        row.update(ordered_json::parse(database::toJson(entry).dump(-1, ' ', false, ordered_json::error_handler_t::replace)));
        answer.json["entries"].push_back(row);
        rows.push_back({std::to_string(rows.size()), entry.job, kind, std::string(database::queueStateName(entry.state)), name,
                        !entry.error.empty()  ? entry.error
                        : entry.startAtMs > 0 ? "from " + localTime(entry.startAtMs)
                                              : std::string()});
    }
    std::ostringstream text;
    if (content.entries.empty()) {
        text << "The queue is empty.\n";
    } else {
        writeTable(rows, text);
    }
    text << (content.paused ? "The queue is paused; lori queue continue goes on.\n" : "")
         << (worker ? "A worker is at work (process " + std::to_string(*worker) + ").\n" : std::string());
    answer.text = text.str();
    return answer;
}

Answer remove(const Context& context, const QueueArguments& a)
{
    if (a.job.empty() == !a.ended) {
        throw Exception(ErrorCode::InvalidArgument, "exactly one of a job and --ended is needed", "see `lori queue list`");
    }
    const database::History history = openHistory(context);
    std::int64_t removed = 1;
    if (a.ended) {
        removed = Queue(history).removeEnded().value();
    } else {
        Queue(history).remove(a.job).value();
    }
    return {{{"removed", removed}}, std::to_string(removed) + " removed from the queue; the folders stay\n", 0};
}

Answer move(const Context& context, const QueueArguments& a)
{
    if (static_cast<int>(a.first) + static_cast<int>(a.last) + static_cast<int>(a.place != 0) != 1) {
        throw Exception(ErrorCode::InvalidArgument, "exactly one of --to, --first and --last is needed",
                        "see lori queue move --help");
    }
    const std::int64_t place = a.first ? 1 : a.last ? std::numeric_limits<std::int64_t>::max() : a.place;
    const database::History history = openHistory(context);
    Queue(history).move(a.job, place).value();
    return list(context);
}

/// What waits may still be changed: its options, when it begins, and what its failure does.
Answer edit(const Context& context, const QueueArguments& a)
{
    std::vector<std::pair<std::string, std::string>> settings;
    for (const std::string& setting : a.settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos) {
            throw Exception(ErrorCode::InvalidArgument, "'" + setting + "' has no '='", "write --set adapter.rank=16", "--set");
        }
        settings.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
    }
    if (settings.empty() && !a.hasAt && !a.hasContinue) {
        throw Exception(ErrorCode::InvalidArgument, "nothing to change is named",
                        "add --set, --at, --continue-on-error or --stop-on-error");
    }
    const database::History history = openHistory(context);
    static_cast<void>(Queue(history)
                          .edit(a.job,
                                [&](QueueEntry& entry) {
                                    if (a.hasAt) {
                                        entry.startAtMs = startTime(context.queue.at, unixMs()).value();
                                    }
                                    if (a.hasContinue) {
                                        entry.continueOnError = context.queue.continueOnError;
                                    }
                                    if (!settings.empty()) {
                                        const auto folder = jobs::JobFolder::open(context.home, entry.folder.string()).value();
                                        workers::editOptions(context.home, folder, settings).value();
                                    }
                                })
                          .value());
    return list(context);
}

Answer setPaused(const Context& context, bool paused)
{
    const database::History history = openHistory(context);
    Queue(history).setPaused(paused).value();
    const bool started = !paused && context.queue.start && startQueueWorker(context.home).value();
    return {{{"paused", paused}, {"workerStarted", started}},
            paused ? "the queue is paused; what is at work goes on\n"
                   : std::string("the queue goes on") + (started ? "; a worker was started\n" : "\n"),
            0};
}

Answer work(const Context& context, const QueueArguments& a)
{
    const QueueWorkOptions options{a.once, a.parallel == "auto", a.stay, &catchInterrupts(), [](const std::string& line) {
                                       std::cerr << line << "\n";
                                   }};
    const QueueWorked worked = workQueue(context.home, options).value();
    Answer answer;
    answer.json = {{"done", worked.done}, {"failed", worked.failed}, {"paused", worked.paused}};
    answer.text = std::to_string(worked.done) + " done, " + std::to_string(worked.failed) + " failed" +
                  (worked.paused ? "; the queue is paused\n" : "\n");
    answer.exitCode = worked.failed > 0 ? 1 : 0;
    return answer;
}

} // namespace

void addQueueCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<QueueArguments>();
    CLI::App* queue =
        app.add_subcommand("queue", "Jobs that wait in your order, and the worker that works them one after another");
    queue->require_subcommand(1);
    const auto add = [&](const char* name, const char* description, std::function<Answer()> action) {
        return addCommand(*queue, context, name, description, [action = std::move(action)] { return guard(action); });
    };
    add("list", "The queue in its order; with --json {\"paused\":…,\"worker\":pid or null,\"entries\":[…]}",
        [&context] { return list(context); });
    CLI::App* adding =
        add("add", "Put a job or run that waits, was stopped, failed or was lost at the end of the queue",
            [a, &context] { return enqueue(context, jobs::JobFolder::open(context.home, a->job).value()).value(); });
    adding->add_option("job", a->job, "Id or folder")->required();
    addQueueDetails(*adding, context);
    CLI::App* removing =
        add("remove", "Take a job out of the queue; its folder stays", [a, &context] { return remove(context, *a); });
    removing->add_option("job", a->job, "Id or folder");
    removing->add_flag("--ended", a->ended, "Everything that is done or failed");
    CLI::App* moving = add("move", "Give a waiting job another place", [a, &context] { return move(context, *a); });
    moving->add_option("job", a->job, "Id or folder")->required();
    moving->add_option("--to", a->place, "Place among those that wait, from 1")->check(CLI::PositiveNumber);
    moving->add_flag("--first", a->first, "Before all others that wait");
    moving->add_flag("--last", a->last, "Behind all others");
    CLI::App* editing = add("edit", "Change a job that waits: its options, when it begins, what its failure does",
                            [a, &context] { return edit(context, *a); });
    editing->add_option("job", a->job, "Id or folder")->required();
    editing->add_option("--set", a->settings, "Change one option, e.g. --set adapter.rank=16 (may be repeated)");
    addQueueDetails(*editing, context);
    editing->parse_complete_callback([a, editing] {
        a->hasAt = editing->count("--at") > 0;
        a->hasContinue = editing->count("--continue-on-error") > 0;
    });
    add("pause", "Begin nothing more; what is at work goes on", [&context] { return setPaused(context, true); });
    CLI::App* going =
        add("continue", "The way back from pause, or from a failure", [&context] { return setPaused(context, false); });
    going->add_flag("--start", context.queue.start, "Start a worker in the background when none is alive");
    CLI::App* working = add("work", "Work the queue here until it is empty or paused; Ctrl+C leaves what is at work alone",
                            [a, &context] { return work(context, *a); });
    working->add_flag("--once", a->once, "Only one entry");
    working
        ->add_option("--parallel", a->parallel,
                     "Jobs at a time: 1, or auto: as many as fit into memory by their plans, with the processor's threads shared")
        ->check(CLI::IsMember({"1", "auto"}))
        ->capture_default_str();
    working->add_flag("--stay", a->stay, "Wait for more when the queue is empty or paused");
}

} // namespace lori::app
