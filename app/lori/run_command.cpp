// SPDX-License-Identifier: Apache-2.0
// lori run: makes or opens a run's folder and works in it, with progress on a terminal and the history kept up to date.
#include "app/lori/command.h"
#include "app/lori/queueing.h"
#include "app/lori/run_session.h"
#include "core/jobs/job_lock.h"
#include "core/runs/report.h"
#include "core/training/checkpoint.h"

#include <optional>

namespace lori::app {

namespace {

struct RunArguments {
    std::string configFile;
    std::string preset;
    std::string folder;
    std::string resume;
    std::string name;
    std::string device;
    std::vector<std::string> settings;
    bool rewind = false;
    bool acceptChangedData = false;
};

experiment::RunConfig configOf(const RunArguments& a)
{
    experiment::RunConfig config =
        a.configFile.empty() ? experiment::findPreset(a.preset).value().config : experiment::readRunConfig(a.configFile).value();
    if (!a.name.empty()) {
        config.name = a.name;
    }
    if (!a.device.empty()) {
        experiment::setField(config, "device", a.device).value();
    }
    for (const std::string& setting : a.settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos) {
            throw Exception(ErrorCode::InvalidArgument, "'" + setting + "' has no '='", "write --set adapter.rank=16", "--set");
        }
        experiment::setField(config, setting.substr(0, equals), setting.substr(equals + 1)).value();
    }
    if (const auto issues = experiment::validate(config); !issues.empty()) {
        throw Exception(ErrorCode::InvalidArgument, issues.front().problem, issues.front().hint, issues.front().path);
    }
    return config;
}

jobs::RunFolder folderOf(const Context& context, const RunArguments& a)
{
    const int ways =
        (a.configFile.empty() ? 0 : 1) + (a.preset.empty() ? 0 : 1) + (a.folder.empty() ? 0 : 1) + (a.resume.empty() ? 0 : 1);
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
    return jobs::RunFolder::create(context.home, configOf(a)).value();
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
    command->add_option("--config", a->configFile, "Configuration (JSON); 'Show recipe' in the window writes one");
    command->add_option("--preset", a->preset, "quick-look, paper-lori-d or paper-lori-s-90");
    command->add_option("--set", a->settings, "Change one field, e.g. --set adapter.rank=16 (may be repeated)");
    command->add_option("--name", a->name, "Name of the run");
    command->add_option("--device", a->device, "Where to compute")->check(CLI::IsMember({"auto", "cpu", "cuda"}));
    command->add_option("--resume", a->resume, "Go on with a run that was stopped, killed or failed");
    command->add_flag("--rewind", a->rewind, "With --resume: go back to the last checkpoint before a score fell below its floor");
    command->add_flag("--accept-changed-data", a->acceptChangedData,
                      "With --resume: go on although data, masks or adapters changed since the run began; the run records it");
    command->add_option("--folder", a->folder, "Work in this run folder (the window starts runs so)");
    addQueueOptions(*command, context);
}

} // namespace lori::app
