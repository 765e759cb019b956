// SPDX-License-Identifier: Apache-2.0
// lori sequence: continual learning, task after task on one adapter.
#include "app/lori/queueing.h"
#include "app/lori/run_session.h"
#include "core/runs/sequence_report.h"
#include "core/runs/transfer.h"

namespace lori::app {

namespace {

struct SequenceArguments {
    std::string configFile;
    std::string resume;
    std::string name;
};

jobs::RunFolder folderOf(const Context& context, const SequenceArguments& a)
{
    if (a.configFile.empty() == a.resume.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "exactly one of --config and --resume is needed", "see lori sequence --help");
    }
    if (!a.resume.empty()) {
        return jobs::RunFolder::open(context.home, a.resume).value();
    }
    experiment::SequenceConfig sequence = experiment::readSequence(a.configFile).value();
    if (!a.name.empty()) {
        sequence.run.name = a.name;
    }
    return runs::createSequenceRun(context.home, sequence).value();
}

Result<Answer> run(const Context& context, const SequenceArguments& a)
{
    const auto folder = guard([&] { return folderOf(context, a); });
    if (!folder) {
        return folder.error();
    }
    const auto sequence = runs::sequenceOf(*folder);
    if (!sequence) {
        return sequence.error();
    }
    if (!*sequence) {
        return Error{ErrorCode::InvalidArgument, "this run is no sequence", "go on with lori run --resume", folder->id()};
    }
    if (context.queue.asked) {
        return enqueue(context, *folder);
    }
    const auto session = workInFolder(context, *folder);
    if (!session) {
        return session.error();
    }
    return guard([&] {
        const auto rows = runs::transferOf(*folder, **sequence, session->result).value();
        Answer answer;
        answer.json = nlohmann::ordered_json::parse(session->result.dump());
        answer.json["transfer"] = runs::toJson(rows);
        answer.text = "# " + (*sequence)->run.name + "\n\n" + runs::transferText(rows, **sequence) +
                      "\nFolder:  " + folder->path().string() + "\nHistory: " + session->history + "\n";
        return answer;
    });
}

} // namespace

void addSequenceCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<SequenceArguments>();
    CLI::App* command = addCommand(app, context, "sequence", "Learn task after task and measure what is forgotten",
                                   [a, &context] { return run(context, *a); });
    command->add_option("--config", a->configFile, "Sequence (JSON): run settings and tasks in order");
    command->add_option("--resume", a->resume, "Go on with a sequence that was stopped, killed or failed");
    command->add_option("--name", a->name, "Name of the run");
    addQueueOptions(*command, context);
}

} // namespace lori::app
