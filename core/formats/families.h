// SPDX-License-Identifier: Apache-2.0
#pragma once

// A family is one row: what its files leave unsaid, and how they spell what they say. Hugging Face's configuration is silent
// about places of norms and about the values that transformers' class has for absent fields; GGUF's about still more.

#include "core/formats/model_config.h"
#include "core/formats/stored_modules.h"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lori::formats {

class Fields;
class GgufMetadata;

/// Which layers have the sliding window when 'layer_types' does not say.
enum class Windows : std::uint8_t {
    None,     ///< the field means nothing
    All,      ///< every layer, when a size is given
    AboveIf,  ///< with 'use_sliding_window', from 'max_window_layers' on (Qwen)
    NoRopeIf, ///< with 'use_sliding_window', the layers without positions (SmolLM3)
    Pattern,  ///< all but every n-th layer
};

/// Which layers know no positions.
enum class Unrotated : std::uint8_t {
    None,
    ByField,        ///< 'no_rope_layers', or every n-th (SmolLM3)
    OutsideWindows, ///< those that see everything, in a model with windows: positions are for near tokens only (EXAONE 4)
    UnlessNamed,    ///< all, unless 'position_embedding_type' is "rope" (Granite 4)
};

/// Which linear layers of attention have biases.
enum class AttentionBias : std::uint8_t {
    Field,         ///< all four, with 'attention_bias'
    Never,         ///< the field means nothing
    QueryKeyValue, ///< q, k and v always, without a field (Qwen 2)
    UseBias,       ///< all four, and those of the feed-forward part, with 'use_bias' (ERNIE)
};

/// How a family's numbers stand in GGUF files.
struct GgufForm {
    const char* architecture = ""; ///< 'general.architecture'; "" = llama.cpp's name is not known here
    bool isRead = false;           ///< models of it are opened. Of several families with one name the first row is meant
    bool isWritten = false;        ///< both kinds of files hold the same numbers, so each can be made from the other
    bool permutesQueryKey = false; ///< rows of q and k stand in the order of llama.cpp's rotary layout
    /// What the architecture takes for granted beyond this row, and the file's own scales, caps and windows; null: nothing.
    void (*readOwn)(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture) = nullptr;
};

struct FamilySpec {
    const char* family;       ///< model_type
    const char* architecture; ///< transformers' class

    // attention and positions
    Windows windows = Windows::None;
    std::int64_t pattern = 0; ///< Windows::Pattern: n, where the file does not say
    Unrotated unrotated = Unrotated::None;
    HeadNorm headNorm = HeadNorm::None;
    std::int64_t headSize = 0; ///< where the file does not say; 0 = hidden / heads
    AttentionBias attentionBias = AttentionBias::Field;
    double attentionCap = 0;
    double queryScalar = 0; ///< query_pre_attn_scalar where the file does not say; 0 = the family has none

    // rotary positions
    double theta = 10000;
    double slidingTheta = 0; ///< of layers with the window, where they have their own; 0 = rope is the same in all layers
    const char* slidingThetaField = ""; ///< where the file says it; "" = nowhere
    bool layersMayDiffer = false;       ///< Windows::All, but 'layer_types' chooses the layers where a file has it
    bool partlyRotated = false;         ///< reads 'partial_rotary_factor'
    bool rotatesNeighbours = false;
    bool longRopeOutside =
        false; ///< the original context stands beside the scaling, not in it, and "su" and "yarn" mean longrope
    bool stretchesByAlpha = false;           ///< "dynamic" with 'alpha' is a fixed stretch
    bool growsQueries = false;               ///< reads 'llama_4_scaling_beta'
    nlohmann::json (*classRope)() = nullptr; ///< rope_parameters where the file has none

    // the rest of a block
    NormPlaces norms = NormPlaces::Before;
    bool normPlusOne = false;
    double epsilon = 1e-6;
    Activation activation = Activation::Silu;
    const char* activationField = "hidden_act";
    const char* feedForwardField = "intermediate_size";
    bool readsMlpBias = false;

    // around the blocks
    bool tied = false;
    bool scalesEmbedding = false; ///< by √hidden
    double logitCap = 0;          ///< where the file does not say
    bool multiplies = false;      ///< reads Granite's four multipliers

    // files
    const std::vector<StoredModule>& (*modules)() = separateModules; ///< how the linear layers are called and cut
    std::array<const char*, 2> headNormNames{"q_norm", "k_norm"};
    bool hasOlderLayerKinds = false; ///< 4.x knows other names in 'layer_types'
    const char* outer = "";          ///< the model_type of a configuration that may hold this one as its 'text_config'
    nlohmann::json (*innerDefaults)() = nullptr;   ///< the class's values of fields that such a 'text_config' may lack
    void (*check)(const Fields& fields) = nullptr; ///< throws for forms of the family that this program does not compute

    GgufForm gguf{};
};

/// Every family the program computes.
[[nodiscard]] std::span<const FamilySpec> families();
/// Null when the program does not know the family.
[[nodiscard]] const FamilySpec* familySpec(std::string_view family);
/// The same for one that must be known: that of an opened model. Throws Unsupported.
[[nodiscard]] const FamilySpec& knownFamily(std::string_view family);
/// "llama, mistral, …"
[[nodiscard]] std::string familyNames();
/// What an architecture has that this program lacks ("a mixture of experts"); empty when that is not known.
[[nodiscard]] std::string foreignFeature(std::string_view family);

} // namespace lori::formats
