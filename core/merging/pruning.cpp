// SPDX-License-Identifier: Apache-2.0
#include "core/merging/pruning.h"

#include <ATen/Functions.h>

namespace lori::merging {

at::Tensor keepLargest(const at::Tensor& values, double density)
{
    if (density >= 1) {
        return values;
    }
    const auto kept = static_cast<std::int64_t>(density * static_cast<double>(values.numel()));
    const at::Tensor flat = values.reshape({-1});
    const auto [sizes, places] = at::topk(flat.abs(), kept, 0, /*largest=*/true, /*sorted=*/false);
    return at::zeros_like(flat).index_copy_(0, places, flat.index_select(0, places)).view(values.sizes());
}

at::Tensor weightedSum(const TensorAt& at, const std::vector<double>& weights)
{
    at::Tensor sum = at(0).mul(weights[0]);
    for (std::size_t i = 1; i < weights.size(); ++i) {
        sum.add_(at(i), weights[i]);
    }
    return sum;
}

at::Tensor disjointSum(const TensorAt& at, const std::vector<double>& weights, SignMethod signs)
{
    at::Tensor votes;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const at::Tensor x = at(i);
        const at::Tensor vote = signs == SignMethod::Total ? x : x.sign();
        votes = votes.defined() ? votes.add_(vote) : vote.clone();
    }
    const at::Tensor positive = votes.ge(0);
    at::Tensor sum = at::zeros_like(votes);
    at::Tensor agreeing = at::zeros_like(votes);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const at::Tensor x = at(i);
        const at::Tensor agrees = at::where(positive, x.gt(0), x.lt(0));
        sum.add_(x.mul(agrees), weights[i]);
        agreeing.add_(agrees);
    }
    return sum.div_(agreeing.clamp_min_(1));
}

} // namespace lori::merging
