// SPDX-License-Identifier: Apache-2.0
// Merging as it should be: every scaling once, A never pruned, signs elected only where entries mean the same.
#include "core/merging/module_merge.h"
#include "core/merging/pruning.h"

#include <ATen/Functions.h>

namespace lori::merging {

namespace {

/// Each part's w·s·B in f64, after `prune`.
using PruneB = std::function<at::Tensor(std::size_t i)>;

/// Joins the parts: one block of columns and rows for each group of adapters with the same A.
FactoredSum joined(const ModuleParts& module, const MergePlan& plan, const PruneB& scaledB)
{
    std::vector<std::size_t> heads;
    std::vector<at::Tensor> b;
    std::vector<at::Tensor> a;
    for (std::size_t i = 0; i < module.parts.size(); ++i) {
        const std::size_t head = plan.group[module.parts[i].adapter];
        const auto known = std::find(heads.begin(), heads.end(), head);
        if (known != heads.end()) {
            b[static_cast<std::size_t>(known - heads.begin())].add_(scaledB(i));
            continue;
        }
        heads.push_back(head);
        b.push_back(scaledB(i));
        a.push_back(module.parts[i].a_RI);
    }
    return {at::cat(b, 1), at::cat(a, 0).to(at::kDouble)};
}

LowRank rounded(const FactoredSum& sum)
{
    return {sum.a_KI().to(at::kFloat), sum.b_OK().to(at::kFloat).contiguous()};
}

at::Tensor maskOf(const ModuleParts& module, std::size_t i, char matrix, const MergePlan& plan, const MaskSource& masks)
{
    const bool isB = matrix == 'B';
    return masks({module.parts[i].adapter, module.layer, module.projection, matrix, module.out,
                  isB ? module.parts[i].b_OR.size(1) : module.in, plan.options.density});
}

/// w·s·B, pruned: the largest entries stay, or random ones, which are divided by the density (DARE, arXiv 2311.03099).
at::Tensor prunedB(const ModuleParts& module, std::size_t i, const MergePlan& plan, const MaskSource& masks)
{
    const ModulePart& part = module.parts[i];
    const double density = plan.options.density;
    at::Tensor b_OR = part.b_OR;
    double factor = part.weight * part.scaling;
    const MergeTraits& type = traitsOf(plan.computedAs);
    if (density < 1 && type.drawsMasks) {
        b_OR = b_OR.mul(maskOf(module, i, 'B', plan, masks));
        factor /= density;
    } else if (type.keep != nullptr) {
        b_OR = type.keep(b_OR, density);
    }
    return b_OR.to(at::kDouble).mul(factor);
}

/// The same on ΔW itself, [out, in] in f64.
at::Tensor prunedChange(const ModuleParts& module, std::size_t i, const MergePlan& plan, const MaskSource& masks)
{
    const ModulePart& part = module.parts[i];
    const double density = plan.options.density;
    at::Tensor change = at::mm(part.b_OR.to(at::kDouble), part.a_RI.to(at::kDouble)).mul_(part.weight * part.scaling);
    const MergeTraits& type = traitsOf(plan.computedAs);
    if (density < 1 && type.drawsMasks) {
        return change.mul_(maskOf(module, i, 'W', plan, masks)).div_(density);
    }
    return type.keep == nullptr ? change : type.keep(change, density);
}

} // namespace

FactoredSum exactSum(const ModuleParts& module, const MergePlan& plan)
{
    return joined(module, plan, [&](std::size_t i) {
        const ModulePart& part = module.parts[i];
        return part.b_OR.to(at::kDouble).mul_(part.weight * part.scaling);
    });
}

LowRank mergeExact(const ModuleParts& module, const MergePlan& plan, const MaskSource& masks, FactoredSum& sum)
{
    const PruneB scaledB = [&](std::size_t i) {
        return prunedB(module, i, plan, masks);
    };
    const std::vector<double> ones(module.parts.size(), 1.0); // weights and scalings are in B or ΔW already
    const TensorAt change = [&](std::size_t i) {
        return prunedChange(module, i, plan, masks);
    };
    const MergeTraits& type = traitsOf(plan.computedAs);
    if (type.onChange) {
        return truncatedMatrix(type.electsSigns ? disjointSum(change, ones, plan.options.signs) : weightedSum(change, ones),
                               plan.rank);
    }
    if (type.isSum()) {
        return type.decomposes ? sum.truncated(plan.rank) : rounded(sum);
    }
    if (type.electsSigns) {
        return {module.parts.front().a_RI, disjointSum(scaledB, ones, plan.options.signs).to(at::kFloat)};
    }
    return rounded(joined(module, plan, scaledB));
}

LowRank mergeModule(const ModuleParts& module, const MergePlan& plan, const MaskSource& masks, FactoredSum& sum)
{
    return plan.options.mode == MergeMode::Exact ? mergeExact(module, plan, masks, sum) : mergeAsPeft(module, plan, masks);
}

} // namespace lori::merging
