// SPDX-License-Identifier: Apache-2.0
// lori run: makes or opens a run's folder and works in it, with progress on a terminal and the history kept up to date.
#include "app/lori/command.h"
#include "app/lori/queueing.h"
#include "app/lori/run_config_options.h"
#include "app/lori/run_session.h"
#include "core/experiment/config_issue.h"
#include "core/jobs/job_lock.h"
#include "core/runs/report.h"
#include "core/training/checkpoint.h"

#include <optional>

namespace lori::app {

namespace {

struct RunArguments {
    RunConfigOptions config;
    std::string folder;
    std::string resume;
    bool rewind = false;
    bool acceptChangedData = false;
};

jobs::RunFolder folderOf(const Context& context, const RunArguments& a)
{
    const int ways = (a.config.configFile.empty() ? 0 : 1) + (a.config.preset.empty() ? 0 : 1) + (a.folder.empty() ? 0 : 1) +
                     (a.resume.empty() ? 0 : 1);
    if (ways != 1) {
        throw Exception(ErrorCode::InvalidArgument, "exactly one of --config, --preset, --resume and --folder is needed",
                        "for a first run use lori run --preset quick-look");
    }
    if (a.rewind && a.resume.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "--rewind goes with --resume", "name the run in --resume");
    }
    if (a.acceptChangedData && a.resume.empty() && a.folder.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "--accept-changed-data goes with --resume", "name the run in --resume");
    }
    if (a.acceptChangedData && context.queue.asked) {
        throw Exception(ErrorCode::InvalidArgument, "--accept-changed-data does not go with --queue",
                        "go on with the run at once, or leave the first one out");
    }
    if (!a.folder.empty() || !a.resume.empty()) {
        jobs::RunFolder folder = jobs::RunFolder::open(context.home, a.folder.empty() ? a.resume : a.folder).value();
        if (a.rewind) {
            auto lock = jobs::JobLock::acquire(folder).value(); // nobody may be working in it
            static_cast<void>(training::rewindToGoodCheckpoint(folder.checkpoints()).value());
        }
        return folder;
    }
    return jobs::RunFolder::create(context.home, a.config.config()).value();
}

Result<Answer> run(const Context& context, const RunArguments& a)
{
    const auto folder = guard([&] { return folderOf(context, a); });
    if (!folder) {
        return folder.error();
    }
    if (context.queue.asked) {
        return enqueue(context, *folder);
    }
    const auto session = workInFolder(context, *folder, a.acceptChangedData);
    if (!session) {
        return session.error();
    }
    Answer answer;
    answer.json = nlohmann::ordered_json::parse(session->result.dump());
    answer.text = runs::reportText(session->result) + "\nReport:   " + (folder->path() / "report.md").string() +
                  "\nAdapters: " + (folder->path() / "adapter").string() + "\nHistory:  " + session->history + "\n";
    return answer;
}

} // namespace

void addRunCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<RunArguments>();
    CLI::App* command = addCommand(app, context, "run", "Train, score and keep an experiment; Ctrl+C stops and keeps it",
                                   [a, &context] { return run(context, *a); });
    a->config.addTo(*command);
    command->add_option("--resume", a->resume, "Go on with a run that was stopped, killed or failed");
    command->add_flag("--rewind", a->rewind, "With --resume: go back to the last checkpoint before a score fell below its floor");
    command->add_flag("--accept-changed-data", a->acceptChangedData,
                      "With --resume: go on although data, masks or adapters changed since the run began; the run records it");
    command->add_option("--folder", a->folder, "Work in this run folder (the window starts runs so)");
    addQueueOptions(*command, context);
}

} // namespace lori::app
