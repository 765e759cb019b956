// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/mask_config.h"
#include "core/formats/adapter_files.h"
#include "tests/analysis/memory_tensors.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lori::analysis::test {

inline experiment::MaskConfig configOf(double sparsity, experiment::MaskScope scope, experiment::MaskRule rule)
{
    experiment::MaskConfig config;
    config.sparsity = sparsity;
    config.scope = scope;
    config.rule = rule;
    return config;
}

/// B of one module.
struct BMatrix {
    std::int64_t layer = 0;
    experiment::Projection projection = experiment::Projection::Q;
    std::int64_t out = 0;
    std::int64_t rank = 0;
    std::vector<float> values;
};

/// An adapter in memory that has only B.
inline formats::AdapterFiles adapterWith(const std::vector<BMatrix>& matrices)
{
    formats::AdapterFiles adapter;
    adapter.folder = "/memory/adapter";
    auto tensors = std::make_unique<MemoryTensors>();
    for (std::size_t i = 0; i < matrices.size(); ++i) {
        tensors->add(std::to_string(i), {matrices[i].out, matrices[i].rank}, matrices[i].values);
    }
    for (std::size_t i = 0; i < matrices.size(); ++i) {
        adapter.modules.push_back({matrices[i].layer, matrices[i].projection, nullptr, &tensors->tensors()[i]});
    }
    adapter.tensors = std::move(tensors);
    return adapter;
}

/// A mask of one module from its bits, one character an entry.
inline formats::ModuleMask moduleMask(std::int64_t layer, experiment::Projection projection, std::int64_t rank,
                                      const std::string& bits)
{
    formats::ModuleMask mask{layer, projection, static_cast<std::int64_t>(bits.size()) / rank, rank, {}};
    mask.bits.assign((bits.size() + 7) / 8, 0);
    for (std::size_t i = 0; i < bits.size(); ++i) {
        mask.bits[i / 8] |= static_cast<std::uint8_t>((bits[i] == '1' ? 1U : 0U) << (i % 8));
    }
    return mask;
}

inline formats::Mask maskOfModules(std::vector<formats::ModuleMask> modules)
{
    formats::Mask mask;
    mask.modules = std::move(modules);
    return mask;
}

inline std::string bitsOf(const formats::ModuleMask& mask)
{
    std::string bits;
    for (std::int64_t i = 0; i < mask.out * mask.rank; ++i) {
        bits += mask.test(i) ? '1' : '0';
    }
    return bits;
}

inline const std::vector<experiment::MaskScope> kScopes{experiment::MaskScope::Model, experiment::MaskScope::Module,
                                                        experiment::MaskScope::Projection, experiment::MaskScope::Layer,
                                                        experiment::MaskScope::Matrix};

} // namespace lori::analysis::test
