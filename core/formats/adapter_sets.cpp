// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_sets.h"

#include <map>
#include <utility>

namespace lori::formats {

std::vector<SharedModule> modulesByPlace(const std::vector<AdapterFiles>& adapters)
{
    std::map<std::pair<std::int64_t, Projection>, SharedModule> byPlace;
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        for (const AdapterModule& module : adapters[i].modules) {
            SharedModule& shared = byPlace[{module.layer, module.projection}];
            shared.layer = module.layer;
            shared.projection = module.projection;
            shared.parts.resize(adapters.size(), nullptr);
            shared.parts[i] = &module;
        }
    }
    std::vector<SharedModule> modules;
    modules.reserve(byPlace.size());
    for (auto& [place, module] : byPlace) {
        modules.push_back(std::move(module));
    }
    return modules;
}

void checkOneBase(const std::vector<AdapterFiles>& adapters, const std::string& hint)
{
    const AdapterFiles* known = nullptr;
    for (const AdapterFiles& adapter : adapters) {
        if (!adapter.record || adapter.record->baseFingerprint.empty()) {
            continue;
        }
        if (known != nullptr && known->record->baseFingerprint != adapter.record->baseFingerprint) {
            throw Exception(ErrorCode::Mismatch, "this adapter was trained on another base model than " + known->folder.string(),
                            hint, adapter.folder.string());
        }
        known = &adapter;
    }
}

} // namespace lori::formats
