// SPDX-License-Identifier: Apache-2.0
#include "core/formats/families.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

namespace lori::formats {

namespace {

FamilySpec gemma(const char* family, const char* architecture, std::int64_t pattern)
{
    FamilySpec spec{family, architecture, Windows::Pattern, pattern};
    spec.tied = true;
    spec.headSize = 256;
    spec.norms = NormPlaces::Around;
    spec.normPlusOne = true;
    spec.activation = Activation::GeluTanh;
    spec.queryScalar = 256;
    return spec;
}

std::deque<FamilySpec> makeSpecs()
{
    std::deque<FamilySpec> specs;
    specs.push_back({"llama", "LlamaForCausalLM"});
    specs.back().readsMlpBias = true;
    specs.push_back({"mistral", "MistralForCausalLM", Windows::All});
    specs.push_back({"qwen2", "Qwen2ForCausalLM", Windows::AboveIf});
    specs.push_back({"qwen3", "Qwen3ForCausalLM", Windows::AboveIf});
    specs.back().headSize = 128;
    specs.back().headNorm = HeadNorm::EachHead;
    specs.push_back({"smollm3", "SmolLM3ForCausalLM", Windows::NoRopeIf});
    specs.back().tied = true;
    specs.back().theta = 2e6;
    specs.back().readsMlpBias = true;

    specs.push_back(gemma("gemma2", "Gemma2ForCausalLM", 2));
    specs.back().logitCap = 30;
    specs.back().attentionCap = 50;
    specs.push_back(gemma("gemma3_text", "Gemma3ForCausalLM", 6));
    specs.back().theta = 1e6;
    specs.back().slidingTheta = 10000;
    specs.back().headNorm = HeadNorm::EachHead;

    specs.push_back({"phi3", "Phi3ForCausalLM", Windows::All});
    specs.back().epsilon = 1e-5;
    specs.back().partlyRotated = true;
    specs.back().readsAttentionBias = false;

    for (const auto& [family, architecture] :
         {std::pair{"granite", "GraniteForCausalLM"}, std::pair{"granitemoehybrid", "GraniteMoeHybridForCausalLM"}}) {
        specs.push_back({family, architecture});
        specs.back().multiplies = true;
    }
    specs[specs.size() - 2].readsMlpBias = true;

    for (const auto& [family, architecture] : {std::pair{"olmo2", "Olmo2ForCausalLM"}, std::pair{"olmo3", "Olmo3ForCausalLM"}}) {
        specs.push_back({family, architecture});
        specs.back().epsilon = 1e-5;
        specs.back().norms = NormPlaces::After;
        specs.back().headNorm = HeadNorm::AllHeads;
    }
    specs.back().windows = Windows::Pattern;
    specs.back().pattern = 4;
    specs.back().theta = 5e5;
    specs.back().slidingTheta = 5e5;

    specs.push_back({"ministral3", "Ministral3ForCausalLM", Windows::All});
    specs.back().epsilon = 1e-5;
    specs.back().headSize = 128;
    specs.back().theta = 1e6;
    specs.back().readsAttentionBias = false;

    specs.push_back({"exaone4", "Exaone4ForCausalLM", Windows::Pattern, 4});
    specs.back().epsilon = 1e-5;
    specs.back().norms = NormPlaces::After;
    specs.back().headNorm = HeadNorm::EachHead;
    specs.back().readsAttentionBias = false;

    specs.push_back({"ernie4_5", "Ernie4_5ForCausalLM"});
    specs.back().tied = true;
    specs.back().theta = 5e5;
    specs.back().epsilon = 1e-5;
    specs.back().headSize = 128;
    specs.back().rotatesNeighbours = true;
    specs.back().readsAttentionBias = false; // 'use_bias' stands for all of them

    specs.push_back({"hunyuan_v1_dense", "HunYuanDenseV1ForCausalLM"});
    specs.back().epsilon = 1e-5;
    specs.back().headNorm = HeadNorm::EachHeadRotated;
    return specs;
}

const std::deque<FamilySpec>& specs()
{
    static const std::deque<FamilySpec> kSpecs = makeSpecs();
    return kSpecs;
}

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

const FamilySpec* familySpec(std::string_view family)
{
    const auto place =
        std::find_if(specs().begin(), specs().end(), [&](const FamilySpec& spec) { return family == spec.family; });
    return place == specs().end() ? nullptr : &*place;
}

std::string familyNames()
{
    std::string names;
    for (const FamilySpec& spec : specs()) {
        names += (names.empty() ? "" : ", ") + std::string(spec.family);
    }
    return names;
}

std::string foreignFeature(std::string_view family)
{
    for (const auto& [name, feature] : kForeign) {
        if (family == name) {
            return feature;
        }
    }
    return family.find("moe") != std::string_view::npos ? kExperts : "";
}

nlohmann::json innerDefaults(std::string_view family)
{
    if (family == "gemma3_text") {
        return {{"vocab_size", 262208},      {"hidden_size", 2304},
                {"intermediate_size", 9216}, {"num_hidden_layers", 26},
                {"num_attention_heads", 8},  {"num_key_value_heads", 4},
                {"head_dim", 256},           {"max_position_embeddings", 131072},
                {"sliding_window", 4096},    {"rms_norm_eps", 1e-6}};
    }
    if (family == "mistral") { // inside mistral3
        return {{"vocab_size", 131072},
                {"hidden_size", 5120},
                {"intermediate_size", 32768},
                {"num_hidden_layers", 40},
                {"num_attention_heads", 32},
                {"num_key_value_heads", 8},
                {"head_dim", 128},
                {"max_position_embeddings", 131072},
                {"rms_norm_eps", 1e-5},
                {"rope_theta", 1e9},
                {"sliding_window", nullptr}};
    }
    if (family == "ministral3") {
        return {{"vocab_size", 131072},
                {"hidden_size", 4096},
                {"intermediate_size", 14336},
                {"num_hidden_layers", 34},
                {"num_attention_heads", 32},
                {"num_key_value_heads", 8},
                {"head_dim", 128},
                {"max_position_embeddings", 262144},
                {"rms_norm_eps", 1e-5}};
    }
    return nlohmann::json::object();
}

} // namespace lori::formats
