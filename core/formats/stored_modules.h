// SPDX-License-Identifier: Apache-2.0
#pragma once

// How a family's class in transformers calls and cuts the linear layers of a block. Inside the program every block has the same
// seven projections; files, PEFT adapters and exports have these.

#include "core/vocabulary/projection.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace lori::formats {

/// One linear layer of a block. Where a family fuses several projections, their rows stand below each other in this order.
struct StoredModule {
    std::string path; ///< "self_attn.q_proj", "self_attn.qkv_proj", "shared_mlp.input_linear"
    std::vector<Projection> parts;
    [[nodiscard]] std::string leaf() const { return path.substr(path.rfind('.') + 1); } ///< as PEFT's target_modules has it
    [[nodiscard]] bool isFused() const { return parts.size() > 1; }
};

/// Seven layers, as most families have them.
[[nodiscard]] const std::vector<StoredModule>& separateModules();
/// q, k and v in one, gate and up in another (Phi).
[[nodiscard]] const std::vector<StoredModule>& phiModules();
/// gate and up in one, under 'shared_mlp' (Granite 4).
[[nodiscard]] const std::vector<StoredModule>& sharedMlpModules();

/// The linear layers of one block of a family, in the order of Projection.
[[nodiscard]] const std::vector<StoredModule>& storedModules(std::string_view family);
/// The one that holds a projection.
[[nodiscard]] const StoredModule& storedModuleOf(std::string_view family, Projection projection);
/// The family's own names where they differ from the program's ("self_attn.q_norm" ↔ "self_attn.query_layernorm"): program's
/// name of a tensor within a block → the file's, or the other way.
[[nodiscard]] std::string storedName(std::string_view family, const std::string& name);
[[nodiscard]] std::string programName(std::string_view family, const std::string& name);

/// transformers' class of a family ("Gemma3ForCausalLM"). Throws Unsupported for an unknown one.
[[nodiscard]] std::string architectureOf(const std::string& family);
/// The text model's own config.json: the object itself, or its 'text_config' completed with what the class leaves out there.
/// Throws as openModel; `where` names the file.
[[nodiscard]] nlohmann::json textModelConfig(const nlohmann::json& config, const std::string& where);

/// Where a tensor of the program's model ("model.layers.3.self_attn.k_proj.weight") stands in the family's files.
struct StoredTensor {
    std::string name;               ///< there: "model.layers.3.self_attn.qkv_proj.weight"
    std::size_t part = 0;           ///< which part of it this one is
    std::vector<std::string> parts; ///< the program's names of all of them, top to bottom
};
[[nodiscard]] StoredTensor storedTensor(std::string_view family, const std::string& name);

} // namespace lori::formats
