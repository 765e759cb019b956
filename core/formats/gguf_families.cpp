// SPDX-License-Identifier: Apache-2.0
#include "core/formats/gguf_families.h"

#include "core/formats/families.h"
#include "core/formats/model_layout.h"

#include <array>
#include <cmath>
#include <utility>

namespace lori::formats {

namespace {

constexpr std::array<std::pair<const char*, const char*>, 10> kArchitectures{{{"llama", "llama"}, // Mistral's files say so too
                                                                              {"qwen2", "qwen2"},
                                                                              {"qwen3", "qwen3"},
                                                                              {"smollm3", "smollm3"},
                                                                              {"gemma2", "gemma2"},
                                                                              {"gemma3", "gemma3_text"},
                                                                              {"granite", "granite"},
                                                                              {"olmo2", "olmo2"},
                                                                              {"exaone4", "exaone4"},
                                                                              {"ernie4_5", "ernie4_5"}}};

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

void readGemma(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture)
{
    const experiment::ModelShape& s = config.shape;
    const bool isSecond = architecture == "gemma2";
    const bool isLargest = s.layers == (isSecond ? 46 : 62); // the 27B models, whose query scale no field says
    const std::int64_t scaled = isLargest ? s.hidden / s.heads : s.headSize;
    config.attentionScale = 1 / std::sqrt(static_cast<double>(scaled));
    config.embeddingScale = std::sqrt(static_cast<double>(s.hidden));
    if (isSecond) {
        config.attentionCap = positive(metadata, architecture + ".attn_logit_softcapping", 50);
        config.slidingWindow = config.slidingWindow == 0 ? 4096 : config.slidingWindow;
    }
    config.logitCap = positive(metadata, architecture + ".final_logit_softcapping", isSecond ? 30 : 0);
    if (config.slidingWindow > 0) {
        slideAllBut(config, isSecond ? 2 : 6);
    }
    if (!isSecond && config.slidingWindow > 0) {
        config.slidingRope = Rope{positive(metadata, architecture + ".rope.freq_base_swa", 10000), {}};
    }
}

void readGranite(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture)
{
    config.attentionScale = positive(metadata, architecture + ".attention.scale", 0);
    config.embeddingScale = positive(metadata, architecture + ".embedding_scale", 1);
    config.residualScale = positive(metadata, architecture + ".residual_scale", 1);
    config.logitScale = 1 / positive(metadata, architecture + ".logit_scale", 1);
}

} // namespace

std::string familyOfArchitecture(const GgufMetadata& metadata, const std::string& architecture)
{
    std::string known;
    for (const auto& [name, family] : kArchitectures) {
        if (architecture == name) {
            return family;
        }
        known += (known.empty() ? "" : ", ") + std::string(name);
    }
    throw Exception(ErrorCode::Unsupported,
                    "the architecture '" + architecture + "' is not supported in GGUF files (" + known + " are)",
                    "open the model as a Hugging Face folder, or choose another one", metadata.where());
}

void readGgufFamily(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture)
{
    const FamilySpec* spec = familySpec(config.family);
    config.normPlaces = spec->norms;
    config.headNorm = spec->headNorm != HeadNorm::None ? spec->headNorm : config.headNorm;
    config.activation = spec->activation;
    config.rotatesNeighbours = spec->rotatesNeighbours;
    if (architecture == "gemma2" || architecture == "gemma3") {
        readGemma(config, metadata, architecture);
    } else if (architecture == "granite") {
        readGranite(config, metadata, architecture);
    } else if (architecture == "smollm3") { // its files carry no list: every fourth layer knows no positions
        for (std::int64_t layer = 0; layer < config.shape.layers; ++layer) {
            config.unrotatedLayers.push_back((layer + 1) % 4 == 0);
        }
    } else if (config.slidingWindow > 0 && (architecture == "olmo2" || architecture == "exaone4")) {
        throw Exception(ErrorCode::Unsupported, "a window in some layers of a GGUF file of " + architecture + " is not supported",
                        "open the model as a Hugging Face folder, or choose another one", metadata.where());
    }
}

} // namespace lori::formats
