// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_sets.h"
#include "core/merging/ia3_merge.h"
#include "core/merging/merge.h"
#include "core/merging/plan_checks.h"
#include "core/support/sha256.h"

#include <nlohmann/json.hpp>

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstring>
#include <map>

namespace lori::merging {

using formats::AdapterFiles;

namespace {

bool sameBytes(const formats::TensorView& x, const formats::TensorView& y)
{
    const bool same =
        x.dtype == y.dtype && x.shape == y.shape && std::memcmp(x.bytes.data(), y.bytes.data(), x.bytes.size()) == 0;
    formats::releasePages(x);
    formats::releasePages(y);
    return same;
}

bool sameProjections(const AdapterFiles& x, const AdapterFiles& y)
{
    return std::equal(x.modules.begin(), x.modules.end(), y.modules.begin(), y.modules.end(),
                      [](const formats::AdapterModule& one, const formats::AdapterModule& two) {
                          return one.layer == two.layer && one.projection == two.projection && sameBytes(*one.a, *two.a);
                      });
}

/// For each adapter the first one with the same A. PEFT knows no such thing.
std::vector<std::size_t> groupsOf(const std::vector<AdapterFiles>& adapters, MergeMode mode)
{
    std::vector<std::size_t> group;
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        std::size_t head = i;
        for (std::size_t j = 0; j < i && head == i && mode == MergeMode::Exact; ++j) {
            head = group[j] == j && sameProjections(adapters[j], adapters[i]) ? j : i;
        }
        group.push_back(head);
    }
    return group;
}

/// What the asked type comes to with these adapters.
MergeType computedType(const MergePlan& plan, std::size_t adapters)
{
    const MergeType type = plan.options.type;
    if (plan.options.mode == MergeMode::Peft) {
        return adapters == 1 ? MergeType::Linear : type; // as PEFT does
    }
    return plan.groups > 1 ? traitsOf(type).ofDifferentA : type;
}

std::int64_t rankOf(const MergePlan& plan, const std::vector<AdapterFiles>& adapters)
{
    std::int64_t largest = 0;
    std::int64_t joined = 0;
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        largest = std::max(largest, largestRank(adapters[i]));
        joined += plan.group[i] == i ? largestRank(adapters[i]) : 0;
    }
    const std::int64_t asked = plan.options.svdRank > 0 ? plan.options.svdRank : largest;
    const MergeTraits& type = traitsOf(plan.computedAs);
    if (type.decomposes && !type.onChange && plan.options.mode == MergeMode::Exact) {
        return std::min(asked, joined); // the sum has no higher rank
    }
    if (type.decomposes) {
        return asked;
    }
    const bool joins = plan.options.mode == MergeMode::Exact || type.joinsBlocks;
    return joins ? joined : largest;
}

void measure(MergePlan& plan, const std::vector<AdapterFiles>& adapters)
{
    std::map<std::pair<std::int64_t, Projection>, const formats::AdapterModule*> modules;
    std::int64_t columns = 0;
    for (const AdapterFiles& adapter : adapters) {
        columns += largestRank(adapter);
        for (const formats::AdapterModule& module : adapter.modules) {
            modules[{module.layer, module.projection}] = &module;
        }
    }
    plan.modules = static_cast<std::int64_t>(modules.size());
    plan.needsFullMatrices = traitsOf(plan.computedAs).onChange;
    for (const auto& [place, module] : modules) {
        const auto in = static_cast<std::uint64_t>(module->a->shape[1]);
        const auto out = static_cast<std::uint64_t>(module->b->shape[0]);
        const auto rank = static_cast<std::uint64_t>(plan.rank);
        plan.fileBytes += 4 * rank * (in + out);
        const auto threads = static_cast<std::uint64_t>(std::max(1, at::get_num_threads()));
        const std::uint64_t thin = 8 * (2 * static_cast<std::uint64_t>(columns) + 2 * rank) * (in + out);
        const std::uint64_t side = std::min(in, out);
        // Exact: some matrices in f64, one by one, and squares of the smaller side. Peft: all changes at once in f32, thrice.
        const std::uint64_t matrices = plan.options.mode == MergeMode::Exact ? 8 * 5 : 4 * (3 * adapters.size() + 4);
        const std::uint64_t full = matrices * in * out + 8 * 3 * side * side;
        plan.workBytes = std::max(plan.workBytes, plan.needsFullMatrices ? thin + full : threads * thin);
    }
}

void explainInput(MergePlan& plan, const std::vector<AdapterFiles>& adapters)
{
    const AdapterFiles* named = nullptr;
    bool isSaid = false;
    for (const AdapterFiles& adapter : adapters) {
        if (!adapter.ignoredTensors.empty()) {
            plan.notes.push_back(std::to_string(adapter.ignoredTensors.size()) + " tensors of " + adapter.folder.string() +
                                 " belong to no low-rank change that its configuration names (for instance " +
                                 adapter.ignoredTensors.front() + ") and are left out");
        }
        if (adapter.baseModel.empty()) {
            continue;
        }
        if (named != nullptr && named->baseModel != adapter.baseModel && !isSaid) {
            plan.notes.push_back("the adapters name different base models: " + named->folder.string() + " names " +
                                 named->baseModel + ", " + adapter.folder.string() + " names " + adapter.baseModel);
            isSaid = true;
        }
        named = named != nullptr ? named : &adapter;
    }
    if (const auto missing = unsharedModule(adapters)) {
        plan.notes.push_back("not all adapters have the same modules (" + *missing +
                             "): where one has none, the others alone make the sum");
    }
}

void explainExact(MergePlan& plan)
{
    const bool same = plan.computedAs == plan.options.type;
    const MergeTraits& type = traitsOf(plan.computedAs);
    plan.lossless = type.isSum() && !type.decomposes;
    plan.loses = type.loses + (type.decomposes ? " beyond rank " + std::to_string(plan.rank) : std::string());
    if (!same) {
        plan.notes.push_back(
            "the adapters have different A, so entries of B cannot be compared: signs are elected on the changes "
            "themselves, as " +
            std::string(mergeTypeName(plan.computedAs)) + " does");
    } else if (plan.groups < plan.group.size() && !type.decomposes) {
        plan.notes.emplace_back("adapters with the same A are added up without raising the rank");
    }
}

void explainPeft(MergePlan& plan, const std::vector<AdapterFiles>& adapters)
{
    plan.repeats = kPeftVersion;
    const MergeTraits& type = traitsOf(plan.computedAs);
    if (type.joinsBlocks) {
        plan.lossless = true;
        plan.loses = "nothing but rounding";
    } else if (type.decomposes) {
        plan.loses = "what pruning takes, and the directions of the rest beyond rank " + std::to_string(plan.rank);
    } else {
        plan.loses =
            adapters.size() > 1 ? "exactness: products of one adapter's B with another's A are added" : "nothing but rounding";
        plan.lossless = adapters.size() == 1;
        if (type.prunes()) {
            plan.notes.emplace_back("PEFT prunes A as well as B in this type");
        }
    }
    if (std::any_of(adapters.begin(), adapters.end(), [](const AdapterFiles& a) { return a.useRslora; })) {
        plan.notes.emplace_back(std::string(kPeftVersion) +
                                " keeps use_rslora in what it merges, which makes that √rank times too strong; this adapter's "
                                "scaling is 1, as it should be");
    }
    if (plan.computedAs != plan.options.type) {
        plan.notes.emplace_back("with one adapter PEFT always merges by linear");
    }
}

} // namespace

Result<MergePlan> planMerge(const std::vector<AdapterFiles>& adapters, const MergeOptions& options)
{
    return guard([&] {
        if (areIa3(adapters)) {
            return planIa3(adapters, options);
        }
        checkOptions(adapters.size(), options);
        formats::checkOneBase(adapters, "merge adapters of one base model");
        checkShapes(adapters);
        checkSaved(adapters, options);
        MergePlan plan;
        plan.options = options;
        plan.group = groupsOf(adapters, options.mode);
        for (std::size_t i = 0; i < plan.group.size(); ++i) {
            plan.groups += plan.group[i] == i ? 1 : 0;
        }
        plan.computedAs = computedType(plan, adapters.size());
        checkKinds(adapters, plan);
        plan.rank = rankOf(plan, adapters);
        checkRank(adapters, plan);
        measure(plan, adapters);
        explainInput(plan, adapters);
        options.mode == MergeMode::Exact ? explainExact(plan) : explainPeft(plan, adapters);
        return plan;
    });
}

std::string adapterFingerprint(const AdapterFiles& adapter)
{
    constexpr std::size_t kProbeBytes = 4096;
    Sha256 hash;
    hash.update(nlohmann::json({adapter.rank, adapter.alpha, adapter.useRslora}).dump());
    for (const formats::AdapterModule& module : adapter.modules) {
        if (module.alpha) {
            hash.update(nlohmann::json(*module.alpha).dump());
        }
        for (const formats::TensorView* tensor : {module.a, module.b, module.magnitude, module.scale}) {
            if (tensor == nullptr) {
                continue;
            }
            hash.update(nlohmann::json({tensor->name, formats::dtypeName(tensor->dtype), tensor->shape}).dump());
            const std::size_t probe = std::min(kProbeBytes, tensor->bytes.size());
            hash.update(tensor->bytes.first(probe));
            hash.update(tensor->bytes.last(probe));
        }
    }
    return hash.hexDigest();
}

} // namespace lori::merging
