// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/merging/factored_sum.h"
#include "core/merging/merge.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lori::merging {

/// The part of one adapter in a module.
struct ModulePart {
    std::size_t adapter = 0; ///< place in the list of adapters
    double weight = 0;
    double scaling = 0;
    at::Tensor a_RI; ///< f32
    at::Tensor b_OR;
};
/// One module of every adapter that has it.
struct ModuleParts {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    std::int64_t in = 0;
    std::int64_t out = 0;
    std::vector<ModulePart> parts; ///< at least one
};

/// Σ wᵢ·sᵢ·Bᵢ·Aᵢ of a module; adapters of one group (see MergePlan::group) share their A, so their B are added up.
[[nodiscard]] FactoredSum exactSum(const ModuleParts& module, const MergePlan& plan);

/// Merges one module as the plan says; the result has rank plan.rank and scaling 1. `sum` is exactSum() of the same parts.
[[nodiscard]] LowRank mergeModule(const ModuleParts& module, const MergePlan& plan, const MaskSource& masks, FactoredSum& sum);

/// The two modes.
[[nodiscard]] LowRank mergeExact(const ModuleParts& module, const MergePlan& plan, const MaskSource& masks, FactoredSum& sum);
[[nodiscard]] LowRank mergeAsPeft(const ModuleParts& module, const MergePlan& plan, const MaskSource& masks);

} // namespace lori::merging
