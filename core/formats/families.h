// SPDX-License-Identifier: Apache-2.0
#pragma once

// What Hugging Face's configuration leaves unsaid about a family: where its norms are, and the values that transformers' class
// has for fields that are absent. Internal to this room.

#include "core/formats/model_config.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace lori::formats {

/// Which layers have the sliding window when 'layer_types' does not say.
enum class Windows : std::uint8_t {
    None,     ///< the field means nothing
    All,      ///< every layer, when a size is given
    AboveIf,  ///< with 'use_sliding_window', from 'max_window_layers' on (Qwen)
    NoRopeIf, ///< with 'use_sliding_window', the layers without positions (SmolLM3)
    Pattern,  ///< all but every n-th layer
};

struct FamilySpec {
    const char* family;       ///< model_type
    const char* architecture; ///< transformers' class
    Windows windows = Windows::None;
    std::int64_t pattern = 0; ///< Windows::Pattern: n, where the file does not say
    bool tied = false;
    double theta = 10000;
    double slidingTheta = 0; ///< of layers with the window, where they have their own; 0 = rope is the same in all layers
    double epsilon = 1e-6;
    std::int64_t headSize = 0; ///< where the file does not say; 0 = hidden / heads
    NormPlaces norms = NormPlaces::Before;
    HeadNorm headNorm = HeadNorm::None;
    bool normPlusOne = false;
    Activation activation = Activation::Silu;
    bool partlyRotated = false; ///< reads 'partial_rotary_factor'
    bool readsAttentionBias = true;
    bool readsMlpBias = false;
    bool rotatesNeighbours = false;
    double logitCap = 0; ///< where the file does not say
    double attentionCap = 0;
    double queryScalar = 0;  ///< query_pre_attn_scalar where the file does not say; 0 = the family has none
    bool multiplies = false; ///< reads Granite's four multipliers
};

/// Null when the program does not know the family.
[[nodiscard]] const FamilySpec* familySpec(std::string_view family);
/// "llama, mistral, …"
[[nodiscard]] std::string familyNames();
/// What an architecture has that this program lacks ("a mixture of experts"); empty when that is not known.
[[nodiscard]] std::string foreignFeature(std::string_view family);
/// Class defaults of a text model inside another configuration, where transformers leaves such fields out; else an empty object.
[[nodiscard]] nlohmann::json innerDefaults(std::string_view family);

} // namespace lori::formats
