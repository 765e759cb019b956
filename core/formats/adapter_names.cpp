// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_names.h"

#include "core/formats/adapter_files.h"
#include "core/formats/model_layout.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <vector>

namespace lori::formats {

namespace {

using Parts = std::vector<std::string_view>;

Parts partsOf(std::string_view name)
{
    Parts parts;
    while (true) {
        const std::size_t dot = name.find('.');
        parts.push_back(name.substr(0, dot));
        if (dot == std::string_view::npos) {
            return parts;
        }
        name.remove_prefix(dot + 1);
    }
}

std::string joined(const Parts& parts, std::size_t from = 0)
{
    std::string name;
    for (std::size_t i = from; i < parts.size(); ++i) {
        name += (i > from ? "." : "") + std::string(parts[i]);
    }
    return name;
}

template <typename List>
bool holds(const List& list, std::string_view part)
{
    return std::find(list.begin(), list.end(), part) != list.end();
}

/// ".lora_A.default.weight" → ".lora_A.weight", ".ia3_l.default" → ".ia3_l": PEFT leaves an adapter's name out when it saves,
/// torch.save of a state keeps it.
void dropAdapterName(Parts& parts)
{
    constexpr std::array<std::string_view, 5> kKinds{"lora_A", "lora_B", "lora_magnitude_vector", "ia3_l", "modules_to_save"};
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        const bool isLast = i + 2 == parts.size();
        const bool hasName =
            holds(kKinds, parts[i]) &&
            (isLast ? parts[i + 1] != "weight" && parts[i + 1] != "bias" && parts[i + 1] != "mask" : i + 3 == parts.size());
        if (hasName) {
            parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            return;
        }
    }
}

} // namespace

AdapterTensorName adapterTensorName(const std::string& name)
{
    constexpr std::array<std::string_view, 3> kBetween{"_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module"};
    constexpr std::array<std::string_view, 6> kBefore{"module", "base_model", "model", "language_model", "text_model", "llm"};
    constexpr std::array<std::string_view, 3> kBody{"layers", "embed_tokens", "norm"};
    Parts parts = partsOf(name);
    std::erase_if(parts, [&](std::string_view part) { return holds(kBetween, part); });
    dropAdapterName(parts);
    std::size_t begin = 0;
    while (begin < parts.size() && parts[begin] == "module") {
        ++begin;
    }
    if (begin + 1 < parts.size() && parts[begin] == "base_model" && parts[begin + 1] == "model") {
        begin += 2;
    }
    AdapterTensorName result{joined(parts, begin), {}};
    std::size_t rest = begin;
    while (rest < parts.size() && holds(kBefore, parts[rest])) {
        ++rest;
    }
    const bool isBody = rest < parts.size() && holds(kBody, parts[rest]);
    const bool isHead = rest < parts.size() && parts[rest] == "lm_head";
    result.standard = isBody ? "model." + joined(parts, rest) : isHead ? joined(parts, rest) : result.full;
    return result;
}

std::string moduleName(const ModuleName& module)
{
    const bool isAttention = module.projection <= Projection::O;
    return "model.layers." + std::to_string(module.layer) + (isAttention ? ".self_attn." : ".mlp.") +
           std::string(projectionName(module.projection));
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
    const auto projection = projectionFromName(std::string_view(name).substr(lastDot + 1));
    if (problem != std::errc() || end == begin || module.layer < 0 || module.layer >= kMaxLayers || !projection) {
        return std::nullopt;
    }
    module.projection = *projection;
    return moduleName(module) == name ? std::optional(module) : std::nullopt; // refuses "model.layers.03…" and the like
}

std::string peftKey(std::int64_t layer, Projection projection, char matrix)
{
    return "base_model.model." + moduleName({layer, projection}) + ".lora_" + matrix + ".weight";
}

std::string peftMagnitudeKey(std::int64_t layer, Projection projection)
{
    return "base_model.model." + moduleName({layer, projection}) + ".lora_magnitude_vector";
}

std::string peftIa3Key(std::int64_t layer, Projection projection)
{
    return "base_model.model." + moduleName({layer, projection}) + ".ia3_l";
}

} // namespace lori::formats
