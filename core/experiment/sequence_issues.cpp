// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/sequence_issues.h"

#include "core/experiment/config_messages.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace lori::experiment {

namespace {

constexpr std::string_view kStages = "stages[";

/// The number in "stages[12].rest" and ".rest"; nothing when the path is another one.
struct StagePath {
    std::int64_t stage = 0;
    std::string_view rest;
};

std::optional<StagePath> stagePath(std::string_view path)
{
    if (!path.starts_with(kStages)) {
        return std::nullopt;
    }
    StagePath found;
    const char* const begin = path.data() + kStages.size();
    const auto [end, problem] = std::from_chars(begin, path.data() + path.size(), found.stage);
    if (problem != std::errc{} || end == path.data() + path.size() || *end != ']') {
        return std::nullopt;
    }
    found.rest = path.substr(static_cast<std::size_t>(end - path.data()) + 1);
    return found;
}

/// Where a person set what a stage of the run says: the fields of a LoRI-S task's calibration have names of their own.
std::string pathInSequence(const SequenceConfig& config, const std::string& path)
{
    const auto place = stagePath(path);
    if (!place) {
        return "run." + path;
    }
    for (std::size_t task = 0; task < config.stages.size(); ++task) {
        const std::int64_t last = lastStageOfTask(config, task);
        if (place->stage > last) {
            continue;
        }
        const SequenceStage& own = config.stages[task];
        std::string rest(place->rest);
        if (traitsOf(own.method).isSparse && place->stage == last - 2) {
            if (rest == ".learningRate") {
                rest = ".calibrationLearningRate";
            } else if (rest == ".steps" && own.calibrationSteps > 0) {
                rest = ".calibrationSteps";
            }
        }
        return std::string(kStages) + std::to_string(task) + "]" + rest;
    }
    return "run." + path;
}

} // namespace

std::vector<ConfigIssue> validate(const SequenceConfig& config)
{
    std::vector<ConfigIssue> issues;
    if (!config.run.stages.empty()) {
        issues.push_back({"run.stages", "must be empty: a sequence makes its own stages", "leave it out"});
    }
    if (config.stages.empty()) {
        issues.push_back(issueOf("stages", messages::kNoStages));
    }
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        const std::string path = std::string(kStages) + std::to_string(i) + "]";
        if (!traitsOf(config.stages[i].method).trains()) {
            issues.push_back(
                {path + ".method", "must be a method that trains, is a mask", "use lori-s, which makes its own mask"});
        }
        if (config.stages[i].sources.empty() && config.run.data.sources.empty()) {
            issues.push_back(issueOf(path + ".sources", messages::kNoData));
        }
    }
    if (!issues.empty()) { // the run would only repeat them in other words
        return issues;
    }
    RunConfig run = config.run;
    run.stages = stagesOf(config);
    for (ConfigIssue& issue : validate(run)) {
        issue.path = pathInSequence(config, issue.path);
        const bool isKnown = std::any_of(issues.begin(), issues.end(), [&](const ConfigIssue& other) {
            return other.path == issue.path && other.problem == issue.problem;
        });
        if (!isKnown) { // a calibration and its LoRI-S share what the task says
            issues.push_back(std::move(issue));
        }
    }
    return issues;
}

} // namespace lori::experiment
