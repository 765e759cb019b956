// SPDX-License-Identifier: Apache-2.0
#include "core/formats/gguf_names.h"

#include "core/formats/families.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace lori::formats {

namespace {

using Names = std::pair<std::string_view, std::string_view>; ///< GGUF's, Hugging Face's
constexpr std::array<Names, 3> kOuter{
    {{"token_embd", "model.embed_tokens"}, {"output_norm", "model.norm"}, {"output", "lm_head"}}};
constexpr std::array<Names, 13> kInner{{{"attn_norm", "input_layernorm"},
                                        {"ffn_norm", "post_attention_layernorm"},
                                        {"attn_q", "self_attn.q_proj"},
                                        {"attn_k", "self_attn.k_proj"},
                                        {"attn_v", "self_attn.v_proj"},
                                        {"attn_output", "self_attn.o_proj"},
                                        {"attn_q_norm", "self_attn.q_norm"},
                                        {"attn_k_norm", "self_attn.k_norm"},
                                        {"ffn_gate", "mlp.gate_proj"},
                                        {"ffn_up", "mlp.up_proj"},
                                        {"ffn_down", "mlp.down_proj"},
                                        {"post_attention_norm", "post_attention_layernorm"},
                                        {"post_ffw_norm", "post_feedforward_layernorm"}}};

enum class Side : std::uint8_t { Gguf, HuggingFace };

/// The other side's name of `name`; nothing when it is not in the list.
template <typename List>
std::optional<std::string> otherName(const List& list, std::string_view name, Side from)
{
    for (const auto& [gguf, huggingFace] : list) {
        if (name == (from == Side::Gguf ? gguf : huggingFace)) {
            return std::string(from == Side::Gguf ? huggingFace : gguf);
        }
    }
    return std::nullopt;
}

std::optional<std::string> translated(const std::string& name, Side from)
{
    const std::string prefix = from == Side::Gguf ? "blk." : "model.layers.";
    const std::string otherPrefix = from == Side::Gguf ? "model.layers." : "blk.";
    const std::size_t kindAt = name.rfind('.');
    if (kindAt == std::string::npos) {
        return std::nullopt;
    }
    const std::string kind = name.substr(kindAt); // ".weight" or ".bias"
    if (const auto outer = otherName(kOuter, std::string_view(name).substr(0, kindAt), from)) {
        return *outer + kind;
    }
    const std::size_t numberEnd = name.starts_with(prefix) ? name.find('.', prefix.size()) : std::string::npos;
    if (numberEnd == std::string::npos || numberEnd >= kindAt) {
        return std::nullopt;
    }
    const auto inner = otherName(kInner, std::string_view(name).substr(numberEnd + 1, kindAt - numberEnd - 1), from);
    const std::string number = name.substr(prefix.size(), numberEnd + 1 - prefix.size()); // "3."
    return inner ? std::optional(otherPrefix + number + *inner + kind) : std::nullopt;
}

} // namespace

std::string huggingFaceName(const std::string& ggufName, NormPlaces places)
{
    const std::size_t norm = ggufName.find(".ffn_norm.");
    if (places == NormPlaces::Around && norm != std::string::npos && ggufName.starts_with("blk.")) {
        return "model.layers." + ggufName.substr(4, norm - 4) + ".pre_feedforward_layernorm" + ggufName.substr(norm + 9);
    }
    return translated(ggufName, Side::Gguf).value_or(ggufName);
}

std::optional<std::string> ggufName(const std::string& huggingFaceName)
{
    return translated(huggingFaceName, Side::HuggingFace);
}

GgufArchitecture ggufArchitectureOf(const std::string& family)
{
    const FamilySpec* spec = familySpec(family);
    if (spec == nullptr || !spec->gguf.isWritten) {
        throw Exception(ErrorCode::Unsupported,
                        "models of the family " + family + " are not written as GGUF files by this program",
                        "write a Hugging Face folder, and convert that with llama.cpp's convert_hf_to_gguf.py", "");
    }
    return {spec->gguf.architecture, spec->gguf.permutesQueryKey};
}

bool permutesQueryKey(const std::string& architecture)
{
    const auto all = families();
    return std::any_of(all.begin(), all.end(), [&](const FamilySpec& spec) {
        return spec.gguf.permutesQueryKey && architecture == spec.gguf.architecture;
    });
}

} // namespace lori::formats
