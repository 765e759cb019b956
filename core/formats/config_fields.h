// SPDX-License-Identifier: Apache-2.0
#pragma once

// The parts of config.json, each in a file of its own. Internal to this room.

#include "core/formats/families.h"
#include "core/formats/json_fields.h"
#include "core/formats/model_config.h"

#include <string>
#include <vector>

namespace lori::formats {

[[noreturn]] inline void refuseKind(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::Unsupported, what, "choose another model", where);
}

/// A list of one entry a layer; `read` turns an entry into true or false. Empty when the field is absent.
template <typename Read>
std::vector<bool> perLayer(const ModelConfig& config, const Fields& fields, const char* name, const Read& read)
{
    const nlohmann::json* list = fields.find(name);
    if (list == nullptr) {
        return {};
    }
    if (!list->is_array() || list->size() != static_cast<std::size_t>(config.shape.layers)) {
        fields.refuse(name, "must be a list with one entry for each of the " + std::to_string(config.shape.layers) + " layers");
    }
    std::vector<bool> result;
    for (const nlohmann::json& entry : *list) {
        result.push_back(read(entry));
    }
    return result;
}

/// Rotary positions: 'rope_scaling' (which transformers lets win), else 'rope_parameters', with the older fields beside them.
/// Sets ropeTheta, ropeScaling, slidingRope, rotatedSize and queryGrowth; needs the shape and the context.
void readRope(ModelConfig& config, const Fields& fields, const FamilySpec& spec);
/// Windows and layers without positions; needs the shape.
void readLayerKinds(ModelConfig& config, const Fields& fields, const FamilySpec& spec);
/// A whole config.json whose text model may be inside 'text_config'; sets everything that is known without the tokenizer.
/// `file` names it, also in the error messages. Throws Unsupported for architectures that are none of ours, by name.
[[nodiscard]] ModelConfig configOf(const nlohmann::json& object, const std::filesystem::path& file);
/// The text model's own configuration: the object itself, or 'text_config' with what the outer one adds.
[[nodiscard]] nlohmann::json textConfigOf(const nlohmann::json& object, const std::string& where);
/// A number or a list of numbers.
[[nodiscard]] std::vector<std::int64_t> idsOf(const Fields& fields, const char* name);

} // namespace lori::formats
