// SPDX-License-Identifier: Apache-2.0
#include "core/formats/stored_modules.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lori::formats {

using experiment::Projection;

namespace {

const std::vector<StoredModule>& separate()
{
    static const std::vector<StoredModule> kModules{{"self_attn.q_proj", {Projection::Q}}, {"self_attn.k_proj", {Projection::K}},
                                                    {"self_attn.v_proj", {Projection::V}}, {"self_attn.o_proj", {Projection::O}},
                                                    {"mlp.gate_proj", {Projection::Gate}}, {"mlp.up_proj", {Projection::Up}},
                                                    {"mlp.down_proj", {Projection::Down}}};
    return kModules;
}

const std::vector<StoredModule>& ofPhi()
{
    static const std::vector<StoredModule> kModules{{"self_attn.qkv_proj", {Projection::Q, Projection::K, Projection::V}},
                                                    {"self_attn.o_proj", {Projection::O}},
                                                    {"mlp.gate_up_proj", {Projection::Gate, Projection::Up}},
                                                    {"mlp.down_proj", {Projection::Down}}};
    return kModules;
}

const std::vector<StoredModule>& ofGraniteHybrid()
{
    static const std::vector<StoredModule> kModules{{"self_attn.q_proj", {Projection::Q}},
                                                    {"self_attn.k_proj", {Projection::K}},
                                                    {"self_attn.v_proj", {Projection::V}},
                                                    {"self_attn.o_proj", {Projection::O}},
                                                    {"shared_mlp.input_linear", {Projection::Gate, Projection::Up}},
                                                    {"shared_mlp.output_linear", {Projection::Down}}};
    return kModules;
}

constexpr std::array<std::pair<const char*, const char*>, 2> kHunyuanNorms{
    {{"self_attn.q_norm.weight", "self_attn.query_layernorm.weight"},
     {"self_attn.k_norm.weight", "self_attn.key_layernorm.weight"}}};

} // namespace

const std::vector<StoredModule>& storedModules(std::string_view family)
{
    return family == "phi3" ? ofPhi() : family == "granitemoehybrid" ? ofGraniteHybrid() : separate();
}

const StoredModule& storedModuleOf(std::string_view family, Projection projection)
{
    const std::vector<StoredModule>& modules = storedModules(family);
    return *std::find_if(modules.begin(), modules.end(), [&](const StoredModule& module) {
        return std::find(module.parts.begin(), module.parts.end(), projection) != module.parts.end();
    });
}

std::string storedName(std::string_view family, const std::string& name)
{
    for (const auto& [ours, theirs] : kHunyuanNorms) {
        if (family == "hunyuan_v1_dense" && name == ours) {
            return theirs;
        }
    }
    return name;
}

std::string programName(std::string_view family, const std::string& name)
{
    for (const auto& [ours, theirs] : kHunyuanNorms) {
        if (family == "hunyuan_v1_dense" && name == theirs) {
            return ours;
        }
    }
    return name;
}

namespace {

std::string moduleOf(Projection projection)
{
    return (projection <= Projection::O ? "self_attn." : "mlp.") + std::string(experiment::projectionName(projection));
}

} // namespace

StoredTensor storedTensor(std::string_view family, const std::string& name)
{
    constexpr std::string_view kStart = "model.layers.";
    const std::size_t end = name.starts_with(kStart) ? name.find('.', kStart.size()) : std::string::npos;
    if (end == std::string::npos) {
        return {name, 0, {name}};
    }
    const std::string block = name.substr(0, end + 1);
    const std::string rest = name.substr(end + 1);
    for (const StoredModule& module : storedModules(family)) {
        for (std::size_t i = 0; i < module.parts.size(); ++i) {
            const std::string own = moduleOf(module.parts[i]);
            if (!rest.starts_with(own + ".")) {
                continue;
            }
            const std::string kind = rest.substr(own.size());
            StoredTensor stored{block + module.path + kind, i, {}};
            for (const Projection part : module.parts) {
                stored.parts.push_back(block + moduleOf(part) + kind);
            }
            return stored;
        }
    }
    return {block + storedName(family, rest), 0, {name}};
}

} // namespace lori::formats
