// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/mask_source.h"

#include "core/analysis/magnitudes.h"
#include "core/formats/gguf_adapter.h"

#include <algorithm>
#include <limits>

namespace lori::analysis {

Result<formats::Mask> maskOfUsedEntries(const formats::AdapterFiles& adapter)
{
    return guard([&] {
        formats::Mask mask;
        mask.threshold = std::numeric_limits<double>::quiet_NaN();
        for (const ModuleMagnitudes& module : loadMagnitudes(adapter)) {
            formats::ModuleMask used{module.layer, module.projection, module.out, module.rank, {}};
            used.bits.assign((module.values.size() + 7) / 8, 0);
            for (std::size_t i = 0; i < module.values.size(); ++i) {
                used.bits[i >> 3U] |= static_cast<std::uint8_t>(static_cast<unsigned>(module.values[i] != 0) << (i & 7U));
            }
            mask.modules.push_back(std::move(used));
        }
        mask.sparsity = 1 - static_cast<double>(mask.kept()) / static_cast<double>(mask.total());
        return mask;
    });
}

Result<formats::Mask> readMaskSource(const std::filesystem::path& path)
{
    return guard([&] {
        if (formats::isGgufFile(path)) {
            return maskOfUsedEntries(formats::openAdapter(path).value()).value();
        }
        if (!std::filesystem::is_directory(path)) {
            return formats::readMask(path).value();
        }
        const std::filesystem::path beside = path / "mask.safetensors";
        if (std::filesystem::exists(beside)) {
            return formats::readMask(beside).value();
        }
        return maskOfUsedEntries(formats::openAdapter(path).value()).value();
    });
}

} // namespace lori::analysis
