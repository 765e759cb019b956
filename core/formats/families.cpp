// SPDX-License-Identifier: Apache-2.0
#include "core/formats/families.h"

#include "core/formats/family_defaults.h"
#include "core/formats/family_readers.h"
#include "core/support/error.h"

#include <algorithm>

namespace lori::formats {

namespace {

constexpr std::array kFamilies{
    FamilySpec{.family = "llama",
               .architecture = "LlamaForCausalLM",
               .readsMlpBias = true,
               .gguf = {.architecture = "llama", .isRead = true, .isWritten = true, .permutesQueryKey = true}},
    FamilySpec{.family = "mistral",
               .architecture = "MistralForCausalLM",
               .windows = Windows::All,
               .layersMayDiffer = true, // transformers then takes its class Ministral
               .outer = "mistral3",
               .innerDefaults = innerMistral,
               .gguf = {.architecture = "llama", .isWritten = true, .permutesQueryKey = true}}, // its files say llama
    FamilySpec{.family = "qwen2",
               .architecture = "Qwen2ForCausalLM",
               .windows = Windows::AboveIf,
               .attentionBias = AttentionBias::QueryKeyValue,
               .gguf = {.architecture = "qwen2", .isRead = true, .isWritten = true}},
    FamilySpec{.family = "qwen3",
               .architecture = "Qwen3ForCausalLM",
               .windows = Windows::AboveIf,
               .headNorm = HeadNorm::EachHead,
               .headSize = 128,
               .gguf = {.architecture = "qwen3", .isRead = true, .isWritten = true}},
    FamilySpec{.family = "smollm3",
               .architecture = "SmolLM3ForCausalLM",
               .windows = Windows::NoRopeIf,
               .unrotated = Unrotated::ByField,
               .theta = 2e6,
               .readsMlpBias = true,
               .tied = true,
               .gguf = {.architecture = "smollm3",
                        .isRead = true,
                        .isWritten = true,
                        .permutesQueryKey = true,
                        .readOwn = everyFourthUnrotated}},
    FamilySpec{.family = "gemma2",
               .architecture = "Gemma2ForCausalLM",
               .windows = Windows::Pattern,
               .pattern = 2,
               .headSize = 256,
               .attentionCap = 50,
               .queryScalar = 256,
               .norms = NormPlaces::Around,
               .normPlusOne = true,
               .activation = Activation::GeluTanh,
               .activationField = "hidden_activation",
               .tied = true,
               .scalesEmbedding = true,
               .logitCap = 30,
               .gguf = {.architecture = "gemma2", .isRead = true, .readOwn = readGgufGemma2}},
    FamilySpec{.family = "gemma3_text",
               .architecture = "Gemma3ForCausalLM",
               .windows = Windows::Pattern,
               .pattern = 6,
               .headNorm = HeadNorm::EachHead,
               .headSize = 256,
               .queryScalar = 256,
               .theta = 1e6,
               .slidingTheta = 10000,
               .slidingThetaField = "rope_local_base_freq",
               .norms = NormPlaces::Around,
               .normPlusOne = true,
               .activation = Activation::GeluTanh,
               .activationField = "hidden_activation",
               .tied = true,
               .scalesEmbedding = true,
               .outer = "gemma3",
               .innerDefaults = innerGemma3,
               .gguf = {.architecture = "gemma3", .isRead = true, .readOwn = readGgufGemma3}},
    FamilySpec{.family = "phi3",
               .architecture = "Phi3ForCausalLM",
               .windows = Windows::All,
               .attentionBias = AttentionBias::Never,
               .partlyRotated = true,
               .longRopeOutside = true,
               .epsilon = 1e-5,
               .modules = phiModules},
    FamilySpec{.family = "granite",
               .architecture = "GraniteForCausalLM",
               .readsMlpBias = true,
               .multiplies = true,
               .gguf = {.architecture = "granite", .isRead = true, .permutesQueryKey = true, .readOwn = readGgufGranite}},
    FamilySpec{.family = "granitemoehybrid",
               .architecture = "GraniteMoeHybridForCausalLM",
               .unrotated = Unrotated::UnlessNamed,
               .feedForwardField = "shared_intermediate_size",
               .multiplies = true,
               .modules = sharedMlpModules,
               .hasOlderLayerKinds = true,
               .check = checkGraniteHybrid},
    FamilySpec{.family = "olmo2",
               .architecture = "Olmo2ForCausalLM",
               .headNorm = HeadNorm::AllHeads,
               .norms = NormPlaces::After,
               .epsilon = 1e-5,
               .gguf = {.architecture = "olmo2", .isRead = true, .readOwn = refuseGgufWindow}},
    FamilySpec{.family = "olmo3",
               .architecture = "Olmo3ForCausalLM",
               .windows = Windows::Pattern,
               .pattern = 4,
               .headNorm = HeadNorm::AllHeads,
               .theta = 5e5,
               .slidingTheta = 5e5,
               .norms = NormPlaces::After,
               .epsilon = 1e-5},
    FamilySpec{.family = "ministral3",
               .architecture = "Ministral3ForCausalLM",
               .windows = Windows::All,
               .headSize = 128,
               .attentionBias = AttentionBias::Never,
               .theta = 1e6,
               .growsQueries = true,
               .classRope = ropeOfMinistral3,
               .epsilon = 1e-5,
               .innerDefaults = innerMinistral3,
               .gguf = {.architecture = "mistral3", .permutesQueryKey = true}}, // its adapters only
    FamilySpec{.family = "exaone4",
               .architecture = "Exaone4ForCausalLM",
               .windows = Windows::Pattern,
               .pattern = 4,
               .unrotated = Unrotated::OutsideWindows,
               .headNorm = HeadNorm::EachHead,
               .attentionBias = AttentionBias::Never,
               .norms = NormPlaces::After,
               .epsilon = 1e-5,
               .gguf = {.architecture = "exaone4", .isRead = true, .readOwn = refuseGgufWindow}},
    FamilySpec{.family = "ernie4_5",
               .architecture = "Ernie4_5ForCausalLM",
               .headSize = 128,
               .attentionBias = AttentionBias::UseBias,
               .theta = 5e5,
               .rotatesNeighbours = true,
               .epsilon = 1e-5,
               .tied = true,
               .gguf = {.architecture = "ernie4_5", .isRead = true}},
    FamilySpec{.family = "hunyuan_v1_dense",
               .architecture = "HunYuanDenseV1ForCausalLM",
               .headNorm = HeadNorm::EachHeadRotated,
               .stretchesByAlpha = true,
               .epsilon = 1e-5,
               .headNormNames = {"query_layernorm", "key_layernorm"}},
};

} // namespace

std::span<const FamilySpec> families()
{
    return kFamilies;
}

const FamilySpec* familySpec(std::string_view family)
{
    const auto place =
        std::find_if(kFamilies.begin(), kFamilies.end(), [&](const FamilySpec& spec) { return family == spec.family; });
    return place == kFamilies.end() ? nullptr : &*place;
}

const FamilySpec& knownFamily(std::string_view family)
{
    const FamilySpec* spec = familySpec(family);
    if (spec == nullptr) {
        throw Exception(ErrorCode::Unsupported, "the family " + std::string(family) + " is not known to this program",
                        "start from the model's Hugging Face folder");
    }
    return *spec;
}

std::string familyNames()
{
    std::string names;
    for (const FamilySpec& spec : kFamilies) {
        names += (names.empty() ? "" : ", ") + std::string(spec.family);
    }
    return names;
}

} // namespace lori::formats
