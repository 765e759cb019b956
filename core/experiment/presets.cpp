// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/run_config.h"

#include <algorithm>

namespace lori::experiment {

namespace {

StageConfig trainingStage(StageKind kind, double learningRate)
{
    StageConfig stage;
    stage.kind = kind;
    stage.learningRate = learningRate;
    return stage;
}

StageConfig maskStage(double sparsity)
{
    StageConfig stage;
    stage.kind = StageKind::Mask;
    stage.mask.sparsity = sparsity;
    return stage;
}

DataSource starterTask(const std::string& task, PromptTemplate promptTemplate)
{
    DataSource source;
    source.task = task;
    source.promptTemplate = promptTemplate;
    return source;
}

Preset quickLook()
{
    Preset preset;
    preset.id = "quick-look";
    preset.title = "Quick look";
    preset.explanation =
        "Teaches the small built-in model to refuse harmful requests: LoRI-D, a 90 % mask, then LoRI-S, in about "
        "ten minutes on two cores. "
        "Helpful rows are mixed in, and both sides of safety are measured, so that needless refusals show.";
    RunConfig& c = preset.config;
    c.name = "Quick look";
    c.preset = preset.id;
    c.products = Products::Auto;
    c.data.sources = {starterTask("safety", PromptTemplate::Chat)};
    // A rate that falls to zero: at a constant one the model swings between refusing too much and too little from step to step.
    c.optimizer.schedule = Schedule::Linear;
    StageConfig dense = trainingStage(StageKind::LoriD, 1.5e-3);
    StageConfig sparse = trainingStage(StageKind::LoriS, 6e-3);
    for (StageConfig* stage : {&dense, &sparse}) {
        stage->steps = 240;
        stage->batchRows = 8;
    }
    c.stages = {dense, maskStage(0.9), sparse};
    c.evaluation.tasks = {{"safety", 0}, {"maths", 20}}; // 0: every row of both sides
    c.evaluation.everySteps = 60;
    c.evaluation.everyLimit = 16;
    c.evaluation.maxNewTokens = 64;
    c.evaluation.batchRows = 75; // one side of safety at once: short answers share the cost of reading the weights
    c.evaluation.maskMoments = 12;
    c.checkpoint.everySteps = 40;
    return preset;
}

/// What every script of the reference has in common (method.md §1.2), with the maths task's three epochs.
RunConfig paperConfig()
{
    RunConfig c;
    c.data.sources = {starterTask("maths", PromptTemplate::QuestionReference)};
    c.data.heldOutShare = 0; // the reference trains on every row
    c.data.maxTokens = 512;
    c.data.maxPromptTokens = 256;
    c.data.truncation = Truncation::Reference;
    c.data.order = RowOrder::Reference;
    c.adapter.rank = 32;
    c.adapter.alpha = 64;
    c.optimizer.clip = ClipRule::PerTensor;
    c.optimizer.maxGradNorm = 1;
    c.optimizer.loss = LossReduction::SequenceSum;
    c.evaluation.tasks = {{"maths", 0}, {"safety", 0}};
    c.evaluation.everySteps = 50;
    c.evaluation.maxNewTokens = 512;
    c.evaluation.heldOutEverySteps = 0;
    return c;
}

Preset paperLoriD()
{
    Preset preset;
    preset.id = "paper-lori-d";
    preset.title = "Paper LoRI-D";
    preset.explanation = "The published recipe of the dense stage: rank 32, alpha 64, batch 32, learning rate 5e-5, three "
                         "epochs, the reference's order, "
                         "truncation, clipping and loss. Only B is trained, A is random and stays frozen.";
    preset.config = paperConfig();
    preset.config.name = "Paper LoRI-D";
    preset.config.preset = preset.id;
    StageConfig dense = trainingStage(StageKind::LoriD, 5e-5);
    dense.epochs = 3;
    preset.config.stages = {dense};
    return preset;
}

Preset paperLoriS()
{
    Preset preset;
    preset.id = "paper-lori-s-90";
    preset.title = "Paper LoRI-S 90 %";
    preset.explanation = "The whole published chain: LoRI-D, then the largest 10 % of |B| over the whole model as the mask, then "
                         "LoRI-S with ten times the "
                         "learning rate (5e-4). As in the reference, LoRI-S draws a new A.";
    preset.config = paperConfig();
    preset.config.name = "Paper LoRI-S 90 %";
    preset.config.preset = preset.id;
    StageConfig dense = trainingStage(StageKind::LoriD, 5e-5);
    StageConfig sparse = trainingStage(StageKind::LoriS, 5e-4);
    dense.epochs = 3;
    sparse.epochs = 3;
    sparse.reuseProjection = false;
    preset.config.stages = {dense, maskStage(0.9), sparse};
    preset.config.evaluation.maskMoments = 12;
    return preset;
}

} // namespace

const std::vector<Preset>& presets()
{
    static const std::vector<Preset> all{quickLook(), paperLoriD(), paperLoriS()};
    return all;
}

Result<Preset> findPreset(std::string_view id)
{
    const auto& all = presets();
    const auto it = std::find_if(all.begin(), all.end(), [&](const Preset& preset) { return preset.id == id; });
    if (it != all.end()) {
        return *it;
    }
    std::string known;
    for (const Preset& preset : all) {
        known += (known.empty() ? "" : ", ") + preset.id;
    }
    return Error{ErrorCode::NotFound, "there is no preset \"" + std::string(id) + "\"", "known presets: " + known, {}};
}

} // namespace lori::experiment
