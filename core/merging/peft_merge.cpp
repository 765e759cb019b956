// SPDX-License-Identifier: Apache-2.0
// What add_weighted_adapter of PEFT 0.21.2 computes, its quirks included (README). In f32 like PEFT.
#include "core/merging/module_merge.h"
#include "core/merging/pruning.h"

#include <ATen/Functions.h>

#include <cmath>

namespace lori::merging {

namespace {

/// The largest entries, or random ones, which are divided by the density.
at::Tensor pruned(const at::Tensor& values, const ModuleParts& module, std::size_t i, char matrix, const MergePlan& plan,
                  const MaskSource& masks)
{
    const double density = plan.options.density;
    const MergeTraits& type = traitsOf(plan.computedAs);
    if (density >= 1 || !type.prunes()) {
        return values;
    }
    if (type.drawsMasks) {
        return values
            .mul(masks(
                {module.parts[i].adapter, module.layer, module.projection, matrix, values.size(0), values.size(1), density}))
            .div_(density);
    }
    return type.keep(values, density);
}

at::Tensor combined(const TensorAt& values, const std::vector<double>& weights, const MergePlan& plan)
{
    return traitsOf(plan.computedAs).electsSigns ? disjointSum(values, weights, plan.options.signs)
                                                 : weightedSum(values, weights);
}

/// A and B merged apart from each other, each with √|w·s| and A with its sign: B_new·A_new then holds the terms Bᵢ·Aⱼ as well.
LowRank mergeApart(const ModuleParts& module, const MergePlan& plan, const MaskSource& masks)
{
    const auto merge = [&](char matrix) {
        std::vector<double> weights;
        for (const ModulePart& part : module.parts) {
            const double weight = part.weight * part.scaling;
            const double sign = matrix == 'A' && weight < 0 ? -1 : 1;
            weights.push_back(static_cast<double>(static_cast<float>(sign * std::sqrt(std::abs(weight)))));
        }
        return combined(
            [&](std::size_t i) {
                const ModulePart& part = module.parts[i];
                return pruned(matrix == 'A' ? part.a_RI : part.b_OR, module, i, matrix, plan, masks);
            },
            weights, plan);
    };
    return {merge('A'), merge('B')};
}

/// Rows of A times w·s, columns of B as they are; where an adapter lacks the module, the last rows stay 0.
LowRank mergeConcat(const ModuleParts& module, const MergePlan& plan)
{
    LowRank result{at::zeros({plan.rank, module.in}, at::kFloat), at::zeros({module.out, plan.rank}, at::kFloat)};
    std::int64_t at = 0;
    for (const ModulePart& part : module.parts) {
        const std::int64_t rank = part.a_RI.size(0);
        result.a_RI.narrow(0, at, rank).copy_(part.a_RI.mul(part.weight).mul_(part.scaling));
        result.b_OR.narrow(1, at, rank).copy_(part.b_OR);
        at += rank;
    }
    return result;
}

LowRank mergeSvd(const ModuleParts& module, const MergePlan& plan)
{
    std::vector<at::Tensor> b;
    std::vector<at::Tensor> a;
    for (const ModulePart& part : module.parts) {
        b.push_back(part.b_OR.to(at::kDouble).mul_(part.weight * part.scaling));
        a.push_back(part.a_RI);
    }
    return FactoredSum(at::cat(b, 1), at::cat(a, 0).to(at::kDouble)).truncated(plan.rank);
}

/// Operation for operation as PEFT does: the last bit of ΔW decides between directions of nearly equal size.
LowRank mergePrunedSvd(const ModuleParts& module, const MergePlan& plan, const MaskSource& masks)
{
    std::vector<at::Tensor> changes;
    std::vector<float> weights;
    for (std::size_t i = 0; i < module.parts.size(); ++i) {
        const ModulePart& part = module.parts[i];
        weights.push_back(static_cast<float>(part.weight));
        changes.push_back(pruned(at::mm(part.b_OR, part.a_RI).mul_(part.scaling), module, i, 'W', plan, masks));
    }
    const at::Tensor all_NOI = at::stack(changes);
    changes.clear();
    const at::Tensor weighted_NOI = all_NOI.mul(at::tensor(weights).view({-1, 1, 1}));
    if (!traitsOf(plan.computedAs).electsSigns) {
        return truncatedAsPeft(weighted_NOI.sum(0), plan.rank);
    }
    const at::Tensor signs_NOI = all_NOI.sign();
    const at::Tensor votes_OI = plan.options.signs == SignMethod::Total ? all_NOI.sum(0) : signs_NOI.sum(0);
    const at::Tensor elected_OI = at::where(votes_OI.ge(0), at::ones_like(votes_OI), at::full_like(votes_OI, -1));
    const at::Tensor agrees_NOI = signs_NOI.eq(elected_OI);
    return truncatedAsPeft(weighted_NOI.mul(agrees_NOI).sum(0).div(agrees_NOI.sum(0).clamp_min(1)), plan.rank);
}

} // namespace

LowRank mergeAsPeft(const ModuleParts& module, const MergePlan& plan, const MaskSource& masks)
{
    const MergeTraits& type = traitsOf(plan.computedAs);
    if (type.joinsBlocks) {
        return mergeConcat(module, plan);
    }
    if (type.onChange) {
        return mergePrunedSvd(module, plan, masks);
    }
    return type.decomposes ? mergeSvd(module, plan) : mergeApart(module, plan, masks);
}

} // namespace lori::merging
