// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/estimate.h"
#include "core/support/home.h"

#include "core/experiment/estimate_plan.h"
#include "core/experiment/folding.h"
#include "core/experiment/machine_speed.h"
#include "core/experiment/number_text.h"
#include "core/experiment/trainable.h"

#include <algorithm>
#include <cmath>

namespace lori::experiment {

namespace {

constexpr double kFloatBytes = 4;
constexpr double kProgramBytes = 250e6;        // libraries and tokenizer, measured on an idle worker
constexpr double kAllocatorGaps = 2.8;         // of a step's small tensors in the end: steps of many lengths leave gaps; measured
constexpr double kStepsToHalfTheGaps = 40;     // on SmolLM2: 1.5 GB after one step, 2.1 GB after 20, 2.9 GB after 480
constexpr double kLargestKeptBlock = 32 << 20; // glibc gives larger blocks back at once (M_MMAP_THRESHOLD's upper end)
constexpr double kWidenedBytes = 32 << 20;     // 16-bit weights become f32 in blocks of this size for each product
constexpr double kHeadChunkTokens = 256;       // the head runs over response tokens in chunks (design §6)
constexpr double kEventBytesPerStep = 350;     // a step line and its share of the other events
constexpr double kHeartbeatBytes = 220;        // one each second
constexpr double kItemBytes = 1500;            // one evaluated row

std::string lengthNote(const WorkPlan& plan)
{
    return plan.lengthsAssumed ? " (row lengths assumed)" : "";
}

/// Floats of every token that the way back needs, in each layer (model::LayerTape): the residual stream before both norms, q, k,
/// v and a number per head, gate and up, and x·Aᵀ. Methods that learn more than B also keep what goes into each site.
double tapeFloats(const RunConfig& config, const ModelShape& shape)
{
    const auto hidden = static_cast<double>(shape.hidden);
    const auto queries = static_cast<double>(shape.heads * shape.headSize);
    const auto feedForward = static_cast<double>(shape.feedForward);
    const bool keepsInputs = std::any_of(config.stages.begin(), config.stages.end(),
                                         [](const StageConfig& s) { return traitsOf(s.kind).keepsInputs; });
    const double inputs = keepsInputs ? 2 * hidden + queries + feedForward : 0;
    return 2 * hidden + queries + 2.0 * static_cast<double>(shape.kvHeads * shape.headSize) + static_cast<double>(shape.heads) +
           2 * feedForward + static_cast<double>(config.adapter.rank) * static_cast<double>(config.adapter.targets.size()) +
           inputs;
}

/// What one step needs beside the weights, in bytes.
struct StepMemory {
    double tape = 0;    ///< kept by all layers
    double working = 0; ///< of the one block at work
    double head = 0;    ///< logits of a chunk
    double gaps = 0;    ///< left by steps of other lengths
    [[nodiscard]] double sum() const { return tape + working + head + gaps; }
};

StepMemory stepMemory(const RunConfig& config, const ModelShape& shape, const WorkPlan& plan)
{
    const double tokenBytes = plan.largestPartTokens * kFloatBytes;
    StepMemory m;
    m.tape = tokenBytes * static_cast<double>(shape.layers) * tapeFloats(config, shape);
    m.working = tokenBytes * (4.0 * static_cast<double>(shape.hidden) + 2.0 * static_cast<double>(shape.feedForward));
    m.head = kFloatBytes * kHeadChunkTokens * static_cast<double>(shape.vocabulary);
    // Large tensors go back to the system at once; the wide ones are two thirds of a tape and all of the head.
    const bool isNarrowKept = tokenBytes * static_cast<double>(shape.hidden) < kLargestKeptBlock;
    const bool isWideKept = tokenBytes * static_cast<double>(shape.feedForward) < kLargestKeptBlock;
    const double kept = isWideKept ? m.tape + m.working : isNarrowKept ? (m.tape + m.working) / 3 : 0;
    m.gaps = kAllocatorGaps * kept * plan.optimizerSteps / (plan.optimizerSteps + kStepsToHalfTheGaps);
    return m;
}

/// Bytes of one frozen weight as held in memory. Auto counts as f32: so it is on the CPU. A shape alone does not say what type a
/// file has: as it is stored counts as 16 bits, which blocks of 4 to 8 bits stay below.
double weightBytes(WeightType type)
{
    return type == WeightType::Bf16 || type == WeightType::F16 || type == WeightType::File ? 2 : kFloatBytes;
}

/// Scratch copies W + s·B·A of f32 weights, kept while they are small: for evaluation of all matrices, in training of those where
/// it pays.
double foldedBytes(const RunConfig& config, const ModelShape& shape, const WorkPlan& plan)
{
    const bool folds =
        std::any_of(config.stages.begin(), config.stages.end(), [](const StageConfig& s) { return traitsOf(s.kind).folds; });
    double all = 0;
    double folded = 0;
    for (const Projection p : config.adapter.targets) {
        const ProjectionShape w = projectionShape(shape, p);
        const double bytes = kFloatBytes * static_cast<double>(shape.layers * w.in * w.out);
        const bool pays = foldingPays(plan.largestPartTokens, static_cast<double>(w.out), static_cast<double>(w.in));
        all += bytes;
        folded += pays || plan.scoredAnswers > 0 ? bytes : 0;
    }
    const bool isSmall = all <= static_cast<double>(kLargestFoldedBytes) && weightBytes(config.weights) == kFloatBytes;
    return folds && isSmall ? folded : 0;
}

/// Frozen matrices laid out for products with bf16 operands, for both ways through the model (BaseModel::load).
double tileBytes(const RunConfig& config, const ModelShape& shape)
{
    const double linear = kFloatBytes * static_cast<double>(linearParameters(shape));
    const bool isKept = config.products != Products::F32 && linear <= static_cast<double>(kLargestFoldedBytes) &&
                        config.weights != WeightType::F16 && config.weights != WeightType::File;
    return isKept ? linear + kFloatBytes * static_cast<double>(shape.vocabulary * shape.hidden) : 0;
}

Figure memory(const RunConfig& config, const ModelShape& shape, const ModelSizes& sizes, const WorkPlan& plan)
{
    const double layers = static_cast<double>(shape.layers);
    const Trainable trained = largestTrainable(config, shape);
    const double bytesOfOne = weightBytes(config.weights);
    const double widened = bytesOfOne < kFloatBytes ? kWidenedBytes : 0;
    const double weights = bytesOfOne * static_cast<double>(sizes.allParameters) + widened;
    const auto adapter = static_cast<double>(trained.weightBytes);
    const auto optimizer = static_cast<double>(trained.optimizerBytes);
    // Auto is one or the other: the larger one counts.
    const double folded =
        std::max(config.products == Products::Bf16 ? 0 : foldedBytes(config, shape, plan), tileBytes(config, shape));
    const StepMemory step = stepMemory(config, shape, plan);
    const double training = optimizer + step.sum();
    const double promptTokens = plan.rowTokens - plan.responseTokens;
    const double cachedTokens =
        static_cast<double>(config.evaluation.batchRows) * (promptTokens + static_cast<double>(config.evaluation.maxNewTokens));
    const double cache = cachedTokens * layers * 2.0 * static_cast<double>(shape.kvHeads * shape.headSize) * kFloatBytes;
    Figure figure;
    figure.value = kProgramBytes + weights + adapter + folded + std::max(training, cache);
    figure.formula = "program " + bytesText(kProgramBytes) + " + weights " + groupedText(sizes.allParameters) + " × " +
                     numberText(bytesOfOne) + " B (" + bytesText(weights) + ") + adapter " + bytesText(adapter) +
                     (folded > 0 ? " + adapted copies of matrices " + bytesText(folded) : "");
    if (training >= cache) {
        figure.formula += " + gradient and two moments " + bytesText(optimizer) + " + activations of " +
                          groupedCount(plan.largestPartTokens) + " tokens " + bytesText(step.tape + step.working) +
                          " + head in chunks " + bytesText(step.head) + " + gaps between steps of different length " +
                          bytesText(step.gaps) + lengthNote(plan);
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
    const double choosing = choiceFlops(shape, plan.comparedRows) / std::max(1.0, speed.choiceFlopsPerSecond);
    Figure figure;
    figure.value = learning + generating + choosing;
    figure.formula =
        "4 × " + groupedText(sizes.linearParameters) + " linear parameters × " + groupedCount(plan.trainedTokens) +
        " tokens, with head and held-out rows " + numberText((training + heldOut) / 1e12) + " TFLOP ÷ " +
        numberText(speed.trainFlopsPerSecond / 1e9) + " GFLOP/s = " + numberText(learning) + " s; evaluation at most " +
        groupedCount(newTokens) + " new tokens, " + numberText(generationFlops(shape, newTokens) / 1e12) + " TFLOP ÷ " +
        numberText(speed.generateFlopsPerSecond / 1e9) + " GFLOP/s = " + numberText(generating) + " s; " +
        (plan.comparedRows > 0 ? groupedCount(plan.comparedRows) + " choice rows = " + numberText(choosing) + " s; " : "") +
        "speed " +
        (speed.isMeasured()
             ? "measured on " + speed.device + " in " + numberText(std::round(speed.measuredSeconds)) + " s of such steps"
             : "assumed") +
        lengthNote(plan);
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

MachineSpeed machineSpeed(const Home& home, const RunConfig& config, const ModelShape& shape, const DataLengths& lengths)
{
    return SpeedBook::load(home).speedFor(config, shape, workPlan(config, lengths).stepTokens);
}

Estimate estimate(const RunConfig& config, const ModelShape& shape, const DataLengths& lengths, const MachineSpeed& speed)
{
    const ModelSizes sizes = modelSizes(config, shape);
    const WorkPlan plan = workPlan(config, lengths);
    MaskConfig mask;
    for (const StageConfig& stage : config.stages) {
        mask = stage.kind == StageKind::Mask ? stage.mask : mask;
    }
    Estimate result;
    for (const MethodTraits& method : kMethods) {
        Trainable t = trainable(method.kind, config.adapter, mask, shape);
        result.parameters.push_back({static_cast<double>(t.parameters), std::move(t.formula)});
    }
    result.memoryBytes = memory(config, shape, sizes, plan);
    result.seconds = duration(config, shape, sizes, plan, speed);
    result.diskBytes = disk(config, shape, sizes, plan, result.seconds.value);
    return result;
}

} // namespace lori::experiment
