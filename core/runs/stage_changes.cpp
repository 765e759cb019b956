// SPDX-License-Identifier: Apache-2.0
#include "core/runs/stage_changes.h"

namespace lori::runs {

experiment::StageConfig stageWithChanges(const RunContext& run, std::int64_t stage)
{
    experiment::StageConfig config = run.config.stages[static_cast<std::size_t>(stage)];
    if (const auto found = run.state.changes.find(stage); found != run.state.changes.end()) {
        for (const experiment::StageChange& change : found->second) {
            experiment::addChange(config.changes, change);
        }
    }
    return config;
}

training::StagePlan planOf(const RunContext& run, std::int64_t stage, const experiment::StageConfig& config)
{
    return training::planStage(run.dataOf(stage).train, config, run.config.data.order, orderSeed(run.config, stage)).value();
}

double tokensOf(const RunContext& run, std::int64_t stage, const training::BatchPlan& batches, std::int64_t from, std::int64_t to)
{
    double tokens = 0;
    for (std::int64_t step = from; step < to; ++step) {
        for (const std::int32_t row : batches[static_cast<std::size_t>(step)]) {
            tokens += static_cast<double>(run.dataOf(stage).train[static_cast<std::size_t>(row)].tokens());
        }
    }
    return tokens;
}

std::int64_t checksLeft(std::int64_t every, std::int64_t done, std::int64_t steps)
{
    return every > 0 && steps > 0 ? std::max<std::int64_t>(0, (steps - 1) / every - done / every) : 0;
}

} // namespace lori::runs
