// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/config_issues.h"
#include "core/experiment/published_sets.h"

#include <algorithm>

namespace lori::experiment {

namespace {

constexpr std::array<std::string_view, 4> kStarterTasks{"safety", "maths", "language", "code"};

void checkTaskName(Issues& issues, const std::string& path, const std::string& task)
{
    const auto isOne = [&](const auto& known) {
        return task == known;
    };
    const auto isSet = [&](const PublishedSet& set) {
        return task == set.name;
    };
    const std::vector<PublishedSet>& sets = publishedSets();
    if (std::none_of(kStarterTasks.begin(), kStarterTasks.end(), isOne) && task != kNlu &&
        std::none_of(sets.begin(), sets.end(), isSet)) {
        std::string published(kNlu);
        for (const PublishedSet& set : sets) {
            published.append(", ").append(set.name);
        }
        issues.add(path, messages::kNoSuchTask, {task, published});
    }
}

} // namespace

void checkSource(Issues& issues, const std::string& path, const DataSource& source)
{
    if (source.task.empty() == source.file.empty()) {
        issues.add(path, source.task.empty() ? messages::kNoSource : messages::kTwoSources);
    } else if (!source.task.empty()) {
        checkTaskName(issues, path + ".task", source.task);
    }
    const ColumnMapping& c = source.columns;
    if (!c.messages.empty() && !(c.instruction.empty() && c.input.empty() && c.output.empty() && c.history.empty())) {
        issues.add(path + ".columns", messages::kMessagesAndOthers);
    }
    if (!source.task.empty() && !(c == ColumnMapping{})) {
        issues.add(path + ".columns", messages::kColumnsOfATask);
    }
    if (source.maxRows < 0) {
        issues.add(path + ".maxRows", messages::kNegativeRows, {std::to_string(source.maxRows)});
    }
    issues.inRange(path + ".weight", source.weight, 0.001, 100.0);
}

namespace {

void checkData(Issues& issues, const RunConfig& config)
{
    const DataConfig& data = config.data;
    const bool needsData = std::any_of(config.stages.begin(), config.stages.end(),
                                       [](const StageConfig& s) { return s.kind != StageKind::Mask && s.sources.empty(); });
    if (data.sources.empty() && needsData) {
        issues.add("data.sources", messages::kNoData);
    }
    for (std::size_t i = 0; i < data.sources.size(); ++i) {
        checkSource(issues, place("data.sources", i), data.sources[i]);
    }
    issues.inRange("data.heldOutShare", data.heldOutShare, 0.0, 0.5);
    issues.inRange("data.heldOutMaxRows", data.heldOutMaxRows, 0, kManyTokens);
    issues.inRange("data.maxTokens", data.maxTokens, 8, kManyTokens);
    issues.inRange("data.maxPromptTokens", data.maxPromptTokens, 1, kManyTokens);
    if (data.maxPromptTokens >= data.maxTokens) {
        issues.add("data.maxPromptTokens", messages::kPromptNotBelowRow,
                   {std::to_string(data.maxTokens), std::to_string(data.maxPromptTokens)});
    }
}

void checkAdapter(Issues& issues, const AdapterConfig& adapter)
{
    issues.inRange("adapter.rank", adapter.rank, 1, 1024);
    issues.positive("adapter.alpha", adapter.alpha, "twice the rank is usual");
    issues.inRange("adapter.orthogonalBlock", adapter.orthogonalBlock, -1, 1023);
    if (adapter.targets.empty()) {
        issues.add("adapter.targets", messages::kNoProjection);
    }
    std::vector<Projection> sorted = adapter.targets;
    std::sort(sorted.begin(), sorted.end());
    if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end()) {
        issues.add("adapter.targets", messages::kProjectionTwice, {std::string(projectionName(*twice))});
    }
    if (adapter.ia3Targets.empty()) {
        issues.add("adapter.ia3Targets", messages::kNoProjection);
    }
    for (const Projection p : adapter.ia3FeedForward) {
        if (std::find(adapter.ia3Targets.begin(), adapter.ia3Targets.end(), p) == adapter.ia3Targets.end()) {
            issues.add("adapter.ia3FeedForward", messages::kNotInIa3Targets, {std::string(projectionName(p))});
        }
    }
}

void checkOptimizer(Issues& issues, const OptimizerConfig& o)
{
    for (const auto& [name, beta] : {std::pair{"optimizer.beta1", o.beta1}, std::pair{"optimizer.beta2", o.beta2}}) {
        if (!(beta >= 0 && beta < 1)) {
            issues.add(name, messages::kBetaOutsideRange, {numberText(beta)});
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
                issues.add(path + ".task", messages::kTaskTwice, {e.tasks[i].task});
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
    issues.inRange("evaluation.maskMoments", e.maskMoments, 0, 1000);
    issues.inRange("checkpoint.everySteps", checkpoint.everySteps, 0, kManySteps);
    issues.inRange("checkpoint.keep", checkpoint.keep, 1, 1000);
}

} // namespace

ConfigIssue issueOf(std::string path, const CodedMessage& message, std::vector<std::string> arguments)
{
    return {std::move(path), filled(message.what, arguments), filled(message.hint, arguments), std::string(message.code),
            std::move(arguments)};
}

std::span<const CodedMessage> configMessages()
{
    return messages::kConfigMessages;
}

std::vector<ConfigIssue> validate(const RunConfig& config)
{
    Issues issues;
    if (config.name.find_first_not_of(" \t\r\n") == std::string::npos) {
        issues.add("name", messages::kNoName);
    } else if (config.name.size() > 200) {
        issues.add("name", messages::kLongName);
    }
    if (config.model.empty()) {
        issues.add("model", messages::kNoModel);
    }
    issues.inRange("threads", config.threads, 0, 4096);
    checkData(issues, config);
    checkAdapter(issues, config.adapter);
    checkOptimizer(issues, config.optimizer);
    if (config.stages.empty()) {
        issues.add("stages", messages::kNoStages);
    }
    checkStages(issues, config);
    checkEvaluation(issues, config.evaluation, config.checkpoint);
    checkFloors(issues, config);
    return issues.take();
}

} // namespace lori::experiment
