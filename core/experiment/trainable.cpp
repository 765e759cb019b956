// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/trainable.h"

#include "core/experiment/number_text.h"

#include <algorithm>

namespace lori::experiment {

namespace {

constexpr std::int64_t kFloatBytes = 4;

struct Features {
    std::int64_t in = 0;
    std::int64_t out = 0;
};

Features featuresOf(const ModelShape& shape, const std::vector<Projection>& targets)
{
    Features sum;
    for (const Projection p : targets) {
        sum.in += projectionShape(shape, p).in;
        sum.out += projectionShape(shape, p).out;
    }
    return sum;
}

std::int64_t keptOfPool(std::int64_t entries, const MaskConfig& mask)
{
    const double share = mask.sparsity >= 0 && mask.sparsity < 1 ? 1 - mask.sparsity : 0; // NaN while a person types
    const auto k = static_cast<std::int64_t>(share * static_cast<double>(entries));
    return std::min(entries, std::max<std::int64_t>(1, k));
}

/// Entries that the mask keeps, pool by pool (method.md §1.7).
std::int64_t sparseEntries(const AdapterConfig& adapter, const ModelShape& shape, const MaskConfig& mask)
{
    const auto entries = [&](auto&& chosen) {
        std::int64_t sum = 0;
        for (const Projection p : adapter.targets) {
            sum += chosen(p) ? projectionShape(shape, p).out * adapter.rank : 0;
        }
        return sum;
    };
    const auto any = [](Projection) {
        return true;
    };
    std::int64_t kept = 0;
    switch (mask.scope) {
    case MaskScope::Model:
        return keptOfPool(shape.layers * entries(any), mask);
    case MaskScope::Layer:
        return shape.layers * keptOfPool(entries(any), mask);
    case MaskScope::Module:
        for (const bool attention : {true, false}) {
            if (const std::int64_t n = entries([&](Projection p) { return (p <= Projection::O) == attention; }); n > 0) {
                kept += keptOfPool(shape.layers * n, mask);
            }
        }
        return kept;
    case MaskScope::Projection:
        for (const Projection p : adapter.targets) {
            kept += keptOfPool(shape.layers * projectionShape(shape, p).out * adapter.rank, mask);
        }
        return kept;
    case MaskScope::Matrix:
        for (const Projection p : adapter.targets) {
            kept += shape.layers * keptOfPool(projectionShape(shape, p).out * adapter.rank, mask);
        }
        return kept;
    }
    return kept;
}

std::int64_t allParameters(const ModelShape& shape)
{
    std::int64_t linear = 0;
    for (const Projection p : kAllProjections) {
        linear += projectionShape(shape, p).in * projectionShape(shape, p).out;
    }
    return shape.layers * linear + shape.vocabulary * shape.hidden * (shape.tiedEmbeddings ? 1 : 2) +
           (2 * shape.layers + 1) * shape.hidden + shape.otherParameters;
}

/// Entries of one layer's scaling vectors.
std::int64_t ia3Features(const AdapterConfig& adapter, const ModelShape& shape)
{
    std::int64_t features = 0;
    for (const Projection p : adapter.ia3Targets) {
        const bool isInput =
            std::find(adapter.ia3FeedForward.begin(), adapter.ia3FeedForward.end(), p) != adapter.ia3FeedForward.end();
        features += isInput ? projectionShape(shape, p).in : projectionShape(shape, p).out;
    }
    return features;
}

} // namespace

Trainable trainable(StageKind kind, const AdapterConfig& adapter, const MaskConfig& mask, const ModelShape& shape)
{
    const Features features = featuresOf(shape, adapter.targets);
    const std::int64_t a = shape.layers * adapter.rank * features.in;
    const std::int64_t b = shape.layers * adapter.rank * features.out;
    const std::string layers = groupedText(shape.layers) + " layers × ";
    const std::string rank = " × rank " + groupedText(adapter.rank);
    Trainable result;
    std::int64_t frozen = 0;
    switch (kind) {
    case StageKind::Mask:
        return result;
    case StageKind::LoriD:
        result.parameters = b;
        frozen = a;
        result.formula = layers + groupedText(features.out) + " out-features" + rank + " = " + groupedText(b);
        break;
    case StageKind::LoriS:
        result.parameters = features.out > 0 ? sparseEntries(adapter, shape, mask) : 0;
        frozen = a + b; // B stays dense in memory for the products
        result.formula = "(1 − " + numberText(mask.sparsity) + ") × " + groupedText(b) +
                         ", rounded down in each pool = " + groupedText(result.parameters);
        break;
    case StageKind::Lora:
    case StageKind::Dora:
        result.parameters = a + b;
        result.formula =
            layers + "(" + groupedText(features.in) + " in-features + " + groupedText(features.out) + " out-features)" + rank;
        if (kind == StageKind::Dora) {
            result.parameters += shape.layers * features.out;
            result.formula += " + " + layers + groupedText(features.out) + " magnitudes";
        }
        result.formula += " = " + groupedText(result.parameters);
        break;
    case StageKind::Ia3:
        result.parameters = shape.layers * ia3Features(adapter, shape);
        result.formula = layers + groupedText(ia3Features(adapter, shape)) + " features = " + groupedText(result.parameters);
        break;
    case StageKind::Full:
        result.parameters = allParameters(shape);
        result.formula = "every weight of the base model = " + groupedText(result.parameters);
        break;
    }
    result.weightBytes = kFloatBytes * (result.parameters + frozen);
    result.optimizerBytes = 3 * kFloatBytes * result.parameters;
    return result;
}

MaskConfig maskOf(const RunConfig& config, std::size_t stage)
{
    const std::int64_t named = stage < config.stages.size() ? config.stages[stage].maskStage : -1;
    if (named >= 0 && named < static_cast<std::int64_t>(stage)) {
        return config.stages[static_cast<std::size_t>(named)].mask;
    }
    for (std::size_t i = stage; i-- > 0;) {
        if (config.stages[i].kind == StageKind::Mask) {
            return config.stages[i].mask;
        }
    }
    return {};
}

Trainable largestTrainable(const RunConfig& config, const ModelShape& shape)
{
    Trainable largest;
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        Trainable one = trainable(config.stages[i].kind, config.adapter, maskOf(config, i), shape);
        if (one.weightBytes + one.optimizerBytes > largest.weightBytes + largest.optimizerBytes) {
            largest = std::move(one);
        }
    }
    return largest;
}

} // namespace lori::experiment
