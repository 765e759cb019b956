// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/estimate.h"

#include "core/experiment/estimate_plan.h"
#include "core/experiment/number_text.h"
#include "core/experiment/trainable.h"

#include <algorithm>

namespace lori::experiment {

namespace {

constexpr double kFloatBytes = 4;
constexpr double kProgramBytes = 250e6;    // libraries and tokenizer, measured on an idle worker
constexpr double kAllocatorGaps = 0.9;     // of a step's own memory: steps of many lengths leave gaps; measured after 480 steps
constexpr double kHeadChunkTokens = 256;   // the head runs over response tokens in chunks (design §6)
constexpr double kEventBytesPerStep = 350; // a step line and its share of the other events
constexpr double kHeartbeatBytes = 220;    // one each second
constexpr double kItemBytes = 1500;        // one evaluated row

std::string lengthNote(const WorkPlan& plan)
{
    return plan.lengthsAssumed ? " (row lengths assumed)" : "";
}

/// Floats kept for the way back, per token and layer: the residual stream before and after each norm and sum (6 × hidden), gate,
/// up and their products (4 × feed-forward), q, k, v before and after the rotation, attention scores and weights over the row,
/// and x·Aᵀ.
double activationFloats(const ModelShape& shape, const AdapterConfig& adapter, double rowTokens)
{
    const double heads = static_cast<double>(shape.heads);
    const double attention =
        2.0 * static_cast<double>((shape.heads + 2 * shape.kvHeads) * shape.headSize) + 2.0 * heads * rowTokens;
    return 6.0 * static_cast<double>(shape.hidden) + 4.0 * static_cast<double>(shape.feedForward) + attention +
           static_cast<double>(adapter.rank) * static_cast<double>(adapter.targets.size());
}

Figure memory(const RunConfig& config, const ModelShape& shape, const ModelSizes& sizes, const WorkPlan& plan)
{
    const double layers = static_cast<double>(shape.layers);
    const Trainable trained = largestTrainable(config, shape);
    const double weights = kFloatBytes * static_cast<double>(sizes.allParameters);
    const auto adapter = static_cast<double>(trained.weightBytes);
    const auto optimizer = static_cast<double>(trained.optimizerBytes);
    const double perToken = layers * activationFloats(shape, config.adapter, plan.rowTokens) * kFloatBytes;
    const double head = 3 * kFloatBytes * kHeadChunkTokens * static_cast<double>(shape.vocabulary);
    const double activations = plan.largestPartTokens * perToken;
    const double gaps = kAllocatorGaps * (activations + head);
    const double training = optimizer + activations + head + gaps;
    const double promptTokens = plan.rowTokens - plan.responseTokens;
    const double cachedTokens =
        static_cast<double>(config.evaluation.batchRows) * (promptTokens + static_cast<double>(config.evaluation.maxNewTokens));
    const double cache = cachedTokens * layers * 2.0 * static_cast<double>(shape.kvHeads * shape.headSize) * kFloatBytes;
    Figure figure;
    figure.value = kProgramBytes + weights + adapter + std::max(training, cache);
    figure.formula = "program " + bytesText(kProgramBytes) + " + weights " + groupedText(sizes.allParameters) + " × 4 B (" +
                     bytesText(weights) + ") + adapter " + bytesText(adapter);
    if (training >= cache) {
        figure.formula += " + gradient and two moments " + bytesText(optimizer) + " + activations " +
                          groupedCount(plan.largestPartTokens) + " tokens × " + bytesText(perToken) + " + head in chunks " +
                          bytesText(head) + " + gaps between steps of different length " + bytesText(gaps) + lengthNote(plan);
    } else {
        figure.formula += " + key-value cache " + groupedCount(cachedTokens) + " tokens (" + bytesText(cache) + ")";
    }
    return figure;
}

Figure duration(const RunConfig& config, const ModelShape& shape, const ModelSizes& sizes, const WorkPlan& plan,
                const MachineSpeed& speed)
{
    const double training = trainingFlops(shape, plan.trainedTokens, plan.trainedResponseTokens);
    const double heldOut = trainingFlops(shape, plan.heldOutTokens, plan.heldOutResponseTokens) / 2; // forward only
    const double learning = (training + heldOut) / std::max(1.0, speed.trainFlopsPerSecond);
    const double newTokens = plan.scoredAnswers * static_cast<double>(config.evaluation.maxNewTokens);
    const double generating = generationFlops(shape, newTokens) / std::max(1.0, speed.generateFlopsPerSecond);
    Figure figure;
    figure.value = learning + generating;
    figure.formula = "4 × " + groupedText(sizes.linearParameters) + " linear parameters × " + groupedCount(plan.trainedTokens) +
                     " tokens, with head and held-out rows " + numberText((training + heldOut) / 1e12) + " TFLOP ÷ " +
                     numberText(speed.trainFlopsPerSecond / 1e9) + " GFLOP/s = " + numberText(learning) +
                     " s; evaluation at most " + groupedCount(newTokens) + " new tokens, " +
                     numberText(generationFlops(shape, newTokens) / 1e12) + " TFLOP ÷ " +
                     numberText(speed.generateFlopsPerSecond / 1e9) + " GFLOP/s = " + numberText(generating) + " s; speed " +
                     (speed.isMeasured() ? "of the last run on " + speed.device : "assumed") + lengthNote(plan);
    return figure;
}

Figure disk(const RunConfig& config, const ModelShape& shape, const ModelSizes& sizes, const WorkPlan& plan, double seconds)
{
    const std::int64_t denseB = shape.layers * config.adapter.rank * sizes.outFeatures;
    double adapters = 0;
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        adapters += static_cast<double>(trainable(config.stages[i].kind, config.adapter, maskOf(config, i), shape).weightBytes);
    }
    // A checkpoint holds values and two moments: as many numbers as gradient and moments.
    const double checkpoints =
        static_cast<double>(config.checkpoint.keep) * static_cast<double>(largestTrainable(config, shape).optimizerBytes);
    const auto maskStages =
        std::count_if(config.stages.begin(), config.stages.end(), [](const StageConfig& s) { return s.kind == StageKind::Mask; });
    const double masks = static_cast<double>(maskStages) * static_cast<double>(denseB) / 8;
    const double logs = kEventBytesPerStep * plan.optimizerSteps + kHeartbeatBytes * seconds + kItemBytes * plan.scoredAnswers;
    Figure figure;
    figure.value = adapters + checkpoints + masks + logs;
    figure.formula = std::to_string(plan.trainingStages) + " adapters (" + bytesText(adapters) + ") + " +
                     std::to_string(config.checkpoint.keep) + " checkpoints of B and two moments (" + bytesText(checkpoints) +
                     ") + masks of one bit an entry (" + bytesText(masks) + ") + events and evaluated rows (" + bytesText(logs) +
                     ")";
    return figure;
}

} // namespace

Estimate estimate(const RunConfig& config, const ModelShape& shape, const DataLengths& lengths, const MachineSpeed& speed)
{
    const ModelSizes sizes = modelSizes(config, shape);
    const WorkPlan plan = workPlan(config, lengths);
    MaskConfig mask;
    for (const StageConfig& stage : config.stages) {
        mask = stage.kind == StageKind::Mask ? stage.mask : mask;
    }
    const auto figure = [&](StageKind kind) {
        const Trainable t = trainable(kind, config.adapter, mask, shape);
        return Figure{static_cast<double>(t.parameters), t.formula};
    };
    Estimate result;
    result.parametersLora = figure(StageKind::Lora);
    result.parametersLoriD = figure(StageKind::LoriD);
    result.parametersLoriS = figure(StageKind::LoriS);
    result.parametersDora = figure(StageKind::Dora);
    result.parametersIa3 = figure(StageKind::Ia3);
    result.parametersFull = figure(StageKind::Full);
    result.memoryBytes = memory(config, shape, sizes, plan);
    result.seconds = duration(config, shape, sizes, plan, speed);
    result.diskBytes = disk(config, shape, sizes, plan, result.seconds.value);
    return result;
}

} // namespace lori::experiment
