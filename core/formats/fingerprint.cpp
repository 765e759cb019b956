// SPDX-License-Identifier: Apache-2.0
#include "core/formats/model_files.h"
#include "core/support/sha256.h"

#include <algorithm>

namespace lori::formats {

namespace {

constexpr std::size_t kProbeBytes = 4096;

/// What the decoders of the first families did not have.
nlohmann::json beyondLlama(const ModelConfig& config)
{
    const auto stretch = [](const RopeScaling& r) {
        return nlohmann::json{r.longDivisors, r.attentionFactor, r.betaFast, r.betaSlow, r.roundsRange};
    };
    const RopeScaling near = config.slidingRope ? config.slidingRope->scaling : RopeScaling{};
    return {static_cast<int>(config.normPlaces),
            config.normPlusOne,
            config.headNorm > HeadNorm::EachHead ? static_cast<int>(config.headNorm) : 0,
            static_cast<int>(config.activation),
            config.feedForwardBias,
            config.embeddingScale,
            config.residualScale,
            config.attentionScale,
            config.attentionCap,
            config.logitScale,
            config.logitCap,
            config.slidingRope ? config.slidingRope->theta : 0.0,
            near.kind,
            near.factor,
            near.originalContext,
            near.divisors,
            stretch(near),
            stretch(config.ropeScaling),
            config.rotatedSize,
            config.rotatesNeighbours,
            config.queryGrowth,
            config.queryGrowthStep};
}

/// What the forward pass depends on, in a fixed order. The model's name is left out: a copy under another name is the same model.
nlohmann::json essence(const ModelConfig& config)
{
    const ModelShape& s = config.shape;
    const RopeScaling& r = config.ropeScaling;
    nlohmann::json list = {config.family,
                           s.layers,
                           s.hidden,
                           s.heads,
                           s.kvHeads,
                           s.headSize,
                           s.feedForward,
                           s.vocabulary,
                           s.tiedEmbeddings,
                           config.rmsEpsilon,
                           config.ropeTheta,
                           r.kind,
                           r.factor,
                           r.lowFrequencyFactor,
                           r.highFrequencyFactor,
                           r.originalContext,
                           config.slidingWindow,
                           config.attentionBias,
                           config.outputBias,
                           config.headNorm != HeadNorm::None};
    // Added only where a model has them, so that models without keep the fingerprint their adapters were sealed with.
    if (!config.slidingLayers.empty() || !config.unrotatedLayers.empty() || !r.divisors.empty()) {
        list.push_back({{"sliding", config.slidingLayers}, {"unrotated", config.unrotatedLayers}, {"divisors", r.divisors}});
    }
    if (nlohmann::json others = beyondLlama(config); others != beyondLlama(ModelConfig{})) {
        list.push_back(std::move(others));
    }
    return list;
}

} // namespace

std::string modelFingerprint(const ModelFiles& model)
{
    Sha256 hash;
    hash.update(essence(model.config).dump());
    std::vector<const TensorView*> tensors;
    for (const TensorView& tensor : model.tensors->tensors()) {
        tensors.push_back(&tensor);
    }
    std::sort(tensors.begin(), tensors.end(), [](const TensorView* a, const TensorView* b) { return a->name < b->name; });
    for (const TensorView* tensor : tensors) {
        hash.update(nlohmann::json({tensor->name, dtypeName(tensor->dtype), tensor->shape}).dump());
        const std::size_t probe = std::min(kProbeBytes, tensor->bytes.size());
        hash.update(tensor->bytes.first(probe));
        hash.update(tensor->bytes.last(probe));
    }
    return hash.hexDigest();
}

} // namespace lori::formats
