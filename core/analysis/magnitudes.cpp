// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/magnitudes.h"

#include "core/formats/mask_pools.h"

#include <cmath>
#include <map>

namespace lori::analysis {

namespace {

std::string moduleName(const formats::AdapterModule& module)
{
    return "layer " + std::to_string(module.layer) + " " + std::string(projectionName(module.projection));
}

ModuleMagnitudes load(const formats::AdapterModule& module, const std::string& where)
{
    const formats::TensorView* b = module.b;
    if (b == nullptr || b->shape.size() != 2 || b->shape[0] <= 0 || b->shape[1] <= 0) {
        throw Exception(ErrorCode::BadFile, "B of " + moduleName(module) + " is missing or has no shape [out, rank]",
                        "choose another adapter", where);
    }
    ModuleMagnitudes result{module.layer, module.projection, b->shape[0], b->shape[1], {}};
    result.values.resize(static_cast<std::size_t>(b->count()));
    formats::toFloat(*b, result.values).value();
    for (std::size_t i = 0; i < result.values.size(); ++i) {
        result.values[i] = std::fabs(result.values[i]);
        if (!std::isfinite(result.values[i])) {
            throw Exception(ErrorCode::NonFinite,
                            "B of " + moduleName(module) + " holds a NaN or infinity at [" +
                                std::to_string(static_cast<std::int64_t>(i) / result.rank) + ", " +
                                std::to_string(static_cast<std::int64_t>(i) % result.rank) + "]",
                            "train again with a smaller learning rate", where);
        }
    }
    return result;
}

} // namespace

std::vector<ModuleMagnitudes> loadMagnitudes(const formats::AdapterFiles& adapter)
{
    if (adapter.modules.empty()) {
        throw Exception(ErrorCode::BadFile, "the adapter has no modules", "choose another adapter", adapter.folder.string());
    }
    std::vector<ModuleMagnitudes> modules;
    modules.reserve(adapter.modules.size());
    for (const formats::AdapterModule& module : adapter.modules) {
        modules.push_back(load(module, adapter.folder.string()));
    }
    return modules;
}

std::vector<std::vector<std::size_t>> poolsOf(const std::vector<ModuleMagnitudes>& modules, MaskScope scope)
{
    std::map<std::int64_t, std::vector<std::size_t>> byKey;
    for (std::size_t i = 0; i < modules.size(); ++i) {
        byKey[formats::poolKey(modules[i].layer, modules[i].projection, scope)].push_back(i);
    }
    std::vector<std::vector<std::size_t>> pools;
    for (auto& [key, members] : byKey) {
        pools.push_back(std::move(members));
    }
    return pools;
}

std::int64_t keptCount(double sparsity, std::int64_t entries)
{
    if (!(sparsity >= 0 && sparsity < 1)) {
        throw Exception(ErrorCode::InvalidArgument, "the sparsity must be at least 0 and below 1, is " + std::to_string(sparsity),
                        "0.9 keeps a tenth", "mask.sparsity");
    }
    return formats::keptOf(sparsity, entries);
}

std::string poolName(std::int64_t layer, Projection projection, MaskScope scope)
{
    switch (scope) {
    case MaskScope::Model:
        return "model";
    case MaskScope::Module:
        return projection <= Projection::O ? "attention" : "mlp";
    case MaskScope::Projection:
        return std::string(projectionName(projection));
    case MaskScope::Layer:
        return "layer " + std::to_string(layer);
    case MaskScope::Matrix:
        break;
    }
    return "layer " + std::to_string(layer) + " " + std::string(projectionName(projection));
}

void refuseEmptyPool(double sparsity, std::int64_t entries)
{
    throw Exception(ErrorCode::InvalidArgument,
                    "a sparsity of " + std::to_string(sparsity) + " keeps none of the " + std::to_string(entries) +
                        " entries of a pool",
                    "choose a smaller sparsity, a wider scope or the rule exact-k", "mask.sparsity");
}

} // namespace lori::analysis
