// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/magnitudes.h"
#include "core/analysis/mask_analysis.h"
#include "core/formats/mask_pools.h"
#include "core/vocabulary/words.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <map>
#include <utility>

namespace lori::analysis {

namespace {

using experiment::MaskConfig;
using Pool = std::vector<std::size_t>;

/// Bits of the entries that earlier tasks use, as in formats::ModuleMask; empty = none.
using UsedBits = std::vector<std::uint8_t>;

bool isUsed(const UsedBits& used, std::size_t index)
{
    return !used.empty() && ((used[index >> 3U] >> (index & 7U)) & 1U) != 0;
}

/// What a pool keeps: everything free above the threshold, and the first `tiesKept` free entries equal to it.
struct Cut {
    float threshold = 0;
    std::int64_t tiesKept = std::numeric_limits<std::int64_t>::max();
};

/// Free entries of a pool. The reference sets used ones to 0 and removes them from the mask afterwards: with k free entries that
/// is the k-th largest free one, with fewer the threshold is 0 and all free ones stay.
std::vector<float> freeValues(const std::vector<ModuleMagnitudes>& modules, const Pool& pool, const std::vector<UsedBits>& used)
{
    std::vector<float> values;
    std::size_t entries = 0;
    for (const std::size_t member : pool) {
        entries += modules[member].values.size();
    }
    values.reserve(entries);
    for (const std::size_t member : pool) {
        const std::vector<float>& all = modules[member].values;
        if (used[member].empty()) {
            values.insert(values.end(), all.begin(), all.end());
            continue;
        }
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!isUsed(used[member], i)) {
                values.push_back(all[i]);
            }
        }
    }
    return values;
}

Cut cutOf(std::vector<float> values, std::int64_t wanted, MaskRule rule)
{
    const auto found = static_cast<std::int64_t>(values.size());
    if (found < wanted) {
        return {}; // all of them
    }
    const auto last = values.begin() + (wanted - 1);
    std::nth_element(values.begin(), last, values.end(), std::greater<>());
    Cut cut{*last, std::numeric_limits<std::int64_t>::max()};
    if (rule == MaskRule::ExactK) { // nth_element leaves the k largest in front
        const auto above = std::count_if(values.begin(), last + 1, [&](float v) { return v > cut.threshold; });
        cut.tiesKept = wanted - above;
    }
    return cut;
}

formats::ModuleMask maskOf(const ModuleMagnitudes& module, const UsedBits& used, Cut& cut)
{
    formats::ModuleMask mask;
    mask.layer = module.layer;
    mask.projection = module.projection;
    mask.out = module.out;
    mask.rank = module.rank;
    mask.bits.assign((module.values.size() + 7) / 8, 0);
    for (std::size_t i = 0; i < module.values.size(); ++i) {
        if (isUsed(used, i)) {
            continue;
        }
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

/// The union of the masks to avoid, in the order of the adapter's modules.
std::vector<UsedBits> usedBits(const std::vector<ModuleMagnitudes>& modules, const std::vector<formats::Mask>& avoid)
{
    std::vector<UsedBits> used(modules.size());
    for (std::size_t number = 0; number < avoid.size(); ++number) {
        bool isRelated = false;
        for (std::size_t i = 0; i < modules.size(); ++i) {
            const ModuleMagnitudes& module = modules[i];
            const auto found = std::find_if(avoid[number].modules.begin(), avoid[number].modules.end(), [&](const auto& mask) {
                return mask.layer == module.layer && mask.projection == module.projection;
            });
            if (found == avoid[number].modules.end()) {
                continue;
            }
            if (found->out != module.out || found->rank != module.rank) {
                throw Exception(ErrorCode::Mismatch,
                                "mask " + std::to_string(number + 1) + " to avoid is [" + std::to_string(found->out) + ", " +
                                    std::to_string(found->rank) + "] in " +
                                    poolName(module.layer, module.projection, MaskScope::Matrix) + ", the adapter's B is [" +
                                    std::to_string(module.out) + ", " + std::to_string(module.rank) + "]",
                                "avoid masks of adapters of the same base model and rank", "avoid");
            }
            isRelated = true;
            used[i].resize(found->bits.size(), 0);
            std::transform(used[i].begin(), used[i].end(), found->bits.begin(), used[i].begin(), std::bit_or<>());
        }
        if (!isRelated) {
            throw Exception(ErrorCode::Mismatch,
                            "mask " + std::to_string(number + 1) + " to avoid has none of the adapter's modules",
                            "avoid masks of adapters of the same base model", "avoid");
        }
    }
    return used;
}

std::int64_t countOf(const UsedBits& used)
{
    std::int64_t count = 0;
    for (const std::uint8_t byte : used) {
        count += std::popcount(byte);
    }
    return count;
}

/// Takes out of a mask what earlier tasks use.
void giveUp(formats::ModuleMask& mask, const UsedBits& used)
{
    for (std::size_t i = 0; i < used.size(); ++i) {
        mask.bits[i] &= static_cast<std::uint8_t>(~used[i]);
    }
}

/// Fills the masks of one pool's modules, and the mask's threshold.
PoolOutcome extractPool(const std::vector<ModuleMagnitudes>& modules, const Pool& pool, const std::vector<UsedBits>& used,
                        const MaskConfig& config, formats::Mask& mask)
{
    PoolOutcome outcome;
    outcome.name = poolName(modules[pool.front()].layer, modules[pool.front()].projection, config.scope);
    for (const std::size_t member : pool) {
        outcome.entries += static_cast<std::int64_t>(modules[member].values.size());
    }
    outcome.wanted = keptCount(config.sparsity, outcome.entries);
    if (outcome.wanted == 0 && config.rule == MaskRule::Reference) {
        refuseEmptyPool(config.sparsity, outcome.entries);
    }
    outcome.wanted = std::max<std::int64_t>(1, outcome.wanted);
    const bool isFreeChosen = config.avoidRule == experiment::AvoidRule::ChooseFree;
    const std::vector<UsedBits> none(modules.size());
    const std::vector<UsedBits>& hidden = isFreeChosen ? used : none; // what the choice does not see
    Cut cut = cutOf(freeValues(modules, pool, hidden), outcome.wanted, config.rule);
    mask.threshold = static_cast<double>(cut.threshold);
    for (const std::size_t member : pool) {
        mask.modules[member] = maskOf(modules[member], hidden[member], cut);
        outcome.used += countOf(used[member]);
        if (!isFreeChosen) {
            giveUp(mask.modules[member], used[member]);
        }
        outcome.kept += mask.modules[member].kept();
    }
    return outcome;
}

} // namespace

std::string FreeMask::warning() const
{
    if (shortPools == 0) {
        return {};
    }
    const auto lacking = std::max_element(pools.begin(), pools.end(), [](const PoolOutcome& a, const PoolOutcome& b) {
        return a.wanted - a.kept < b.wanted - b.kept;
    });
    return std::to_string(missing) + " entries fewer than wanted are free: the masks to avoid use " + std::to_string(used) +
           " of " + std::to_string(mask.total()) + " entries, and in " + std::to_string(shortPools) + " of " +
           std::to_string(pools.size()) + " pools (worst: " + lacking->name + ", " + std::to_string(lacking->kept) + " of " +
           std::to_string(lacking->wanted) + ") all that is free was taken";
}

Result<FreeMask> extractFreeMask(const formats::AdapterFiles& adapter, const MaskConfig& config,
                                 const std::vector<formats::Mask>& avoid)
{
    return guard([&] {
        const std::vector<ModuleMagnitudes> modules = loadMagnitudes(adapter);
        const std::vector<UsedBits> used = usedBits(modules, avoid);
        const std::vector<Pool> pools = poolsOf(modules, config.scope);
        FreeMask result;
        formats::Mask& mask = result.mask;
        mask.sparsity = config.sparsity;
        mask.scope = wordOf(config.scope);
        mask.rule = wordOf(config.rule);
        mask.threshold = std::numeric_limits<double>::quiet_NaN();
        mask.modules.resize(modules.size());
        for (const Pool& pool : pools) {
            result.pools.push_back(extractPool(modules, pool, used, config, mask));
            const PoolOutcome& outcome = result.pools.back();
            result.used += outcome.used;
            if (config.avoidRule == experiment::AvoidRule::ChooseFree && outcome.kept < outcome.wanted) {
                ++result.shortPools;
                result.missing += outcome.wanted - outcome.kept;
            }
        }
        if (pools.size() != 1) {
            mask.threshold = std::numeric_limits<double>::quiet_NaN();
        }
        if (result.used == mask.total()) {
            throw Exception(ErrorCode::InvalidArgument,
                            "the masks to avoid use all " + std::to_string(result.used) + " entries, so none is free",
                            "avoid fewer masks or use sparser ones", "avoid");
        }
        return result;
    });
}

Result<formats::Mask> extractMask(const formats::AdapterFiles& adapter, const MaskConfig& config,
                                  const std::vector<formats::Mask>& avoid)
{
    return guard([&] { return extractFreeMask(adapter, config, avoid).value().mask; });
}

MaskSummary summarize(const formats::Mask& mask)
{
    MaskSummary summary;
    summary.threshold = mask.threshold;
    for (const formats::ModuleMask& module : mask.modules) {
        const ModuleKept kept{module.layer, module.projection, module.kept(), module.out * module.rank, 0};
        summary.kept += kept.kept;
        summary.total += kept.total;
        summary.modules.push_back(kept);
    }
    std::sort(summary.modules.begin(), summary.modules.end(), [](const ModuleKept& x, const ModuleKept& y) {
        return std::pair(x.layer, x.projection) < std::pair(y.layer, y.projection);
    });
    return summary;
}

std::vector<PoolKept> keptByPool(const MaskSummary& summary, MaskScope scope)
{
    std::map<std::int64_t, PoolKept> byKey;
    for (const ModuleKept& module : summary.modules) {
        PoolKept& pool = byKey[formats::poolKey(module.layer, module.projection, scope)];
        pool.name = poolName(module.layer, module.projection, scope);
        pool.kept += module.kept;
        pool.total += module.total;
    }
    std::vector<PoolKept> pools;
    for (auto& [key, pool] : byKey) {
        pools.push_back(std::move(pool));
    }
    return pools;
}

} // namespace lori::analysis
