// SPDX-License-Identifier: Apache-2.0
#pragma once

// How GGUF calls what Hugging Face folders have. Internal to this room.

#include "core/formats/model_files.h"

#include <optional>
#include <string>

namespace lori::formats {

/// GGUF's name → Hugging Face's name, in a model that has its norms at these places; names it does not know stay as they are (and
/// are then refused by checkTensors).
[[nodiscard]] std::string huggingFaceName(const std::string& ggufName, NormPlaces places = NormPlaces::Before);
/// The inverse: "model.layers.3.mlp.up_proj.weight" → "blk.3.ffn_up.weight". Nothing for a name that GGUF files do not have.
[[nodiscard]] std::optional<std::string> ggufName(const std::string& huggingFaceName);

/// What GGUF files call a family ('general.architecture'), and whether they keep the rows of q and k in the order of llama.cpp's
/// rotary layout.
struct GgufArchitecture {
    std::string name;
    bool permutesQueryKey = false;
};
/// By Hugging Face's model_type. Throws Unsupported for a family whose GGUF form this program does not write.
[[nodiscard]] GgufArchitecture ggufArchitectureOf(const std::string& family);
/// Whether files of this architecture keep q and k so; also for those whose models this program does not open.
[[nodiscard]] bool permutesQueryKey(const std::string& architecture);

} // namespace lori::formats
