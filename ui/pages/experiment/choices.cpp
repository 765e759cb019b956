// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/choices.h"

#include "ui/services/run_name.h"

#include <algorithm>

namespace lori::ui {

using experiment::RunConfig;
using experiment::StageConfig;
using experiment::StageKind;

namespace {

bool trains(const StageConfig& stage)
{
    return stage.kind != StageKind::Mask;
}

} // namespace

Goal goalOf(const RunConfig& config)
{
    const auto& stages = config.stages;
    if (stages.size() == 1 && stages[0].kind == StageKind::LoriD) {
        return Goal::Dense;
    }
    if (stages.size() == 3 && stages[0].kind == StageKind::LoriD && stages[1].kind == StageKind::Mask &&
        stages[2].kind == StageKind::LoriS) {
        return Goal::Sparse;
    }
    return Goal::Custom;
}

void setGoal(RunConfig& config, Goal goal)
{
    if (goal == Goal::Custom || goal == goalOf(config)) {
        return;
    }
    StageConfig dense;
    const auto found =
        std::find_if(config.stages.begin(), config.stages.end(), [](const StageConfig& s) { return s.kind == StageKind::LoriD; });
    if (found != config.stages.end()) {
        dense = *found;
    }
    if (goal == Goal::Dense) {
        config.stages = {dense};
        return;
    }
    StageConfig mask;
    mask.kind = StageKind::Mask;
    StageConfig sparse = dense;
    sparse.kind = StageKind::LoriS;
    sparse.fromAdapter.clear();
    sparse.learningRate = dense.learningRate * 10; // the reference's ratio
    if (dense.learningRate >= 2e-4) {
        sparse.learningRate = std::max(dense.learningRate, 1e-3);
    }
    config.stages = {dense, mask, sparse};
}

Duration durationOf(const RunConfig& config)
{
    const auto all = [&](auto&& holds) {
        bool any = false;
        for (const StageConfig& stage : config.stages) {
            if (trains(stage)) {
                any = true;
                if (stage.batchTokens != 0 || !holds(stage)) {
                    return false;
                }
            }
        }
        return any;
    };
    if (all([](const StageConfig& s) { return s.steps == 60 && s.batchRows == 8; })) {
        return Duration::Short;
    }
    if (all([](const StageConfig& s) { return s.steps == 240 && s.batchRows == 8; })) {
        return Duration::Medium;
    }
    if (all([](const StageConfig& s) { return s.steps == 0 && s.epochs == 3 && s.batchRows == 32; })) {
        return Duration::Paper;
    }
    return Duration::Custom;
}

void setDuration(RunConfig& config, Duration duration)
{
    if (duration == Duration::Custom) {
        return;
    }
    for (StageConfig& stage : config.stages) {
        if (trains(stage)) {
            stage.batchTokens = 0;
            stage.steps = duration == Duration::Short ? 60 : duration == Duration::Medium ? 240 : 0;
            stage.batchRows = duration == Duration::Paper ? 32 : 8;
            stage.epochs = duration == Duration::Paper ? 3 : 1;
        }
    }
}

std::string taskOf(const RunConfig& config)
{
    return config.data.sources.size() == 1 ? config.data.sources.front().task : std::string();
}

namespace {

/// The task that was learned so far is not measured any longer when another one is learned; safety always may be. Gives how many
/// rows it was measured on.
std::int64_t dropMeasured(RunConfig& config, const std::string& next)
{
    auto& measured = config.evaluation.tasks;
    const std::string before = config.data.sources.empty() ? std::string() : config.data.sources.front().task;
    const auto old = std::find_if(measured.begin(), measured.end(), [&](const auto& t) { return t.task == before; });
    const std::int64_t limit = old != measured.end() ? old->limit : measured.empty() ? 40 : measured.front().limit;
    if (old != measured.end() && before != next && before != "safety") {
        measured.erase(old);
    }
    return limit;
}

} // namespace

void setTask(RunConfig& config, const std::string& task)
{
    const RunConfig before = config;
    const std::int64_t limit = dropMeasured(config, task);
    experiment::DataSource source = config.data.sources.empty() ? experiment::DataSource{} : config.data.sources.front();
    source.task = task;
    source.file.clear();
    source.columns = {};
    config.data.sources = {source};
    auto& measured = config.evaluation.tasks;
    const bool known = std::any_of(measured.begin(), measured.end(), [&](const auto& t) { return t.task == task; });
    if (!known) {
        measured.push_back({task, limit});
    }
    RunName::follow(config, before);
}

void setDataFile(RunConfig& config, const std::string& file)
{
    const RunConfig before = config;
    dropMeasured(config, {});
    experiment::DataSource source = config.data.sources.empty() ? experiment::DataSource{} : config.data.sources.front();
    source.task.clear();
    source.file = file;
    config.data.sources = {source};
    RunName::follow(config, before);
}

double sparsityOf(const RunConfig& config)
{
    double sparsity = -1;
    for (const StageConfig& stage : config.stages) {
        sparsity = stage.kind == StageKind::Mask ? stage.mask.sparsity : sparsity;
    }
    return sparsity;
}

void setSparsity(RunConfig& config, double sparsity)
{
    for (StageConfig& stage : config.stages) {
        if (stage.kind == StageKind::Mask) {
            stage.mask.sparsity = sparsity;
        }
    }
}

} // namespace lori::ui
