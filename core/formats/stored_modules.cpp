// SPDX-License-Identifier: Apache-2.0
#include "core/formats/stored_modules.h"

#include "core/formats/families.h"

#include <algorithm>
#include <utility>

namespace lori::formats {

const std::vector<StoredModule>& separateModules()
{
    static const std::vector<StoredModule> kModules{{"self_attn.q_proj", {Projection::Q}}, {"self_attn.k_proj", {Projection::K}},
                                                    {"self_attn.v_proj", {Projection::V}}, {"self_attn.o_proj", {Projection::O}},
                                                    {"mlp.gate_proj", {Projection::Gate}}, {"mlp.up_proj", {Projection::Up}},
                                                    {"mlp.down_proj", {Projection::Down}}};
    return kModules;
}

const std::vector<StoredModule>& phiModules()
{
    static const std::vector<StoredModule> kModules{{"self_attn.qkv_proj", {Projection::Q, Projection::K, Projection::V}},
                                                    {"self_attn.o_proj", {Projection::O}},
                                                    {"mlp.gate_up_proj", {Projection::Gate, Projection::Up}},
                                                    {"mlp.down_proj", {Projection::Down}}};
    return kModules;
}

const std::vector<StoredModule>& sharedMlpModules()
{
    static const std::vector<StoredModule> kModules{{"self_attn.q_proj", {Projection::Q}},
                                                    {"self_attn.k_proj", {Projection::K}},
                                                    {"self_attn.v_proj", {Projection::V}},
                                                    {"self_attn.o_proj", {Projection::O}},
                                                    {"shared_mlp.input_linear", {Projection::Gate, Projection::Up}},
                                                    {"shared_mlp.output_linear", {Projection::Down}}};
    return kModules;
}

namespace {

/// Program's and file's names of the norms of query and key heads; none where they are the same.
using Names = std::pair<std::string, std::string>;
std::vector<Names> headNormNames(std::string_view family)
{
    const FamilySpec* spec = familySpec(family);
    const FamilySpec usual{};
    std::vector<Names> names;
    for (std::size_t i = 0; spec != nullptr && i < usual.headNormNames.size(); ++i) {
        const auto whole = [](const char* name) {
            return "self_attn." + std::string(name) + ".weight";
        };
        names.emplace_back(whole(usual.headNormNames[i]), whole(spec->headNormNames[i]));
    }
    return names;
}

} // namespace

const std::vector<StoredModule>& storedModules(std::string_view family)
{
    const FamilySpec* spec = familySpec(family);
    return spec == nullptr ? separateModules() : spec->modules();
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
    for (const auto& [ours, theirs] : headNormNames(family)) {
        if (name == ours) {
            return theirs;
        }
    }
    return name;
}

std::string programName(std::string_view family, const std::string& name)
{
    for (const auto& [ours, theirs] : headNormNames(family)) {
        if (name == theirs) {
            return ours;
        }
    }
    return name;
}

namespace {

std::string moduleOf(Projection projection)
{
    return (projection <= Projection::O ? "self_attn." : "mlp.") + std::string(projectionName(projection));
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
