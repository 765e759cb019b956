// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/number_text.h"
#include "core/experiment/run_config.h"

#include <algorithm>
#include <cmath>

namespace lori::experiment {

namespace {

constexpr std::array<std::string_view, 4> kStarterTasks{"safety", "maths", "language", "code"};
constexpr std::int64_t kManySteps = 10'000'000;
constexpr std::int64_t kManyTokens = 1'000'000;

/// Collects what is wrong.
class Issues final {
public:
    void add(std::string path, std::string problem, std::string hint)
    {
        m_list.push_back({std::move(path), std::move(problem), std::move(hint)});
    }
    void inRange(const std::string& path, std::int64_t value, std::int64_t low, std::int64_t high)
    {
        if (value < low || value > high) {
            add(path, "must be between " + std::to_string(low) + " and " + std::to_string(high) + ", is " + std::to_string(value),
                "choose a value in that range");
        }
    }
    /// NaN and infinities are outside every range.
    void inRange(const std::string& path, double value, double low, double high)
    {
        if (!(value >= low && value <= high)) {
            add(path, "must be between " + numberText(low) + " and " + numberText(high) + ", is " + numberText(value),
                "choose a value in that range");
        }
    }
    void positive(const std::string& path, double value, const std::string& hint)
    {
        if (!(std::isfinite(value) && value > 0)) {
            add(path, "must be a finite number above 0, is " + numberText(value), hint);
        }
    }
    [[nodiscard]] std::vector<ConfigIssue> take() { return std::move(m_list); }

private:
    std::vector<ConfigIssue> m_list;
};

std::string place(const std::string& list, std::size_t index)
{
    return list + "[" + std::to_string(index) + "]";
}

void checkTaskName(Issues& issues, const std::string& path, const std::string& task)
{
    if (std::find(kStarterTasks.begin(), kStarterTasks.end(), task) == kStarterTasks.end()) {
        issues.add(path, "\"" + task + "\" is not a starter task", "use safety, maths, language or code");
    }
}

void checkSource(Issues& issues, const std::string& path, const DataSource& source)
{
    if (source.task.empty() == source.file.empty()) {
        issues.add(path, source.task.empty() ? "names neither a task nor a file" : "names both a task and a file",
                   "give exactly one of the two");
    } else if (!source.task.empty()) {
        checkTaskName(issues, path + ".task", source.task);
    }
    const ColumnMapping& c = source.columns;
    if (!c.messages.empty() && !(c.instruction.empty() && c.input.empty() && c.output.empty())) {
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

void checkData(Issues& issues, const RunConfig& config)
{
    const DataConfig& data = config.data;
    const bool trains =
        std::any_of(config.stages.begin(), config.stages.end(), [](const StageConfig& s) { return s.kind != StageKind::Mask; });
    if (data.sources.empty() && trains) {
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

void checkTrainingStage(Issues& issues, const std::string& path, const StageConfig& stage)
{
    issues.positive(path + ".learningRate", stage.learningRate, "values between 1e-5 and 1e-3 are usual");
    issues.inRange(path + ".steps", stage.steps, 0, kManySteps);
    if (stage.steps == 0) {
        if (!(std::isfinite(stage.epochs) && stage.epochs > 0 && stage.epochs <= 10000)) {
            issues.add(path + ".epochs", "must be above 0 and at most 10000, is " + numberText(stage.epochs),
                       "or give a number of steps");
        }
    }
    issues.inRange(path + ".batchTokens", stage.batchTokens, 0, 100 * kManyTokens);
    issues.inRange(path + ".batchRows", stage.batchRows, 1, 65536);
    issues.inRange(path + ".accumulate", stage.accumulate, 1, 65536);
    if (stage.batchTokens == 0 && stage.accumulate > stage.batchRows && stage.batchRows >= 1) {
        issues.add(path + ".accumulate",
                   "must not exceed batchRows (" + std::to_string(stage.batchRows) + "), is " + std::to_string(stage.accumulate),
                   "a part needs at least one row");
    }
}

void checkStages(Issues& issues, const RunConfig& config)
{
    if (config.stages.empty()) {
        issues.add("stages", "there are no stages", "add at least a LoRI-D stage");
    }
    bool adapterBefore = false;
    bool maskBefore = false;
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        const StageConfig& stage = config.stages[i];
        const std::string path = place("stages", i);
        if (stage.kind == StageKind::Mask) {
            issues.inRange(path + ".mask.sparsity", stage.mask.sparsity, 0.0, 0.999);
            if (!adapterBefore && stage.fromAdapter.empty()) {
                issues.add(path, "a mask needs a trained B and there is no LoRI-D stage before it",
                           "put a LoRI-D stage before it or name an adapter in fromAdapter");
            }
            maskBefore = true;
            continue;
        }
        checkTrainingStage(issues, path, stage);
        if (stage.kind == StageKind::LoriS && !maskBefore) {
            issues.add(path, "LoRI-S needs a mask and there is no mask stage before it", "put a mask stage before it");
        }
        adapterBefore = adapterBefore || stage.kind == StageKind::LoriD;
    }
}

void checkEvaluation(Issues& issues, const EvaluationConfig& e, const CheckpointConfig& checkpoint)
{
    for (std::size_t i = 0; i < e.tasks.size(); ++i) {
        const std::string path = place("evaluation.tasks", i);
        checkTaskName(issues, path + ".task", e.tasks[i].task);
        if (e.tasks[i].task == "code") {
            issues.add(path + ".task",
                       "code cannot be scored: running generated programs needs a sandbox, which is not there yet",
                       "remove it from the evaluation; training on it works");
        }
        for (std::size_t j = 0; j < i; ++j) {
            if (e.tasks[j].task == e.tasks[i].task) {
                issues.add(path + ".task", "\"" + e.tasks[i].task + "\" is named twice", "name each task once");
            }
        }
        issues.inRange(path + ".limit", e.tasks[i].limit, 0, kManyTokens);
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
    checkStages(issues, config);
    checkEvaluation(issues, config.evaluation, config.checkpoint);
    return issues.take();
}

} // namespace lori::experiment
