// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lori::cuda {

struct AdamWSettings {
    double learningRate = 0;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0;
    double gradientFactor = 1; ///< clipping: multiplies g before everything else
    std::int64_t step = 1;     ///< t, from 1
};

/// Σ g², accumulated in double.   g [n] f32, CPU or GPU.
[[nodiscard]] double squaredNorm(const at::Tensor& gradient_N);

/// One fused pass of AdamW over the packed entries of a masked B (or all of a dense one): reads g once, reads and writes m, v and
/// p once. Formula: core/training/optimizer.h. All tensors [n] f32, contiguous, on one device. On a GPU the kernel of
/// adamw_kernel.cu runs when it was built, plain ATen operations otherwise.
void adamWUpdate(at::Tensor& value_N, const at::Tensor& gradient_N, at::Tensor& first_N, at::Tensor& second_N,
                 const AdamWSettings& settings);

/// The same update in plain ATen operations: the oracle of the fused forms.
void adamWUpdateReference(at::Tensor& value_N, const at::Tensor& gradient_N, at::Tensor& first_N, at::Tensor& second_N,
                          const AdamWSettings& settings);

/// True when this program holds CUDA kernels (nvcc was found at build time).
[[nodiscard]] bool kernelsBuilt();

} // namespace lori::cuda
