// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/config_issues.h"

#include <algorithm>

namespace lori::experiment {

namespace {

constexpr std::array<std::string_view, 4> kStarterTasks{"safety", "maths", "language", "code"};
/// Published sets that core/tasks reads (design §3); their files are looked for only when a run needs them.
constexpr std::array<std::string_view, 12> kPublishedSets{"boolq", "piqa", "siqa", "hellaswag", "winogrande", "arc-e",
                                                          "arc-c", "obqa", "nlu",  "gsm8k",     "humaneval",  "safety-prompts"};

void checkTaskName(Issues& issues, const std::string& path, const std::string& task)
{
    const auto knows = [&](const auto& names) {
        return std::find(names.begin(), names.end(), task) != names.end();
    };
    if (!knows(kStarterTasks) && !knows(kPublishedSets)) {
        std::string published;
        for (const std::string_view name : kPublishedSets) {
            published.append(published.empty() ? "" : ", ").append(name);
        }
        issues.add(path, "\"" + task + "\" is no task", "use safety, maths, language or code, or a published set: " + published);
    }
}

} // namespace

void checkSource(Issues& issues, const std::string& path, const DataSource& source)
{
    if (source.task.empty() == source.file.empty()) {
        issues.add(path, source.task.empty() ? "names neither a task nor a file" : "names both a task and a file",
                   "give exactly one of the two");
    } else if (!source.task.empty()) {
        checkTaskName(issues, path + ".task", source.task);
    }
    const ColumnMapping& c = source.columns;
    if (!c.messages.empty() && !(c.instruction.empty() && c.input.empty() && c.output.empty() && c.history.empty())) {
        issues.add(path + ".columns", "names a messages column together with others",
                   "use messages alone, or instruction, input and output");
    }
    if (!source.task.empty() && !(c == ColumnMapping{})) {
        issues.add(path + ".columns", "columns belong to files, this source is a starter task", "leave them empty");
    }
    if (source.maxRows < 0) {
        issues.add(path + ".maxRows", "must be 0 (all) or more, is " + std::to_string(source.maxRows), "use 0 for all rows");
    }
}

namespace {

void checkData(Issues& issues, const RunConfig& config)
{
    const DataConfig& data = config.data;
    const bool needsData = std::any_of(config.stages.begin(), config.stages.end(),
                                       [](const StageConfig& s) { return s.kind != StageKind::Mask && s.sources.empty(); });
    if (data.sources.empty() && needsData) {
        issues.add("data.sources", "there is nothing to train on", "add a starter task or a file");
    }
    for (std::size_t i = 0; i < data.sources.size(); ++i) {
        checkSource(issues, place("data.sources", i), data.sources[i]);
    }
    issues.inRange("data.heldOutShare", data.heldOutShare, 0.0, 0.5);
    issues.inRange("data.heldOutMaxRows", data.heldOutMaxRows, 0, kManyTokens);
    issues.inRange("data.maxTokens", data.maxTokens, 8, kManyTokens);
    issues.inRange("data.maxPromptTokens", data.maxPromptTokens, 1, kManyTokens);
    if (data.maxPromptTokens >= data.maxTokens) {
        issues.add("data.maxPromptTokens",
                   "must be below maxTokens (" + std::to_string(data.maxTokens) + "), is " + std::to_string(data.maxPromptTokens),
                   "leave room for the response");
    }
}

void checkAdapter(Issues& issues, const AdapterConfig& adapter)
{
    issues.inRange("adapter.rank", adapter.rank, 1, 1024);
    issues.positive("adapter.alpha", adapter.alpha, "twice the rank is usual");
    if (adapter.targets.empty()) {
        issues.add("adapter.targets", "no projection is chosen", "choose at least one");
    }
    std::vector<Projection> sorted = adapter.targets;
    std::sort(sorted.begin(), sorted.end());
    if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end()) {
        issues.add("adapter.targets", std::string(projectionName(*twice)) + " is named twice", "name each projection once");
    }
    if (adapter.ia3Targets.empty()) {
        issues.add("adapter.ia3Targets", "no projection is chosen", "choose at least one");
    }
    for (const Projection p : adapter.ia3FeedForward) {
        if (std::find(adapter.ia3Targets.begin(), adapter.ia3Targets.end(), p) == adapter.ia3Targets.end()) {
            issues.add("adapter.ia3FeedForward", std::string(projectionName(p)) + " is not among ia3Targets",
                       "name it there too, or leave it out here");
        }
    }
}

void checkOptimizer(Issues& issues, const OptimizerConfig& o)
{
    for (const auto& [name, beta] : {std::pair{"optimizer.beta1", o.beta1}, std::pair{"optimizer.beta2", o.beta2}}) {
        if (!(beta >= 0 && beta < 1)) {
            issues.add(name, "must be at least 0 and below 1, is " + numberText(beta), "0.9 and 0.999 are usual");
        }
    }
    issues.positive("optimizer.epsilon", o.epsilon, "1e-8 is usual");
    issues.inRange("optimizer.weightDecay", o.weightDecay, 0.0, 10.0);
    issues.positive("optimizer.maxGradNorm", o.maxGradNorm, "1 is usual; to switch clipping off set optimizer.clip to none");
    issues.inRange("optimizer.warmupSteps", o.warmupSteps, 0, kManySteps);
}

void checkEvaluation(Issues& issues, const EvaluationConfig& e, const CheckpointConfig& checkpoint)
{
    for (std::size_t i = 0; i < e.tasks.size(); ++i) {
        const std::string path = place("evaluation.tasks", i);
        checkTaskName(issues, path + ".task", e.tasks[i].task);
        for (std::size_t j = 0; j < i; ++j) {
            if (e.tasks[j].task == e.tasks[i].task) {
                issues.add(path + ".task", "\"" + e.tasks[i].task + "\" is named twice", "name each task once");
            }
        }
        issues.inRange(path + ".limit", e.tasks[i].limit, 0, kManyTokens);
        issues.inRange(path + ".samples", e.tasks[i].samples, 1, 1000);
    }
    issues.inRange("evaluation.everySteps", e.everySteps, 0, kManySteps);
    issues.inRange("evaluation.everyLimit", e.everyLimit, e.everySteps > 0 ? 1 : 0, kManyTokens);
    issues.inRange("evaluation.maxNewTokens", e.maxNewTokens, 1, 8192);
    issues.inRange("evaluation.batchRows", e.batchRows, 1, 4096);
    issues.inRange("evaluation.heldOutEverySteps", e.heldOutEverySteps, 0, kManySteps);
    issues.inRange("checkpoint.everySteps", checkpoint.everySteps, 0, kManySteps);
    issues.inRange("checkpoint.keep", checkpoint.keep, 1, 1000);
}

} // namespace

std::vector<ConfigIssue> validate(const RunConfig& config)
{
    Issues issues;
    if (config.name.find_first_not_of(" \t\r\n") == std::string::npos) {
        issues.add("name", "is empty", "give the run a name");
    } else if (config.name.size() > 200) {
        issues.add("name", "is longer than 200 bytes", "shorten it; the purpose may be longer");
    }
    if (config.model.empty()) {
        issues.add("model", "is empty", "choose a registered model or a folder");
    }
    issues.inRange("threads", config.threads, 0, 4096);
    checkData(issues, config);
    checkAdapter(issues, config.adapter);
    checkOptimizer(issues, config.optimizer);
    if (config.stages.empty()) {
        issues.add("stages", "there are no stages", "add at least a LoRI-D stage");
    }
    checkStages(issues, config);
    checkEvaluation(issues, config.evaluation, config.checkpoint);
    checkFloors(issues, config);
    return issues.take();
}

} // namespace lori::experiment
