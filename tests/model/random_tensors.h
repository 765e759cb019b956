// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <cstdint>
#include <vector>

namespace lori::test {

/// f32 values of a normal distribution, the same for the same seed.
inline at::Tensor random(const std::vector<std::int64_t>& shape, std::uint64_t seed)
{
    return at::empty(shape, at::kFloat).normal_(0, 1, at::detail::createCPUGenerator(seed));
}

/// max |a − b|, in double precision.
inline double largestDifference(const at::Tensor& a, const at::Tensor& b)
{
    return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

} // namespace lori::test
