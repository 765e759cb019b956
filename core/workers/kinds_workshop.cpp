// SPDX-License-Identifier: Apache-2.0
#include "core/workers/kinds_workshop.h"

#include "core/experiment/sequence.h"
#include "core/jobs/job_state.h"
#include "core/runs/run_inputs.h"
#include "core/support/files.h"
#include "core/support/this_machine.h"
#include "core/workers/kinds.h"
#include "core/workers/measure_job.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <charconv>

namespace lori::workers {

namespace fs = std::filesystem;
using experiment::RunConfig;
using experiment::StageKind;
using jobs::GraphNode;
using jobs::JobFolder;
using nlohmann::json;

namespace {

constexpr std::size_t kKeyDigits = 12; // 48 bits: two different steps of one name never meet
constexpr const char* kMerged = "merged";

bool trains(const std::string& kind)
{
    return kind == "train" || kind == "sequence";
}

RunConfig configOf(const GraphNode& node)
{
    return node.kind == "sequence" ? experiment::expandSequence(experiment::sequenceFromJson(node.options).value()).value()
                                   : experiment::runConfigFromJson(node.options).value();
}

/// What a stage of a run makes, relative to the run's folder.
std::string madeBy(const RunConfig& run, const std::string& part, const std::string& node)
{
    auto stage = static_cast<std::int64_t>(run.stages.size()) - 1;
    if (part.empty()) {
        while (stage > 0 && run.stages[static_cast<std::size_t>(stage)].kind == StageKind::Mask) {
            --stage;
        }
    } else {
        const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), stage);
        if (problem != std::errc{} || end != part.data() + part.size() || stage < 0 ||
            stage >= static_cast<std::int64_t>(run.stages.size())) {
            throw Exception(ErrorCode::InvalidArgument, "the run has no stage " + part, "write it as @step:0", "@" + node);
        }
    }
    const StageKind kind = run.stages[static_cast<std::size_t>(stage)].kind;
    const std::string number = std::to_string(stage);
    return kind == StageKind::Mask ? "masks/" + number + "-mask.safetensors"
                                   : "adapter/" + number + "-" + std::string(experiment::stageKindName(kind));
}

bool isRun(const fs::path& folder)
{
    return fs::exists(folder / "config.json");
}

json resultIn(const fs::path& folder)
{
    const auto text = readTextFile(folder / "result.json");
    return text ? json::parse(*text, nullptr, false) : json();
}

/// Unfinished, and not thrown away by a person.
bool canGoOn(const JobFolder& folder)
{
    const jobs::StateOfJob now = jobs::stateSince(folder, 0, unixMs()).value();
    return now.state != jobs::JobState::Finished && !now.discarded;
}

/// Whether a run reads what it read when it began: other rows under the same names are other work.
bool hasItsInputs(const jobs::RunFolder& run, const runs::ResumeState& state)
{
    return runs::compareInputs(state, runs::runInputs(run.config().value()).value()).changed.empty();
}

} // namespace

KindsWorkshop::KindsWorkshop(Home home, std::string prefix)
    : m_home(std::move(home)),
      m_prefix(std::move(prefix)),
      m_keys(m_home),
      m_measurer(std::make_shared<recipes::Measurer>(m_home)),
      m_threads(at::get_num_threads())
{
}

std::string KindsWorkshop::keyOf(const std::string& kind, const json& options)
{
    return m_keys.of(kind, options);
}

std::string KindsWorkshop::partOf(const GraphNode& node, const std::string& part)
{
    if (trains(node.kind)) {
        return madeBy(configOf(node), part, node.id);
    }
    if (node.kind != "merge" || !part.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "a step of the kind '" + node.kind + "' makes nothing of that name",
                        "name a training or a merge", "@" + node.id + (part.empty() ? "" : ":" + part));
    }
    return kMerged;
}

fs::path KindsWorkshop::placeOf(const fs::path& folder, const std::string& part)
{
    std::vector<fs::path> places{folder / part};
    if (part == kMerged) {
        const json result = resultIn(folder);
        if (result.is_object() && result.contains("folder") && result["folder"].is_string()) {
            places.emplace_back(result["folder"].get<std::string>()); // of a merge that was told where to
        }
        places.push_back(folder / "adapter"); // of an older program's step
    }
    for (const fs::path& place : places) {
        if (fs::exists(place)) {
            return place;
        }
    }
    throw Exception(ErrorCode::NotFound, "what the step made is no longer there",
                    "move its run to the trash, so that it is done again", places.front().string());
}

bool KindsWorkshop::isDone(const fs::path& folder) const
{
    const auto done = guard([&] {
        if (isRun(folder)) {
            const jobs::RunFolder run = jobs::RunFolder::open(m_home, folder.string()).value();
            const runs::ResumeState state = runs::readResumeState(run).value();
            return state.finished && hasItsInputs(run, state);
        }
        const json result = resultIn(folder);
        return result.is_object() &&
               (!fs::exists(folder / "job.json") ||
                jobs::stateSince(JobFolder::open(m_home, folder.string()).value(), 0, unixMs()).value().state ==
                    jobs::JobState::Finished);
    });
    return done && *done;
}

std::optional<fs::path> KindsWorkshop::findDone(const GraphNode& /*node*/, const std::string& key)
{
    const std::vector<fs::path>& folders = m_keys.folders(key);
    const auto found = std::find_if(folders.rbegin(), folders.rend(), [&](const fs::path& folder) { return isDone(folder); });
    return found == folders.rend() ? std::nullopt : std::optional(*found);
}

JobFolder KindsWorkshop::runFor(const GraphNode& node, const std::string& key)
{
    RunConfig config = experiment::runConfigFromJson(node.options).value();
    config.name = node.name.empty() ? config.name : node.name;
    const std::string id = m_prefix + "-" + node.id + "-" + key.substr(0, kKeyDigits);
    constexpr int kAttempts = 100;
    for (int attempt = 1; attempt <= kAttempts; ++attempt) {
        const std::string own = attempt == 1 ? id : id + "-" + std::to_string(attempt);
        const jobs::RunFolder run = jobs::RunFolder::createOrOpen(m_home, config, own).value();
        const runs::ResumeState state = runs::readResumeState(run).value();
        if (!state.discarded && hasItsInputs(run, state)) {
            return run;
        }
    }
    throw Exception(ErrorCode::AlreadyExists, "could not find a free name for the run's folder",
                    "move the discarded ones to the trash", id);
}

JobFolder KindsWorkshop::folderFor(const GraphNode& node, const std::string& key)
{
    for (const fs::path& folder : m_keys.folders(key)) {
        const auto job = JobFolder::open(m_home, folder.string());
        if (!job || !canGoOn(*job)) {
            continue;
        }
        // Only what a graph began: a person's own run that was stopped stays stopped.
        const bool isOurs = isRun(folder) ? folder.filename().string().rfind("recipe-", 0) == 0 ||
                                                folder.filename().string().rfind(m_prefix + "-", 0) == 0
                                          : job->record().value().key == key;
        if (!isOurs || (isRun(folder) && !guard([&] {
                                              const jobs::RunFolder run = jobs::RunFolder::open(m_home, folder.string()).value();
                                              return hasItsInputs(run, runs::readResumeState(run).value());
                                          }).value())) {
            continue;
        }
        return *job;
    }
    if (node.kind == "train") {
        return runFor(node, key);
    }
    return createFolder(m_home, {node.kind, node.name.empty() ? node.id : node.name, node.options, key, 0}).value();
}

std::unique_ptr<jobs::JobKind> KindsWorkshop::kindOf(const JobFolder& folder)
{
    at::set_num_threads(m_threads); // what a step measures does not hang on whether this process did the one before it
    const jobs::JobRecord record = folder.record().value();
    if (record.kind == "measure") {
        return std::make_unique<MeasureJob>(m_home, experiment::measureFromJson(record.options).value(), m_measurer);
    }
    m_measurer->release(); // others load the model themselves
    return makeKind(m_home, record).value();
}

jobs::JobPlan KindsWorkshop::planOf(const GraphNode& node)
{
    const auto kind = makeKind(m_home, {node.kind, node.name, node.options, {}, 0}).value();
    const bool waits = node.options.dump().find("\"@") != std::string::npos;
    if (waits && !trains(node.kind) && node.kind != "measure") { // they open what is not there yet
        return {.what = node.kind + " of what comes before"};
    }
    return kind->plan();
}

Result<JobFolder> unfinishedOrNew(const Home& home, jobs::JobRecord record)
{
    return guard([&]() -> JobFolder {
        JobKeys keys(home);
        record.key = keys.of(record.kind, record.options);
        for (const fs::path& folder : keys.folders(record.key)) {
            const auto job = JobFolder::open(home, folder.string());
            if (job && job->record().value().key == record.key && canGoOn(*job)) {
                return *job;
            }
        }
        return createFolder(home, record).value();
    });
}

} // namespace lori::workers
