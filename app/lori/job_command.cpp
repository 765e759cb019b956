// SPDX-License-Identifier: Apache-2.0
// lori job: jobs of every kind by their folders.
#include "app/lori/job_session.h"
#include "core/experiment/config_words.h"
#include "core/experiment/number_text.h"
#include "core/jobs/control.h"
#include "core/jobs/job_lock.h"
#include "core/jobs/job_state.h"
#include "core/jobs/run_folder.h"
#include "core/runs/branch.h"
#include "core/support/files.h"
#include "core/support/this_machine.h"

#include <algorithm>

namespace lori::app {

namespace {

using nlohmann::ordered_json;

struct JobArguments {
    std::string job;
    std::string kind;
    std::string setting;
    double value = 0;
    std::string name;
    double learningRate = 0;
    std::int64_t steps = 0;
    std::int64_t evaluateEvery = -1;
    bool good = false;
};

jobs::JobState stateOf(const jobs::JobFolder& folder)
{
    const jobs::JobState state = jobs::stateSince(folder, 0, unixMs()).value().state;
    return state == jobs::JobState::Waiting && std::filesystem::exists(folder.eventsFile()) ? jobs::JobState::Lost : state;
}

ordered_json summaryOf(const jobs::JobFolder& folder)
{
    const jobs::JobRecord record = folder.record().value();
    return {{"job", folder.id()},
            {"kind", record.kind},
            {"name", record.name},
            {"state", std::string(jobs::jobStateName(stateOf(folder)))},
            {"createdMs", record.createdMs},
            {"folder", folder.path().string()}};
}

Answer show(const Context& context, const std::string& job)
{
    const jobs::JobFolder folder = jobs::JobFolder::open(context.home, job).value();
    const jobs::JobRecord record = folder.record().value();
    Answer answer;
    answer.json = summaryOf(folder);
    answer.json["options"] = ordered_json::parse(record.options.dump());
    if (std::filesystem::exists(folder.resultFile())) {
        answer.json["result"] = ordered_json::parse(readTextFile(folder.resultFile()).value(), nullptr, false);
    }
    answer.text =
        record.kind + "  " + record.name + "\n" + answer.json["state"].get<std::string>() + "  " + folder.path().string() + "\n";
    const std::filesystem::path report = folder.path() / "report.md";
    if (std::filesystem::exists(report)) {
        answer.text += "\n" + readTextFile(report).value();
    }
    return answer;
}

Answer list(const Context& context, const std::string& kind)
{
    std::vector<std::filesystem::path> folders;
    for (const std::filesystem::path& place : {context.home.jobs(), context.home.runs()}) {
        std::error_code none; // no place, no jobs
        for (const auto& entry : std::filesystem::directory_iterator(place, none)) {
            if (entry.is_directory() && entry.path().filename().string().front() != '.') {
                folders.push_back(entry.path());
            }
        }
    }
    std::sort(folders.begin(), folders.end(), [](const auto& a, const auto& b) { return a.filename() > b.filename(); });
    Answer answer;
    answer.json["jobs"] = ordered_json::array();
    for (const std::filesystem::path& path : folders) {
        const auto summary = guard([&] { return summaryOf(jobs::JobFolder::open(context.home, path.string()).value()); });
        if (!summary || (!kind.empty() && (*summary)["kind"] != kind)) {
            continue; // a folder that is no job
        }
        answer.json["jobs"].push_back(*summary);
        answer.text += (*summary)["job"].get<std::string>() + "  " + (*summary)["kind"].get<std::string>() + "  " +
                       (*summary)["state"].get<std::string>() + "  " + (*summary)["name"].get<std::string>() + "\n";
    }
    if (answer.text.empty()) {
        answer.text = kind.empty() ? "There are no jobs yet.\n" : "There are no jobs of this kind.\n";
    }
    return answer;
}

/// Another value of a setting of the stage at work, from its next step on.
Answer set(const Context& context, const JobArguments& a)
{
    const jobs::RunFolder folder = jobs::RunFolder::open(context.home, a.job).value();
    const auto what = fromWord<experiment::Setting>(a.setting).value();
    if (!jobs::JobLock::holder(folder)) {
        throw Exception(ErrorCode::InvalidArgument, "nobody works on this run",
                        "settings are changed while a run is at work; lori job branch goes on from its end with others",
                        folder.id());
    }
    folder.sendChange({0, what, a.value}).value();
    return {{{"job", folder.id()}, {"setting", a.setting}, {"value", a.value}},
            "asked " + folder.id() + " for " + a.setting + " " + experiment::numberText(a.value) + "\n",
            0};
}

/// Ends the training stage at work after its step: a length of one step is as many as are done.
Answer endStage(const Context& context, const std::string& job)
{
    JobArguments a;
    a.job = job;
    a.setting = wordOf(experiment::Setting::Steps);
    a.value = 1;
    return set(context, a);
}

Answer branch(const Context& context, const JobArguments& a)
{
    const jobs::RunFolder parent = jobs::RunFolder::open(context.home, a.job).value();
    runs::Branch wanted{a.name, {}, a.good ? runs::BranchStart::Good : runs::BranchStart::Newest};
    if (a.learningRate > 0) {
        wanted.changes.push_back({0, experiment::Setting::LearningRate, a.learningRate});
    }
    if (a.steps > 0) {
        wanted.changes.push_back({0, experiment::Setting::Steps, static_cast<double>(a.steps)});
    }
    if (a.evaluateEvery >= 0) {
        wanted.changes.push_back({0, experiment::Setting::EvaluateEvery, static_cast<double>(a.evaluateEvery)});
    }
    const runs::BranchPoint point = runs::branchPoint(parent, wanted.start).value();
    const jobs::RunFolder made = runs::branchRun(context.home, parent, wanted).value();
    return {{{"job", made.id()}, {"parent", parent.id()}, {"stage", point.stage}, {"step", point.step}},
            made.id() + " goes on from step " + std::to_string(point.step) + " of " + point.stageName + ": lori job resume " +
                made.id() + "\n",
            0};
}

/// What a run did, changes included, as a configuration.
Answer recipe(const Context& context, const std::string& job)
{
    const auto config = jobs::RunFolder::open(context.home, job).value().recipe().value();
    const nlohmann::json json = experiment::toJson(config);
    return {json, json.dump(2) + "\n", 0};
}

Answer ask(const Context& context, const std::string& job, jobs::Command command)
{
    const jobs::JobFolder folder = jobs::JobFolder::open(context.home, job).value();
    folder.sendCommand(command).value();
    const std::string name(jobs::commandName(command));
    return {{{"job", folder.id()}, {"asked", name}}, "asked " + folder.id() + " to " + name + "\n", 0};
}

} // namespace

void addJobCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<JobArguments>();
    CLI::App* job = app.add_subcommand("job", "Jobs of every kind: what they are, go on with one, pause or stop one");
    job->require_subcommand(1);
    CLI::App* listing = addCommand(*job, context, "list", "All jobs, newest first",
                                   [a, &context] { return guard([&] { return list(context, a->kind); }); });
    listing->add_option("--kind", a->kind, "Only those of this kind");
    const auto withJob = [&](const char* name, const char* description, std::function<Result<Answer>()> action) {
        addCommand(*job, context, name, description, std::move(action))->add_option("job", a->job, "Id or folder")->required();
    };
    withJob("show", "State, options and result of a job", [a, &context] { return guard([&] { return show(context, a->job); }); });
    const auto resume = [a, &context]() -> Result<Answer> {
        const auto folder = jobs::JobFolder::open(context.home, a->job);
        return folder ? workInJobFolder(context, *folder) : Result<Answer>(folder.error());
    };
    withJob("resume", "Work in a job that waits, was stopped, killed or failed", resume);
    withJob("recipe", "The configuration of a run with all that was changed while it was at work",
            [a, &context] { return guard([&] { return recipe(context, a->job); }); });
    withJob("end-stage", "End the training stage at work after its step and go on with the next",
            [a, &context] { return guard([&] { return endStage(context, a->job); }); });
    CLI::App* setting = addCommand(*job, context, "set", "Change a setting of the training stage at work, from its next step on",
                                   [a, &context] { return guard([&] { return set(context, *a); }); });
    setting->add_option("job", a->job, "Id or folder of a run")->required();
    setting->add_option("setting", a->setting, "learning-rate, steps or evaluate-every")->required();
    setting->add_option("value", a->value, "Its new value")->required();
    CLI::App* branching =
        addCommand(*job, context, "branch", "Make a run that goes on from a checkpoint of a run with other settings",
                   [a, &context] { return guard([&] { return branch(context, *a); }); });
    branching->add_option("job", a->job, "Id or folder of a run")->required();
    branching->add_option("--name", a->name, "Name of the new run");
    branching->add_flag("--good", a->good,
                        "From the last check before a score fell below its floor, not from the newest checkpoint");
    branching->add_option("--learning-rate", a->learningRate, "From there on")->check(CLI::PositiveNumber);
    branching->add_option("--steps", a->steps, "Length of the stage, the steps that are done included")
        ->check(CLI::PositiveNumber);
    branching->add_option("--evaluate-every", a->evaluateEvery, "Steps between two checks, 0 for none before the stage's end")
        ->check(CLI::NonNegativeNumber);
    const std::pair<const char*, jobs::Command> asks[] = {
        {"pause", jobs::Command::Pause}, {"continue", jobs::Command::Continue}, {"stop", jobs::Command::StopAndKeep}};
    for (const auto& [name, command] : asks) {
        withJob(name, "Ask the worker of a job",
                [a, &context, command = command] { return guard([&] { return ask(context, a->job, command); }); });
    }
}

} // namespace lori::app
