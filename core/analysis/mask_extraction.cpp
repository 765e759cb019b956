// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/magnitudes.h"
#include "core/analysis/mask_analysis.h"
#include "core/experiment/config_words.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <utility>

namespace lori::analysis {

namespace {

using experiment::MaskConfig;
using experiment::MaskRule;
using Pool = std::vector<std::size_t>;

/// What a pool keeps: everything above the threshold, and the first `tiesKept` entries equal to it.
struct Cut {
    float threshold = 0;
    std::int64_t tiesKept = std::numeric_limits<std::int64_t>::max();
};

Cut cutOf(const std::vector<ModuleMagnitudes>& modules, const Pool& pool, const MaskConfig& config)
{
    std::vector<float> values;
    std::size_t entries = 0;
    for (const std::size_t member : pool) {
        entries += modules[member].values.size();
    }
    values.reserve(entries);
    for (const std::size_t member : pool) {
        values.insert(values.end(), modules[member].values.begin(), modules[member].values.end());
    }
    const auto n = static_cast<std::int64_t>(values.size());
    std::int64_t k = keptCount(config.sparsity, n);
    if (k == 0 && config.rule == MaskRule::Reference) {
        refuseEmptyPool(config.sparsity, n);
    }
    k = std::max<std::int64_t>(1, k);
    const auto last = values.begin() + (k - 1);
    std::nth_element(values.begin(), last, values.end(), std::greater<>());
    Cut cut{*last, std::numeric_limits<std::int64_t>::max()};
    if (config.rule == MaskRule::ExactK) { // nth_element leaves the k largest in front
        const auto above = std::count_if(values.begin(), last + 1, [&](float v) { return v > cut.threshold; });
        cut.tiesKept = k - above;
    }
    return cut;
}

formats::ModuleMask maskOf(const ModuleMagnitudes& module, Cut& cut)
{
    formats::ModuleMask mask;
    mask.layer = module.layer;
    mask.projection = module.projection;
    mask.out = module.out;
    mask.rank = module.rank;
    mask.bits.assign((module.values.size() + 7) / 8, 0);
    for (std::size_t i = 0; i < module.values.size(); ++i) {
        const float value = module.values[i];
        bool kept = value > cut.threshold;
        if (value == cut.threshold && cut.tiesKept > 0) {
            --cut.tiesKept;
            kept = true;
        }
        mask.bits[i >> 3U] |= static_cast<std::uint8_t>(static_cast<unsigned>(kept) << (i & 7U));
    }
    return mask;
}

std::int64_t keptIn(const formats::ModuleMask& mask)
{
    std::int64_t kept = 0;
    for (const std::uint8_t byte : mask.bits) {
        kept += std::popcount(byte);
    }
    return kept;
}

} // namespace

Result<formats::Mask> extractMask(const formats::AdapterFiles& adapter, const MaskConfig& config)
{
    return guard([&] {
        const std::vector<ModuleMagnitudes> modules = loadMagnitudes(adapter);
        const std::vector<Pool> pools = poolsOf(modules, config.scope);
        formats::Mask mask;
        mask.sparsity = config.sparsity;
        mask.scope = experiment::wordOf(config.scope);
        mask.rule = experiment::wordOf(config.rule);
        mask.threshold = std::numeric_limits<double>::quiet_NaN();
        mask.modules.resize(modules.size());
        for (const Pool& pool : pools) {
            Cut cut = cutOf(modules, pool, config);
            if (pools.size() == 1) {
                mask.threshold = static_cast<double>(cut.threshold);
            }
            for (const std::size_t member : pool) {
                mask.modules[member] = maskOf(modules[member], cut);
            }
        }
        return mask;
    });
}

MaskSummary summarize(const formats::Mask& mask)
{
    MaskSummary summary;
    summary.threshold = mask.threshold;
    for (const formats::ModuleMask& module : mask.modules) {
        const ModuleKept kept{module.layer, module.projection, keptIn(module), module.out * module.rank, 0};
        summary.kept += kept.kept;
        summary.total += kept.total;
        summary.modules.push_back(kept);
    }
    std::sort(summary.modules.begin(), summary.modules.end(), [](const ModuleKept& x, const ModuleKept& y) {
        return std::pair(x.layer, x.projection) < std::pair(y.layer, y.projection);
    });
    return summary;
}

} // namespace lori::analysis
