// SPDX-License-Identifier: Apache-2.0
// Families that this program does not compute, and what it lacks for them.
#include "core/formats/families.h"

#include <array>
#include <utility>

namespace lori::formats {

namespace {

constexpr const char* kExperts = "a mixture of experts";
constexpr const char* kMamba = "Mamba layers";
constexpr const char* kDelta = "gated delta-net layers";
constexpr const char* kConvolution = "short convolution layers";
constexpr const char* kLatent = "latent attention";
constexpr const char* kPerLayer = "embeddings in every layer and layers that share their keys";

constexpr std::array<std::pair<const char*, const char*>, 34> kForeign{{{"qwen3_5", kDelta},
                                                                        {"qwen3_5_text", kDelta},
                                                                        {"qwen3_next", kDelta},
                                                                        {"olmo_hybrid", kDelta},
                                                                        {"kimi_linear", kDelta},
                                                                        {"gemma3n", kPerLayer},
                                                                        {"gemma3n_text", kPerLayer},
                                                                        {"gemma4", kPerLayer},
                                                                        {"gemma4_text", kPerLayer},
                                                                        {"lfm2", kConvolution},
                                                                        {"lfm3", kConvolution},
                                                                        {"gpt_oss", kExperts},
                                                                        {"mixtral", kExperts},
                                                                        {"llama4", kExperts},
                                                                        {"llama4_text", kExperts},
                                                                        {"dbrx", kExperts},
                                                                        {"deepseek_v2", kLatent},
                                                                        {"deepseek_v3", kLatent},
                                                                        {"deepseek_v32", kLatent},
                                                                        {"minicpm3", kLatent},
                                                                        {"youtu", kLatent},
                                                                        {"longcat_flash", kLatent},
                                                                        {"mamba", kMamba},
                                                                        {"mamba2", kMamba},
                                                                        {"falcon_mamba", kMamba},
                                                                        {"falcon_h1", kMamba},
                                                                        {"bamba", kMamba},
                                                                        {"jamba", kMamba},
                                                                        {"zamba", kMamba},
                                                                        {"zamba2", kMamba},
                                                                        {"nemotron_h", kMamba},
                                                                        {"recurrent_gemma", "recurrent layers"},
                                                                        {"rwkv", "recurrent layers"},
                                                                        {"granite_swa", "attention sinks"}}};

} // namespace

std::string foreignFeature(std::string_view family)
{
    for (const auto& [name, feature] : kForeign) {
        if (family == name) {
            return feature;
        }
    }
    return family.find("moe") != std::string_view::npos ? kExperts : "";
}

} // namespace lori::formats
