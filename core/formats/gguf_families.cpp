// SPDX-License-Identifier: Apache-2.0
#include "core/formats/gguf_families.h"

#include "core/formats/families.h"
#include "core/formats/family_readers.h"
#include "core/formats/model_layout.h"

#include <cmath>

namespace lori::formats {

namespace {

/// A number above 0, or `absent`.
double positive(const GgufMetadata& metadata, const std::string& key, double absent)
{
    const auto value = metadata.number(key);
    if (value && !(*value > 0)) {
        metadata.refuse(key, "must be above 0");
    }
    return value.value_or(absent);
}

/// All but every n-th layer have the window.
void slideAllBut(ModelConfig& config, std::int64_t n)
{
    for (std::int64_t layer = 0; layer < config.shape.layers; ++layer) {
        config.slidingLayers.push_back((layer + 1) % n != 0);
    }
}

/// √hidden on the embeddings; the query scale that no field says: the largest model of a generation has its own.
void scaleGemma(ModelConfig& config, std::int64_t layersOfLargest)
{
    const ModelShape& s = config.shape;
    const std::int64_t scaled = s.layers == layersOfLargest ? s.hidden / s.heads : s.headSize;
    config.attentionScale = 1 / std::sqrt(static_cast<double>(scaled));
    config.embeddingScale = std::sqrt(static_cast<double>(s.hidden));
}

} // namespace

void readGgufGemma2(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture)
{
    scaleGemma(config, 46);
    config.attentionCap = positive(metadata, architecture + ".attn_logit_softcapping", 50);
    config.logitCap = positive(metadata, architecture + ".final_logit_softcapping", 30);
    config.slidingWindow = config.slidingWindow == 0 ? 4096 : config.slidingWindow;
    slideAllBut(config, 2);
}

void readGgufGemma3(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture)
{
    scaleGemma(config, 62);
    config.logitCap = positive(metadata, architecture + ".final_logit_softcapping", 0);
    if (config.slidingWindow > 0) {
        slideAllBut(config, 6);
        config.slidingRope = Rope{positive(metadata, architecture + ".rope.freq_base_swa", 10000), {}};
    }
}

void readGgufGranite(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture)
{
    config.attentionScale = positive(metadata, architecture + ".attention.scale", 0);
    config.embeddingScale = positive(metadata, architecture + ".embedding_scale", 1);
    config.residualScale = positive(metadata, architecture + ".residual_scale", 1);
    config.logitScale = 1 / positive(metadata, architecture + ".logit_scale", 1);
}

void everyFourthUnrotated(ModelConfig& config, const GgufMetadata& /*metadata*/, const std::string& /*architecture*/)
{
    for (std::int64_t layer = 0; layer < config.shape.layers; ++layer) {
        config.unrotatedLayers.push_back((layer + 1) % 4 == 0);
    }
}

void refuseGgufWindow(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture)
{
    if (config.slidingWindow > 0) {
        throw Exception(ErrorCode::Unsupported, "a window in some layers of a GGUF file of " + architecture + " is not supported",
                        "open the model as a Hugging Face folder, or choose another one", metadata.where());
    }
}

std::string familyOfArchitecture(const GgufMetadata& metadata, const std::string& architecture)
{
    std::string known;
    for (const FamilySpec& spec : families()) {
        if (!spec.gguf.isRead) {
            continue;
        }
        if (architecture == spec.gguf.architecture) {
            return spec.family;
        }
        known += (known.empty() ? "" : ", ") + std::string(spec.gguf.architecture);
    }
    throw Exception(ErrorCode::Unsupported,
                    "the architecture '" + architecture + "' is not supported in GGUF files (" + known + " are)",
                    "open the model as a Hugging Face folder, or choose another one", metadata.where());
}

void readGgufFamily(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture)
{
    const FamilySpec& spec = knownFamily(config.family);
    config.normPlaces = spec.norms;
    config.headNorm = spec.headNorm != HeadNorm::None ? spec.headNorm : config.headNorm;
    config.activation = spec.activation;
    config.rotatesNeighbours = spec.rotatesNeighbours;
    if (spec.gguf.readOwn != nullptr) {
        spec.gguf.readOwn(config, metadata, architecture);
    }
}

} // namespace lori::formats
