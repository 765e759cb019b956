// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/mask_territory.h"

#include "core/analysis/magnitudes.h"
#include "core/analysis/mask_columns.h"

#include <algorithm>
#include <bit>
#include <map>
#include <optional>
#include <string>

namespace lori::analysis {

namespace {

Territory territoryOf(const MaskColumn& column)
{
    const auto entries = column.out * column.rank;
    const auto bytes = static_cast<std::size_t>((entries + 7) / 8);
    std::vector<std::uint8_t> once(bytes, 0);  // kept by one mask or more
    std::vector<std::uint8_t> twice(bytes, 0); // by two or more
    for (const formats::ModuleMask* part : column.parts) {
        for (std::size_t k = 0; part != nullptr && k < bytes; ++k) {
            twice[k] = static_cast<std::uint8_t>(twice[k] | (once[k] & part->bits[k]));
            once[k] = static_cast<std::uint8_t>(once[k] | part->bits[k]);
        }
    }
    Territory found;
    found.entries = entries;
    found.free = entries;
    for (std::size_t k = 0; k < bytes; ++k) {
        found.free -= std::popcount(once[k]);
        found.shared += std::popcount(twice[k]);
    }
    for (const formats::ModuleMask* part : column.parts) {
        std::int64_t own = 0;
        for (std::size_t k = 0; part != nullptr && k < bytes; ++k) {
            own += std::popcount(static_cast<std::uint8_t>(part->bits[k] & ~twice[k]));
        }
        found.own.push_back(own);
    }
    return found;
}

} // namespace

void Territory::add(const Territory& other)
{
    entries += other.entries;
    free += other.free;
    shared += other.shared;
    own.resize(std::max(own.size(), other.own.size()), 0);
    for (std::size_t i = 0; i < other.own.size(); ++i) {
        own[i] += other.own[i];
    }
}

Result<MaskTerritory> territoryOf(const std::vector<formats::Mask>& masks)
{
    return guard([&] {
        if (masks.empty()) {
            throw Exception(ErrorCode::InvalidArgument, "there is no mask", "name a mask", "");
        }
        MaskTerritory territory;
        territory.total.own.resize(masks.size(), 0);
        for (const MaskColumn& column : maskColumns(masks)) {
            territory.modules.push_back({column.layer, column.projection, territoryOf(column)});
            territory.total.add(territory.modules.back().territory);
        }
        return territory;
    });
}

Result<std::int64_t> roomLeft(const MaskTerritory& territory, double sparsity, MaskScope scope)
{
    return guard([&] {
        std::map<std::string, Territory> pools;
        for (const ModuleTerritory& module : territory.modules) {
            pools[poolName(module.layer, module.projection, scope)].add(module.territory);
        }
        std::optional<std::int64_t> room;
        for (const auto& [name, pool] : pools) {
            if (const std::int64_t wanted = keptCount(sparsity, pool.entries); wanted > 0) {
                room = std::min(room.value_or(pool.free / wanted), pool.free / wanted);
            }
        }
        if (!room) {
            refuseEmptyPool(sparsity, territory.total.entries);
        }
        return *room;
    });
}

} // namespace lori::analysis
