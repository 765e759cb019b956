// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_names.h"

#include "core/formats/adapter_files.h"
#include "core/formats/model_layout.h"

#include <charconv>

namespace lori::formats {

std::string moduleName(const ModuleName& module)
{
    const bool isAttention = module.projection <= experiment::Projection::O;
    return "model.layers." + std::to_string(module.layer) + (isAttention ? ".self_attn." : ".mlp.") +
           std::string(experiment::projectionName(module.projection));
}

std::optional<ModuleName> moduleFromName(const std::string& name)
{
    const std::string prefix = "model.layers.";
    const std::size_t lastDot = name.rfind('.');
    if (!name.starts_with(prefix) || lastDot == std::string::npos) {
        return std::nullopt;
    }
    ModuleName module;
    const char* begin = name.data() + prefix.size();
    const auto [end, problem] = std::from_chars(begin, name.data() + name.size(), module.layer);
    const auto projection = experiment::projectionFromName(std::string_view(name).substr(lastDot + 1));
    if (problem != std::errc() || end == begin || module.layer < 0 || module.layer >= kMaxLayers || !projection) {
        return std::nullopt;
    }
    module.projection = *projection;
    return moduleName(module) == name ? std::optional(module) : std::nullopt; // refuses "model.layers.03…" and the like
}

std::string peftKey(std::int64_t layer, experiment::Projection projection, char matrix)
{
    return "base_model.model." + moduleName({layer, projection}) + ".lora_" + matrix + ".weight";
}

std::string peftMagnitudeKey(std::int64_t layer, experiment::Projection projection)
{
    return "base_model.model." + moduleName({layer, projection}) + ".lora_magnitude_vector";
}

std::string peftIa3Key(std::int64_t layer, experiment::Projection projection)
{
    return "base_model.model." + moduleName({layer, projection}) + ".ia3_l";
}

} // namespace lori::formats
