// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

// Free of Torch, so that nvcc compiles the kernel without LibTorch's headers.
namespace lori::cuda {

/// AdamW's constants of one step, in the precision of the arithmetic.
struct AdamWFactors {
    float gradient; ///< clipping factor
    float beta1, oneMinusBeta1;
    float beta2, oneMinusBeta2;
    float decay;                  ///< 1 − lr·wd
    float stepSize;               ///< lr / (1 − β1^t)
    float inverseRootCorrection2; ///< 1 / √(1 − β2^t)
    float epsilon;
};

/// Launches the update on the default stream. Device pointers to n floats each. Throws std::runtime_error when the launch fails
/// or, without nvcc at build time, always.
void launchAdamW(float* value, const float* gradient, float* first, float* second, std::int64_t n, const AdamWFactors& factors);

} // namespace lori::cuda
