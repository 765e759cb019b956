// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/entry_owners.h"

#include "core/analysis/magnitudes.h"
#include "core/analysis/mask_columns.h"
#include "core/vocabulary/mask_scope.h"

#include <algorithm>
#include <string>

namespace lori::analysis {

std::int64_t EntryOwners::count(std::uint32_t owners) const
{
    return std::count(keptBy.begin(), keptBy.end(), owners);
}

Result<EntryOwners> entryOwners(const std::vector<formats::Mask>& masks, std::int64_t layer, Projection projection)
{
    return guard([&] {
        if (masks.size() > kMostOwners) {
            throw Exception(ErrorCode::InvalidArgument, std::to_string(masks.size()) + " masks are too many for one picture",
                            "choose at most " + std::to_string(kMostOwners), "");
        }
        const std::vector<MaskColumn> columns = maskColumns(masks);
        const auto found = std::find_if(columns.begin(), columns.end(), [&](const MaskColumn& column) {
            return column.layer == layer && column.projection == projection;
        });
        if (found == columns.end()) {
            throw Exception(ErrorCode::NotFound, "no mask has " + poolName(layer, projection, MaskScope::Matrix),
                            "choose another module", "");
        }
        EntryOwners owners{found->layer, found->projection, found->out, found->rank, {}};
        owners.keptBy.assign(static_cast<std::size_t>(found->out * found->rank), 0);
        for (std::size_t i = 0; i < found->parts.size(); ++i) {
            const formats::ModuleMask* part = found->parts[i];
            for (std::size_t k = 0; part != nullptr && k < owners.keptBy.size(); ++k) {
                owners.keptBy[k] |= static_cast<std::uint32_t>(part->test(static_cast<std::int64_t>(k))) << i;
            }
        }
        return owners;
    });
}

} // namespace lori::analysis
