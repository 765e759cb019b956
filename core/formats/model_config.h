// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a decoder computes, as plain data. The engine follows it and knows no family by name.

#include "core/vocabulary/model_shape.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lori::formats {

/// How positions are stretched (Hugging Face rope_scaling). An empty kind = not at all.
struct RopeScaling {
    std::string kind; ///< "", "linear", "dynamic", "yarn", "longrope", "llama3", "table"
    double factor = 1;
    double lowFrequencyFactor = 1;       ///< llama3
    double highFrequencyFactor = 4;      ///< llama3
    std::int64_t originalContext = 8192; ///< llama3, yarn, longrope, dynamic: positions the model knew before it was stretched
    std::vector<double> divisors;     ///< table (GGUF's rope_freqs): what each frequency is divided by; longrope: in short rows
    std::vector<double> longDivisors; ///< longrope: in rows longer than originalContext
    double attentionFactor = 1;       ///< yarn, longrope: every cosine and sine is multiplied by it
    double betaFast = 32;             ///< yarn: frequencies that turn more often than this in originalContext stay
    double betaSlow = 1;              ///< yarn: those that turn less often are divided by factor
    bool roundsRange = true;          ///< yarn: the range between the two is rounded to whole frequencies
};

/// Rotary positions of some layers.
struct Rope {
    double theta = 10000;
    RopeScaling scaling;
};

/// Where a block has its norms.
enum class NormPlaces : std::uint8_t {
    Before, ///< before attention and before the feed-forward part (Llama)
    Around, ///< before and after both (Gemma 2 and 3)
    After,  ///< after both, inside the branch (OLMo 2 and 3, EXAONE 4)
};
/// Names of a block's norms in Hugging Face files; empty where there is none.
struct NormNames {
    const char* attentionIn = "";
    const char* attentionOut = "";
    const char* feedForwardIn = "";
    const char* feedForwardOut = "";
};
[[nodiscard]] NormNames normNames(NormPlaces places);

/// RMS norm on queries and keys.
enum class HeadNorm : std::uint8_t {
    None,
    EachHead,        ///< over the entries of a head, before rotation (Qwen 3, Gemma 3)
    EachHeadRotated, ///< over the entries of a head, after rotation (Hunyuan)
    AllHeads,        ///< over all heads together, before rotation (OLMo 2)
};

enum class Activation : std::uint8_t { Silu, GeluTanh };

/// Everything about a decoder that is not a weight. The defaults are a Llama's.
struct ModelConfig {
    std::string family; ///< Hugging Face's model_type of the text model: "llama", "gemma3_text", "phi3" …
    std::string name;   ///< for people
    ModelShape shape;
    double rmsEpsilon = 1e-5;
    double ropeTheta = 10000;
    RopeScaling ropeScaling;
    std::int64_t contextLength = 2048;
    std::int64_t slidingWindow = 0;    ///< tokens a token sees, itself included; 0 = all before it
    std::vector<bool> slidingLayers;   ///< which layers have the window; empty = all
    std::vector<bool> unrotatedLayers; ///< layers without rotary positions (SmolLM3's NoPE); empty = none
    bool attentionBias = false;        ///< q, k, v biases (Qwen2)
    bool outputBias = false;           ///< o bias
    std::optional<std::int64_t> bosId;
    std::vector<std::int64_t> eosIds; ///< all ids that end a generation; the first is appended to responses

    NormPlaces normPlaces = NormPlaces::Before;
    bool normPlusOne = false; ///< the file's norm weights lack 1: y = x̂ · (1 + w) (Gemma's Hugging Face files)
    HeadNorm headNorm = HeadNorm::None;
    Activation activation = Activation::Silu;
    bool feedForwardBias = false;    ///< gate, up and down biases
    double embeddingScale = 1;       ///< embeddings are multiplied by it (Gemma √hidden, Granite)
    double residualScale = 1;        ///< what a branch gives is multiplied by it before it is added (Granite)
    double attentionScale = 0;       ///< of q·k; 0 = 1 / √headSize
    double attentionCap = 0;         ///< q·k becomes c·tanh(q·k / c) (Gemma 2); 0 = no cap
    double logitScale = 1;           ///< logits are multiplied by it (Granite divides)
    double logitCap = 0;             ///< logits become c·tanh(logit / c) (Gemma 2); 0 = no cap
    std::optional<Rope> slidingRope; ///< of the layers with the window, where they have another (Gemma 3, OLMo 3)
    std::int64_t rotatedSize = 0;    ///< first entries of a head that are rotated (Phi); 0 = all
    bool rotatesNeighbours = false;  ///< entries 2i and 2i + 1 turn together (ERNIE), not i and i + half
    double queryGrowth = 0; ///< queries are multiplied by 1 + growth·log(1 + ⌊position / queryGrowthStep⌋) (Ministral 3)
    std::int64_t queryGrowthStep = 1;

    /// The window of one layer; 0 = none.
    [[nodiscard]] std::int64_t windowOf(std::int64_t layer) const
    {
        return slidingLayers.empty() || slidingLayers[static_cast<std::size_t>(layer)] ? slidingWindow : 0;
    }
    [[nodiscard]] bool rotates(std::int64_t layer) const
    {
        return unrotatedLayers.empty() || !unrotatedLayers[static_cast<std::size_t>(layer)];
    }
    /// Whether the layer's positions are those of `slidingRope`.
    [[nodiscard]] bool rotatesLikeSliding(std::int64_t layer) const
    {
        return slidingRope.has_value() && !slidingLayers.empty() && slidingLayers[static_cast<std::size_t>(layer)];
    }
    /// Entries of a head that are rotated.
    [[nodiscard]] std::int64_t rotated() const { return rotatedSize > 0 ? rotatedSize : shape.headSize; }
};

} // namespace lori::formats
