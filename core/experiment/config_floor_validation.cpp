// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/config_issues.h"

#include <algorithm>

namespace lori::experiment {

namespace {

/// Some scoring comes after another one at the end of an earlier stage (or before training), so that a fall can be seen.
bool hasSomethingToCompare(const RunConfig& config)
{
    const EvaluationConfig& e = config.evaluation;
    bool scoredBefore = e.beforeTraining;
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        const StageConfig& stage = config.stages[i];
        if (stage.kind == StageKind::Mask) {
            continue;
        }
        const bool isScored = (e.afterEachStage && stage.evaluate) || i + 1 == config.stages.size();
        if (isScored && scoredBefore) {
            return true;
        }
        scoredBefore = scoredBefore || isScored;
    }
    return false;
}

} // namespace

void checkFloors(Issues& issues, const RunConfig& config)
{
    const EvaluationConfig& e = config.evaluation;
    for (std::size_t i = 0; i < e.floors.size(); ++i) {
        const ScoreFloor& floor = e.floors[i];
        const std::string path = place("evaluation.floors", i);
        issues.inRange(path + ".points", floor.points, 0.0, 100.0);
        if (std::none_of(e.tasks.begin(), e.tasks.end(), [&](const EvaluationTask& t) { return t.task == floor.task; })) {
            issues.add(path + ".task", messages::kFloorNotScored, {floor.task});
        } else if (!config.stages.empty() && !hasSomethingToCompare(config)) {
            issues.add(path + ".task", messages::kFloorNeverTwice, {floor.task});
        }
    }
}

} // namespace lori::experiment
