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

/// Entries of each part a method may have, in all layers.
struct Sizes {
    std::int64_t inFeatures = 0; ///< of the chosen projections of one layer
    std::int64_t outFeatures = 0;
    std::int64_t scaled = 0; ///< IA3's features of one layer
    std::int64_t a = 0;
    std::int64_t b = 0;
    std::int64_t magnitudes = 0;
    std::int64_t vectors = 0;
    std::int64_t weights = 0;

    [[nodiscard]] std::int64_t of(const MethodParts& parts) const
    {
        return (parts.a ? a : 0) + (parts.b ? b : 0) + (parts.magnitudes ? magnitudes : 0) + (parts.vectors ? vectors : 0) +
               (parts.weights ? weights : 0);
    }
};

Sizes sizesOf(const AdapterConfig& adapter, const ModelShape& shape)
{
    const Features features = featuresOf(shape, adapter.targets);
    Sizes sizes;
    sizes.inFeatures = features.in;
    sizes.outFeatures = features.out;
    sizes.scaled = ia3Features(adapter, shape);
    sizes.a = shape.layers * adapter.rank * features.in;
    sizes.b = shape.layers * adapter.rank * features.out;
    sizes.magnitudes = shape.layers * features.out;
    sizes.vectors = shape.layers * sizes.scaled;
    sizes.weights = allParameters(shape);
    return sizes;
}

std::string formulaOf(const MethodParts& parts, const Sizes& sizes, const AdapterConfig& adapter, const ModelShape& shape)
{
    if (parts.weights) {
        return "every weight of the base model";
    }
    const std::string layers = groupedText(shape.layers) + " layers × ";
    const std::string in = groupedText(sizes.inFeatures) + " in-features";
    const std::string out = groupedText(sizes.outFeatures) + " out-features";
    std::string text;
    if (parts.a || parts.b) {
        const std::string features = parts.a && parts.b ? "(" + in + " + " + out + ")" : parts.a ? in : out;
        text = layers + features + " × rank " + groupedText(adapter.rank);
    }
    const auto add = [&](bool has, const std::string& what) {
        text += !has ? "" : (text.empty() ? "" : " + ") + layers + what;
    };
    add(parts.magnitudes, groupedText(sizes.outFeatures) + " magnitudes");
    add(parts.vectors, groupedText(sizes.scaled) + " features");
    return text;
}

} // namespace

Trainable trainable(StageKind kind, const AdapterConfig& adapter, const MaskConfig& mask, const ModelShape& shape)
{
    const MethodTraits& method = traitsOf(kind);
    Trainable result;
    if (!method.trains()) {
        return result;
    }
    const Sizes sizes = sizesOf(adapter, shape);
    if (method.isSparse) {
        result.parameters = sizes.outFeatures > 0 ? sparseEntries(adapter, shape, mask) : 0;
        result.formula = "(1 − " + numberText(mask.sparsity) + ") × " + groupedText(sizes.b) +
                         ", rounded down in each pool = " + groupedText(result.parameters);
    } else {
        result.parameters = sizes.of(method.trained);
        result.formula = formulaOf(method.trained, sizes, adapter, shape) + " = " + groupedText(result.parameters);
    }
    result.weightBytes = kFloatBytes * (result.parameters + sizes.of(method.frozen));
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
