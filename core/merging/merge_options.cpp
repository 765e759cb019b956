// SPDX-License-Identifier: Apache-2.0
#include "core/merging/merge_options.h"

#include <array>

namespace lori::merging {

namespace {

constexpr std::array<const char*, kMergeTypes> kTypeNames{"concat",   "linear",          "svd",          "magnitude_prune",
                                                          "ties",     "dare_linear",     "dare_ties",    "magnitude_prune_svd",
                                                          "ties_svd", "dare_linear_svd", "dare_ties_svd"};

Error unknown(const std::string& what, std::string_view name, const std::string& known)
{
    return {ErrorCode::InvalidArgument, "there is no " + what + " '" + std::string(name) + "'", "choose one of " + known, ""};
}

} // namespace

const char* mergeTypeName(MergeType type)
{
    return kTypeNames[static_cast<std::size_t>(type)];
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
    std::string known;
    for (std::size_t i = 0; i < kTypeNames.size(); ++i) {
        if (name == kTypeNames[i]) {
            return static_cast<MergeType>(i);
        }
        known += std::string(known.empty() ? "" : ", ") + kTypeNames[i];
    }
    if (name == "cat") {
        return MergeType::Concat;
    }
    if (name == "magnitude") {
        return MergeType::MagnitudePrune;
    }
    if (name == "magnitude_svd") {
        return MergeType::MagnitudePruneSvd;
    }
    return unknown("merge method", name, known);
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

bool drawsMasks(MergeType type)
{
    return type == MergeType::DareLinear || type == MergeType::DareTies || type == MergeType::DareLinearSvd ||
           type == MergeType::DareTiesSvd;
}

bool electsSigns(MergeType type)
{
    return type == MergeType::Ties || type == MergeType::DareTies || type == MergeType::TiesSvd || type == MergeType::DareTiesSvd;
}

bool prunesChange(MergeType type)
{
    return type >= MergeType::MagnitudePruneSvd;
}

bool decomposes(MergeType type)
{
    return type == MergeType::Svd || prunesChange(type);
}

bool prunes(MergeType type)
{
    return type != MergeType::Concat && type != MergeType::Linear && type != MergeType::Svd;
}

Result<std::vector<double>> presetWeights(std::string_view name, std::size_t adapters)
{
    struct Preset {
        const char* name;
        std::size_t adapters;
        double weight;
    };
    constexpr std::array<Preset, 4> kPaper{{{"lori-d", 3, 0.5}, {"lori-d", 4, 0.4}, {"lori-s", 3, 0.4}, {"lori-s", 4, 0.3}}};
    if (name == "equal" && adapters > 0) {
        return std::vector<double>(adapters, 1.0 / static_cast<double>(adapters));
    }
    bool known = false;
    for (const Preset& preset : kPaper) {
        known = known || name == preset.name;
        if (name == preset.name && adapters == preset.adapters) {
            return std::vector<double>(adapters, preset.weight);
        }
    }
    if (!known) {
        return unknown("weight preset", name, "equal, lori-d, lori-s");
    }
    return Error{ErrorCode::InvalidArgument,
                 "the preset '" + std::string(name) + "' has weights for three or four adapters, not for " +
                     std::to_string(adapters),
                 "give each adapter a weight", ""};
}

} // namespace lori::merging
