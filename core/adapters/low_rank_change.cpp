// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/low_rank_change.h"

#include "core/adapters/adapter_folder.h"

namespace lori::adapters {

Result<std::optional<LowRankChanges>> readLowRankChanges(const model::BaseModel& base, const std::filesystem::path& folder)
{
    return guard([&]() -> std::optional<LowRankChanges> {
        const formats::AdapterFiles files = openFitting(base, folder);
        if (files.kind != formats::AdapterKind::LowRank) {
            return std::nullopt;
        }
        LowRankChanges read;
        read.method = files.record && !files.record->method.empty() ? files.record->method : "lora";
        for (const formats::AdapterModule& module : files.modules) {
            read.changes.push_back({{module.layer, module.projection},
                                    readTensor(*module.a, base),
                                    readTensor(*module.b, base),
                                    files.scaling(module)});
        }
        return read;
    });
}

} // namespace lori::adapters
