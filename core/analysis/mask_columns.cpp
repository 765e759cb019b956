// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/mask_columns.h"

#include "core/analysis/magnitudes.h"
#include "core/vocabulary/mask_scope.h"

#include <map>
#include <utility>

namespace lori::analysis {

std::vector<MaskColumn> maskColumns(const std::vector<formats::Mask>& masks)
{
    std::map<std::pair<std::int64_t, Projection>, MaskColumn> byPlace;
    for (std::size_t i = 0; i < masks.size(); ++i) {
        for (const formats::ModuleMask& module : masks[i].modules) {
            MaskColumn& column = byPlace[{module.layer, module.projection}];
            if (column.parts.empty()) {
                column = {module.layer, module.projection, module.out, module.rank, {}};
                column.parts.resize(masks.size(), nullptr);
            }
            if (module.out != column.out || module.rank != column.rank) {
                throw Exception(ErrorCode::Mismatch,
                                "mask " + std::to_string(i + 1) + " is [" + std::to_string(module.out) + ", " +
                                    std::to_string(module.rank) + "] in " +
                                    poolName(module.layer, module.projection, MaskScope::Matrix) + ", the masks before are [" +
                                    std::to_string(column.out) + ", " + std::to_string(column.rank) + "]",
                                "compare masks of one base model and rank", "");
            }
            column.parts[i] = &module;
        }
    }
    std::vector<MaskColumn> columns;
    columns.reserve(byPlace.size());
    for (auto& [place, column] : byPlace) {
        columns.push_back(std::move(column));
    }
    return columns;
}

} // namespace lori::analysis
