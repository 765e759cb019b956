// SPDX-License-Identifier: Apache-2.0
#include "core/merging/plan_checks.h"

#include "core/formats/model_files.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace lori::merging {

using formats::AdapterFiles;
using formats::AdapterModule;

namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& hint, const std::string& where = {})
{
    throw Exception(ErrorCode::InvalidArgument, what, hint, where);
}

[[noreturn]] void mismatch(const std::string& what, const std::string& hint, const AdapterFiles& adapter)
{
    throw Exception(ErrorCode::Mismatch, what, hint, adapter.folder.string());
}

std::string nameOf(const AdapterModule& module)
{
    return "layer " + std::to_string(module.layer) + " " + std::string(projectionName(module.projection));
}

std::string sizesOf(const AdapterModule& module)
{
    std::string text = "[";
    text += std::to_string(module.b->shape[0]) + ", " + std::to_string(module.a->shape[1]) + "]";
    return text;
}

/// +0 and −0 in any floating type: all bits but the sign are clear.
bool isZero(const formats::TensorView& tensor)
{
    const std::size_t width = tensor.bytes.size() / static_cast<std::size_t>(std::max<std::int64_t>(1, tensor.count()));
    bool zero = true;
    for (std::size_t i = 0; zero && i < tensor.bytes.size(); ++i) {
        const bool holdsSign = i % width == width - 1;
        zero = (tensor.bytes[i] & (holdsSign ? std::byte{0x7f} : std::byte{0xff})) == std::byte{0};
    }
    formats::releasePages(tensor);
    return zero;
}

const AdapterModule* missingFrom(const AdapterFiles& adapter, const AdapterFiles& other)
{
    for (const AdapterModule& module : other.modules) {
        const auto same = [&](const AdapterModule& own) {
            return own.layer == module.layer && own.projection == module.projection;
        };
        if (std::none_of(adapter.modules.begin(), adapter.modules.end(), same)) {
            return &module;
        }
    }
    return nullptr;
}

} // namespace

void checkOptions(std::size_t adapters, const MergeOptions& options)
{
    if (adapters == 0) {
        refuse("a merge needs an adapter", "name one or more");
    }
    if (options.weights.size() != adapters) {
        refuse(std::to_string(adapters) + " adapters have " + std::to_string(options.weights.size()) + " weights",
               "give each adapter a weight");
    }
    for (const double weight : options.weights) {
        if (!std::isfinite(weight)) {
            refuse("a weight is not a finite number", "give each adapter a number such as 0.5");
        }
    }
    if (std::all_of(options.weights.begin(), options.weights.end(), [](double weight) { return weight == 0; })) {
        refuse("all weights are 0, so the merge would change nothing", "give at least one adapter another weight");
    }
    const MergeTraits& type = traitsOf(options.type);
    if (options.mode == MergeMode::Peft && !type.isInPeft) {
        refuse(std::string(kPeftVersion) + " does not merge by " + type.name, "merge with the mode exact", "method");
    }
    if (type.prunes() && !(options.density > 0 && options.density <= 1)) { // also refuses NaN
        refuse("the density must be above 0 and at most 1", "0.7 keeps 70 % of the entries", "density");
    }
    const bool mayDecompose = type.decomposes || (options.mode == MergeMode::Exact && type.electsSigns);
    if (options.svdRank < 0 || (options.svdRank > 0 && !mayDecompose)) {
        refuse(options.svdRank < 0 ? "the svd rank must not be negative"
                                   : std::string("the type ") + mergeTypeName(options.type) + " has no svd rank",
               "leave it out, or choose a type that ends in svd", "svd rank");
    }
}

void checkShapes(const std::vector<AdapterFiles>& adapters)
{
    std::map<std::pair<std::int64_t, Projection>, const AdapterModule*> known;
    for (const AdapterFiles& adapter : adapters) {
        for (const AdapterModule& module : adapter.modules) {
            const auto [place, isNew] = known.emplace(std::pair(module.layer, module.projection), &module);
            if (!isNew && sizesOf(*place->second) != sizesOf(module)) {
                mismatch(nameOf(module) + " is " + sizesOf(module) + ", but " + sizesOf(*place->second) +
                             " in the adapters before",
                         "merge adapters of one base model", adapter);
            }
        }
        if (std::all_of(adapter.modules.begin(), adapter.modules.end(),
                        [](const AdapterModule& module) { return isZero(*module.b); })) {
            throw Exception(ErrorCode::BadFile,
                            "B is 0 everywhere: this adapter changes nothing, as if it had never been trained",
                            "choose the trained adapter, or leave it out", adapter.folder.string());
        }
    }
}

namespace {

/// Where A and B are merged apart, the adapters that share a module need the same rank there.
void checkEqualRanks(const std::vector<AdapterFiles>& adapters, const MergePlan& plan)
{
    std::map<std::pair<std::int64_t, Projection>, std::int64_t> ranks;
    for (const AdapterFiles& adapter : adapters) {
        for (const AdapterModule& module : adapter.modules) {
            const auto [place, isNew] = ranks.emplace(std::pair(module.layer, module.projection), module.a->shape[0]);
            if (place->second != module.a->shape[0]) {
                mismatch("the adapter has rank " + std::to_string(module.a->shape[0]) + " in " + nameOf(module) +
                             ", the ones before " + std::to_string(place->second) + ", and " + mergeTypeName(plan.options.type) +
                             " in peft mode needs equal ranks",
                         "choose concat or svd, or the mode exact", adapter);
            }
        }
    }
}

} // namespace

std::int64_t largestRank(const AdapterFiles& adapter)
{
    std::int64_t largest = adapter.rank;
    for (const AdapterModule& module : adapter.modules) {
        largest = std::max(largest, module.a->shape[0]);
    }
    return largest;
}

std::optional<std::string> unsharedModule(const std::vector<AdapterFiles>& adapters)
{
    for (const AdapterFiles& adapter : adapters) {
        const AdapterModule* missing = missingFrom(adapter, adapters.front());
        missing = missing != nullptr ? missing : missingFrom(adapters.front(), adapter);
        if (missing != nullptr) {
            return nameOf(*missing);
        }
    }
    return std::nullopt;
}

void checkKinds(const std::vector<AdapterFiles>& adapters, const MergePlan& plan)
{
    const bool peft = plan.options.mode == MergeMode::Peft;
    if (peft && !traitsOf(plan.computedAs).joinsBlocks && !traitsOf(plan.computedAs).decomposes) {
        checkEqualRanks(adapters, plan);
    }
    const auto missing = unsharedModule(adapters);
    if (!missing) {
        return;
    }
    // A sum takes nothing from an adapter where it has nothing. PEFT passes over modules that an adapter lacks, too, but adapts
    // only what the first one's layers and exceptions allow.
    const auto isPartial = std::find_if(adapters.begin(), adapters.end(), [](const AdapterFiles& a) { return !a.everyLayer; });
    if (peft && isPartial != adapters.end()) {
        throw Exception(ErrorCode::Unsupported,
                        *missing + " is not in all the adapters, and PEFT would adapt only what the first one's layers allow",
                        "merge with the mode exact, by concat, linear or svd", isPartial->folder.string());
    }
    if (!peft && !traitsOf(plan.computedAs).isSum()) {
        const auto lacking = std::find_if(adapters.begin(), adapters.end(), [&](const AdapterFiles& adapter) {
            return std::none_of(adapter.modules.begin(), adapter.modules.end(),
                                [&](const AdapterModule& module) { return nameOf(module) == *missing; });
        });
        mismatch(*missing + " is missing, but another adapter has it",
                 "merge by concat, linear or svd, or adapters of the same modules", *lacking);
    }
}

void checkSaved(const std::vector<AdapterFiles>& adapters, const MergeOptions& options)
{
    for (const AdapterFiles& adapter : adapters) {
        if (adapter.savedTensors.empty()) {
            continue;
        }
        std::error_code ignored;
        const std::filesystem::path model = options.model.empty() ? std::filesystem::path(adapter.baseModel) : options.model;
        if (model.empty() || !std::filesystem::exists(model, ignored)) {
            throw Exception(ErrorCode::InvalidArgument,
                            "the adapter holds '" + adapter.savedTensors.front().name +
                                "', and whether that is the base model's own cannot be seen without the model",
                            "name the base model with --model", adapter.folder.string());
        }
        formats::checkSavedTensors(adapter, formats::openModel(model).value()).value();
    }
}

void checkRank(const std::vector<AdapterFiles>& adapters, const MergePlan& plan)
{
    if (!traitsOf(plan.computedAs).decomposes) {
        return;
    }
    std::int64_t smallest = INT64_MAX;
    std::int64_t largest = 0;
    for (const AdapterFiles& adapter : adapters) {
        for (const AdapterModule& module : adapter.modules) {
            const std::int64_t side = std::min(module.b->shape[0], module.a->shape[1]);
            smallest = std::min(smallest, side);
            largest = std::max(largest, side);
        }
    }
    const bool peft = plan.options.mode == MergeMode::Peft; // which cannot fill up a smaller module with zeros
    const std::int64_t limit = peft ? smallest : largest;
    if (plan.rank > limit) {
        refuse("the rank " + std::to_string(plan.rank) + " is larger than " + (peft ? "the smallest" : "any") +
                   " module allows (" + std::to_string(limit) + ")",
               "choose a smaller svd rank", "svd rank");
    }
}

} // namespace lori::merging
