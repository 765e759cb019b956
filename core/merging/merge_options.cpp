// SPDX-License-Identifier: Apache-2.0
#include "core/merging/merge_options.h"

#include "core/merging/pruning.h"
#include "core/vocabulary/merge_methods.h"

#include <algorithm>
#include <array>

namespace lori::merging {

namespace {

constexpr const char* kSum = "nothing but rounding";
constexpr const char* kRest = "pruned entries of the changes, and the directions of the rest";
constexpr const char* kMinority = "entries of B with the minority's sign; the mean of the others is taken instead of their sum";

constexpr std::array kTypes{
    MergeTraits{.type = MergeType::Concat,
                .name = "concat",
                .alias = "cat",
                .joinsBlocks = true,
                .ofDifferentA = MergeType::Concat,
                .loses = kSum},
    MergeTraits{.type = MergeType::Linear, .name = "linear", .ofDifferentA = MergeType::Linear, .loses = kSum},
    MergeTraits{.type = MergeType::Svd,
                .name = "svd",
                .decomposes = true,
                .ofDifferentA = MergeType::Svd,
                .loses = "the directions of the sum"},
    MergeTraits{.type = MergeType::MagnitudePrune,
                .name = "magnitude_prune",
                .alias = "magnitude",
                .keep = keepLargest,
                .ofDifferentA = MergeType::MagnitudePrune,
                .loses = "the smallest entries of each B"},
    MergeTraits{.type = MergeType::Ties,
                .name = "ties",
                .keep = keepLargest,
                .electsSigns = true,
                .ofDifferentA = MergeType::TiesSvd,
                .loses = kMinority},
    MergeTraits{.type = MergeType::DareLinear,
                .name = "dare_linear",
                .drawsMasks = true,
                .ofDifferentA = MergeType::DareLinear,
                .loses = "random entries of each B; the others are enlarged in return"},
    MergeTraits{.type = MergeType::DareTies,
                .name = "dare_ties",
                .drawsMasks = true,
                .electsSigns = true,
                .ofDifferentA = MergeType::DareTiesSvd,
                .loses = kMinority},
    MergeTraits{.type = MergeType::MagnitudePruneSvd,
                .name = "magnitude_prune_svd",
                .alias = "magnitude_svd",
                .keep = keepLargest,
                .onChange = true,
                .decomposes = true,
                .ofDifferentA = MergeType::MagnitudePruneSvd,
                .loses = kRest},
    MergeTraits{.type = MergeType::TiesSvd,
                .name = "ties_svd",
                .keep = keepLargest,
                .electsSigns = true,
                .onChange = true,
                .decomposes = true,
                .ofDifferentA = MergeType::TiesSvd,
                .loses = kRest},
    MergeTraits{.type = MergeType::DareLinearSvd,
                .name = "dare_linear_svd",
                .drawsMasks = true,
                .onChange = true,
                .decomposes = true,
                .ofDifferentA = MergeType::DareLinearSvd,
                .loses = kRest},
    MergeTraits{.type = MergeType::DareTiesSvd,
                .name = "dare_ties_svd",
                .drawsMasks = true,
                .electsSigns = true,
                .onChange = true,
                .decomposes = true,
                .ofDifferentA = MergeType::DareTiesSvd,
                .loses = kRest},
};

/// What is offered where Torch is not known is what there is.
constexpr bool isOffered(const MergeTraits& traits, const MergeMethod& offered)
{
    return traits.name == offered.name && (traits.keep != nullptr || traits.drawsMasks) == offered.prunes &&
           traits.drawsMasks == offered.drawsMasks && traits.electsSigns == offered.electsSigns &&
           traits.decomposes == offered.decomposes;
}
#ifndef __SANITIZE_ADDRESS__ // under the sanitizers GCC calls the comparison of a function's address with null no constant
static_assert(std::equal(kTypes.begin(), kTypes.end(), kMergeMethods.begin(), kMergeMethods.end(), isOffered));
#else
[[maybe_unused]] constexpr auto kChecked = isOffered;
#endif

Error unknown(const std::string& what, std::string_view name, const std::string& known)
{
    return {ErrorCode::InvalidArgument, "there is no " + what + " '" + std::string(name) + "'", "choose one of " + known, ""};
}

} // namespace

std::span<const MergeTraits> mergeTypes()
{
    return kTypes;
}

const MergeTraits& traitsOf(MergeType type)
{
    return *std::find_if(kTypes.begin(), kTypes.end(), [&](const MergeTraits& traits) { return traits.type == type; });
}

std::string mergeTypeNames()
{
    std::string names;
    for (const MergeTraits& traits : kTypes) {
        names += std::string(names.empty() ? "" : ", ") + traits.name;
    }
    return names;
}

const char* mergeTypeName(MergeType type)
{
    return traitsOf(type).name;
}

const char* mergeModeName(MergeMode mode)
{
    return mode == MergeMode::Exact ? "exact" : "peft";
}

const char* signMethodName(SignMethod method)
{
    return method == SignMethod::Total ? "total" : "frequency";
}

Result<MergeType> mergeTypeFromName(std::string_view name)
{
    for (const MergeTraits& traits : kTypes) {
        if (name == traits.name || (!name.empty() && name == traits.alias)) {
            return traits.type;
        }
    }
    return unknown("merge method", name, mergeTypeNames());
}

Result<MergeMode> mergeModeFromName(std::string_view name)
{
    if (name == "exact" || name == "peft") {
        return name == "exact" ? MergeMode::Exact : MergeMode::Peft;
    }
    return unknown("merge mode", name, "exact, peft");
}

Result<SignMethod> signMethodFromName(std::string_view name)
{
    if (name == "total" || name == "frequency") {
        return name == "total" ? SignMethod::Total : SignMethod::Frequency;
    }
    return unknown("way to elect signs", name, "total, frequency");
}

Result<std::vector<double>> presetWeights(std::string_view name, std::size_t adapters)
{
    if (name == "equal" && adapters > 0) {
        return std::vector<double>(adapters, 1.0 / static_cast<double>(adapters));
    }
    if (const auto weight = paperWeight(name, adapters)) {
        return std::vector<double>(adapters, *weight);
    }
    const bool known =
        std::any_of(kPaperWeights.begin(), kPaperWeights.end(), [&](const PaperWeight& row) { return row.preset == name; });
    if (!known) {
        return unknown("weight preset", name, "equal, lori-d, lori-s");
    }
    return Error{ErrorCode::InvalidArgument,
                 "the preset '" + std::string(name) + "' has weights for three or four adapters, not for " +
                     std::to_string(adapters),
                 "give each adapter a weight", ""};
}

} // namespace lori::merging
