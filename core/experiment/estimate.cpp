// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/estimate.h"

#include "core/experiment/estimate_plan.h"
#include "core/experiment/number_text.h"

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

/// B entries whose gradient and moments are held at the same time: the largest stage.
std::int64_t trainedEntries(const RunConfig& config, std::int64_t dense, std::int64_t sparse)
{
    const bool trainsDense =
        std::any_of(config.stages.begin(), config.stages.end(), [](const StageConfig& s) { return s.kind == StageKind::LoriD; });
    return trainsDense ? dense : sparse;
}

Figure memory(const RunConfig& config, const ModelShape& shape, const ModelSizes& sizes, const WorkPlan& plan)
{
    const double layers = static_cast<double>(shape.layers);
    const double rank = static_cast<double>(config.adapter.rank);
    const double weights = kFloatBytes * static_cast<double>(sizes.allParameters);
    const std::int64_t dense = shape.layers * config.adapter.rank * sizes.outFeatures;
    const double adapter = kFloatBytes * layers * rank * static_cast<double>(sizes.outFeatures + sizes.inFeatures);
    const double optimizer = 3 * kFloatBytes * static_cast<double>(trainedEntries(config, dense, sizes.sparseEntries));
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
                     bytesText(weights) + ") + A and B " + bytesText(adapter);
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
    const double adapter =
        kFloatBytes * static_cast<double>(shape.layers * config.adapter.rank * (sizes.outFeatures + sizes.inFeatures));
    const double adapters = static_cast<double>(plan.trainingStages) * adapter;
    const double checkpoints = static_cast<double>(config.checkpoint.keep) * 3 * kFloatBytes *
                               static_cast<double>(trainedEntries(config, denseB, sizes.sparseEntries));
    const auto maskStages =
        std::count_if(config.stages.begin(), config.stages.end(), [](const StageConfig& s) { return s.kind == StageKind::Mask; });
    const double masks = static_cast<double>(maskStages) * static_cast<double>(denseB) / 8;
    const double logs = kEventBytesPerStep * plan.optimizerSteps + kHeartbeatBytes * seconds + kItemBytes * plan.scoredAnswers;
    Figure figure;
    figure.value = adapters + checkpoints + masks + logs;
    figure.formula = std::to_string(plan.trainingStages) + " adapters × " + bytesText(adapter) + " + " +
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
    const std::int64_t perFeature = shape.layers * config.adapter.rank;
    const std::int64_t dense = perFeature * sizes.outFeatures;
    const std::int64_t lora = perFeature * (sizes.outFeatures + sizes.inFeatures);
    const std::string layers = groupedText(shape.layers) + " layers × ";
    const std::string rank = " × rank " + groupedText(config.adapter.rank) + " = ";
    Estimate result;
    result.parametersLora = {static_cast<double>(lora), layers + "(" + groupedText(sizes.inFeatures) + " in-features + " +
                                                            groupedText(sizes.outFeatures) + " out-features)" + rank +
                                                            groupedText(lora)};
    result.parametersLoriD = {static_cast<double>(dense),
                              layers + groupedText(sizes.outFeatures) + " out-features" + rank + groupedText(dense)};
    result.parametersLoriS = {static_cast<double>(sizes.sparseEntries),
                              "(1 − " + numberText(sizes.sparsity) + ") × " + groupedText(dense) +
                                  ", rounded down in each pool = " + groupedText(sizes.sparseEntries)};
    result.memoryBytes = memory(config, shape, sizes, plan);
    result.seconds = duration(config, shape, sizes, plan, speed);
    result.diskBytes = disk(config, shape, sizes, plan, result.seconds.value);
    return result;
}

} // namespace lori::experiment
