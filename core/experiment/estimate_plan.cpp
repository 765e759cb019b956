// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/estimate_plan.h"

#include <algorithm>
#include <cmath>

namespace lori::experiment {

namespace {

constexpr double kAssumedRows = 1000;
constexpr double kAssumedRowTokens = 150;
constexpr double kAssumedResponseTokens = 80;
constexpr double kAssumedEvaluationRows = 100; // a side of a starter task, when its limit is "all"

/// Rows of one scoring that are answered in this way; a row that is sampled counts once a sample.
double evaluationRows(const EvaluationConfig& evaluation, std::int64_t limitOfCheck, EvaluationHow how)
{
    double rows = 0;
    for (const EvaluationTask& task : evaluation.tasks) {
        if (task.how != how) {
            continue;
        }
        double side = task.limit > 0 ? static_cast<double>(task.limit) : kAssumedEvaluationRows;
        if (limitOfCheck > 0) {
            side = std::min(side, static_cast<double>(limitOfCheck));
        }
        const double times = how == EvaluationHow::Generate ? static_cast<double>(std::max<std::int64_t>(1, task.samples)) : 1;
        rows += times * (task.task == "safety" ? 2 * side : side);
    }
    return rows;
}

double stepsOf(const StageConfig& stage, const RunConfig& config, double rows, double rowsPerStep)
{
    if (stage.steps > 0) {
        return static_cast<double>(stage.steps);
    }
    if (config.data.order == RowOrder::Reference) { // the last incomplete batch of an epoch is dropped
        return std::floor(stage.epochs * std::floor(rows / rowsPerStep));
    }
    return std::ceil(stage.epochs * std::ceil(rows / rowsPerStep));
}

} // namespace

ModelSizes modelSizes(const RunConfig& config, const ModelShape& shape)
{
    ModelSizes sizes;
    sizes.linearParameters = linearParameters(shape);
    const std::int64_t embeddings = shape.vocabulary * shape.hidden * (shape.tiedEmbeddings ? 1 : 2);
    sizes.allParameters = sizes.linearParameters + embeddings + (2 * shape.layers + 1) * shape.hidden + shape.otherParameters;
    for (const Projection p : config.adapter.targets) {
        sizes.outFeatures += projectionShape(shape, p).out;
        sizes.inFeatures += projectionShape(shape, p).in;
    }
    return sizes;
}

WorkPlan workPlan(const RunConfig& config, const DataLengths& lengths)
{
    WorkPlan plan;
    plan.lengthsAssumed = lengths.rows <= 0 || lengths.meanTokens <= 0 || lengths.meanResponseTokens <= 0;
    const double allRows = lengths.rows > 0 ? static_cast<double>(lengths.rows) : kAssumedRows;
    plan.rowTokens = std::min(lengths.meanTokens > 0 ? lengths.meanTokens : kAssumedRowTokens,
                              std::max(1.0, static_cast<double>(config.data.maxTokens)));
    plan.responseTokens =
        std::min(lengths.meanResponseTokens > 0 ? lengths.meanResponseTokens : kAssumedResponseTokens, plan.rowTokens);
    plan.rows = allRows * (1 - config.data.heldOutShare);
    const double heldOutRows = std::min(allRows * config.data.heldOutShare, static_cast<double>(config.data.heldOutMaxRows));
    const EvaluationConfig& evaluation = config.evaluation;
    const auto score = [&](double times, std::int64_t limitOfCheck) {
        plan.scoredAnswers += times * evaluationRows(evaluation, limitOfCheck, EvaluationHow::Generate);
        plan.comparedRows += times * evaluationRows(evaluation, limitOfCheck, EvaluationHow::LogLikelihood);
    };
    if (evaluation.beforeTraining) {
        score(1, 0);
    }
    for (const StageConfig& stage : config.stages) {
        if (stage.kind == StageKind::Mask) {
            continue;
        }
        const double rowsPerStep = std::max(1.0, stage.batchTokens > 0 ? static_cast<double>(stage.batchTokens) / plan.rowTokens
                                                                       : static_cast<double>(stage.batchRows));
        const double steps = stepsOf(stage, config, plan.rows, rowsPerStep);
        const double tokens = steps * rowsPerStep * plan.rowTokens;
        plan.trainingStages += 1;
        plan.optimizerSteps += steps;
        plan.trainedTokens += tokens;
        plan.trainedResponseTokens += steps * rowsPerStep * plan.responseTokens;
        plan.largestPartTokens =
            std::max(plan.largestPartTokens,
                     rowsPerStep * plan.rowTokens / static_cast<double>(std::max<std::int64_t>(1, stage.accumulate)));
        const double checks =
            1 + (evaluation.heldOutEverySteps > 0 ? std::floor(steps / static_cast<double>(evaluation.heldOutEverySteps)) : 0);
        plan.heldOutTokens += checks * heldOutRows * plan.rowTokens;
        plan.heldOutResponseTokens += checks * heldOutRows * plan.responseTokens;
        if (evaluation.everySteps > 0) {
            score(std::floor(steps / static_cast<double>(evaluation.everySteps)), evaluation.everyLimit);
        }
        if (evaluation.afterEachStage && stage.evaluate) {
            score(1, 0);
        }
    }
    plan.stepTokens = plan.trainedTokens / std::max(1.0, plan.optimizerSteps);
    return plan;
}

} // namespace lori::experiment
