// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/experiment/sequence.h"

namespace lori::experiment {

// The name of every field, once. A visitor is called with (name, field) for each; writing and reading JSON are visitors.

template <typename Visitor>
void visitFields(Visitor& visit, ColumnMapping& c)
{
    visit("instruction", c.instruction);
    visit("input", c.input);
    visit("output", c.output);
    visit("system", c.system);
    visit("history", c.history);
    visit("messages", c.messages);
}

template <typename Visitor>
void visitFields(Visitor& visit, DataSource& c)
{
    visit("task", c.task);
    visit("file", c.file);
    visit("columns", c.columns);
    visit("promptTemplate", c.promptTemplate);
    visit("maxRows", c.maxRows);
    visit("weight", c.weight);
}

template <typename Visitor>
void visitFields(Visitor& visit, DataConfig& c)
{
    visit("sources", c.sources);
    visit("folder", c.folder);
    visit("heldOutShare", c.heldOutShare);
    visit("heldOutMaxRows", c.heldOutMaxRows);
    visit("maxTokens", c.maxTokens);
    visit("maxPromptTokens", c.maxPromptTokens);
    visit("truncation", c.truncation);
    visit("order", c.order);
    visit("addBos", c.addBos);
    visit("learnedTurns", c.learnedTurns);
    visit("endAfterCut", c.endAfterCut);
}

template <typename Visitor>
void visitFields(Visitor& visit, AdapterConfig& c)
{
    visit("rank", c.rank);
    visit("alpha", c.alpha);
    visit("targets", c.targets);
    visit("projectionSeed", c.projectionSeed);
    visit("orthogonalBlock", c.orthogonalBlock);
    visit("rslora", c.rslora);
    visit("ia3Targets", c.ia3Targets);
    visit("ia3FeedForward", c.ia3FeedForward);
}

template <typename Visitor>
void visitFields(Visitor& visit, OptimizerConfig& c)
{
    visit("beta1", c.beta1);
    visit("beta2", c.beta2);
    visit("epsilon", c.epsilon);
    visit("weightDecay", c.weightDecay);
    visit("clip", c.clip);
    visit("maxGradNorm", c.maxGradNorm);
    visit("schedule", c.schedule);
    visit("warmupSteps", c.warmupSteps);
    visit("loss", c.loss);
}

template <typename Visitor>
void visitFields(Visitor& visit, MaskConfig& c)
{
    visit("sparsity", c.sparsity);
    visit("scope", c.scope);
    visit("rule", c.rule);
    visit("avoid", c.avoid);
    visit("avoidStages", c.avoidStages);
    visit("avoidRule", c.avoidRule);
}

template <typename Visitor>
void visitFields(Visitor& visit, StageChange& c)
{
    visit("step", c.step);
    visit("what", c.what);
    visit("value", c.value);
}

template <typename Visitor>
void visitFields(Visitor& visit, StageConfig& c)
{
    visit("kind", c.kind);
    visit("name", c.name);
    visit("sources", c.sources);
    visit("learningRate", c.learningRate);
    visit("epochs", c.epochs);
    visit("steps", c.steps);
    visit("batchRows", c.batchRows);
    visit("batchTokens", c.batchTokens);
    visit("accumulate", c.accumulate);
    visit("mask", c.mask);
    visit("fromAdapter", c.fromAdapter);
    visit("fromStage", c.fromStage);
    visit("start", c.start);
    visit("maskStage", c.maskStage);
    visit("maskFile", c.maskFile);
    visit("evaluate", c.evaluate);
    visit("reuseProjection", c.reuseProjection);
    visit("changes", c.changes);
}

template <typename Visitor>
void visitFields(Visitor& visit, EvaluationTask& c)
{
    visit("task", c.task);
    visit("limit", c.limit);
    visit("how", c.how);
    visit("scoring", c.scoring);
    visit("samples", c.samples);
    visit("secondScorer", c.secondScorer);
}

template <typename Visitor>
void visitFields(Visitor& visit, ScoreFloor& c)
{
    visit("task", c.task);
    visit("metric", c.metric);
    visit("points", c.points);
}

template <typename Visitor>
void visitFields(Visitor& visit, EvaluationConfig& c)
{
    visit("tasks", c.tasks);
    visit("beforeTraining", c.beforeTraining);
    visit("everySteps", c.everySteps);
    visit("everyLimit", c.everyLimit);
    visit("afterEachStage", c.afterEachStage);
    visit("maxNewTokens", c.maxNewTokens);
    visit("batchRows", c.batchRows);
    visit("heldOutEverySteps", c.heldOutEverySteps);
    visit("maskMoments", c.maskMoments);
    visit("floors", c.floors);
}

template <typename Visitor>
void visitFields(Visitor& visit, CheckpointConfig& c)
{
    visit("everySteps", c.everySteps);
    visit("keep", c.keep);
}

template <typename Visitor>
void visitFields(Visitor& visit, RunConfig& c)
{
    visit("name", c.name);
    visit("purpose", c.purpose);
    visit("preset", c.preset);
    visit("model", c.model);
    visit("device", c.device);
    visit("weights", c.weights);
    visit("products", c.products);
    visit("seed", c.seed);
    visit("threads", c.threads);
    visit("data", c.data);
    visit("adapter", c.adapter);
    visit("optimizer", c.optimizer);
    visit("stages", c.stages);
    visit("evaluation", c.evaluation);
    visit("checkpoint", c.checkpoint);
    visit("parentRun", c.parentRun);
}

template <typename Visitor>
void visitFields(Visitor& visit, SequenceStage& c)
{
    visit("name", c.name);
    visit("method", c.method);
    visit("sources", c.sources);
    visit("learningRate", c.learningRate);
    visit("epochs", c.epochs);
    visit("steps", c.steps);
    visit("batchRows", c.batchRows);
    visit("batchTokens", c.batchTokens);
    visit("accumulate", c.accumulate);
    visit("calibrationLearningRate", c.calibrationLearningRate);
    visit("calibrationSteps", c.calibrationSteps);
    visit("mask", c.mask);
    visit("policy", c.policy);
}

template <typename Visitor>
void visitFields(Visitor& visit, SequenceConfig& c)
{
    visit("run", c.run);
    visit("fromAdapter", c.fromAdapter);
    visit("fromMask", c.fromMask);
    visit("stages", c.stages);
}

} // namespace lori::experiment
