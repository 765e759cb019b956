// SPDX-License-Identifier: Apache-2.0
// The packed AdamW update on a GPU; its CPU twin is updateRange in adamw.cpp. Bound by memory: 16 bytes read and 12 written an
// entry.
#include "core/cuda/adamw_kernel.h"

#include <cuda_runtime.h>

#include <algorithm>
#include <stdexcept>
#include <string>

namespace lori::cuda {

namespace {

__global__ void adamW(float* __restrict__ p, const float* __restrict__ g, float* __restrict__ m, float* __restrict__ v,
                      long long n, AdamWFactors f)
{
    const long long stride = static_cast<long long>(gridDim.x) * blockDim.x;
    for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < n; i += stride) {
        const float gradient = g[i] * f.gradient;
        const float first = f.beta1 * m[i] + f.oneMinusBeta1 * gradient;
        const float second = f.beta2 * v[i] + f.oneMinusBeta2 * gradient * gradient;
        m[i] = first;
        v[i] = second;
        p[i] = p[i] * f.decay - f.stepSize * first / (sqrtf(second) * f.inverseRootCorrection2 + f.epsilon);
    }
}

} // namespace

void launchAdamW(float* value, const float* gradient, float* first, float* second, std::int64_t n, const AdamWFactors& factors)
{
    if (n == 0) {
        return;
    }
    constexpr int kThreads = 256;
    constexpr long long kMostBlocks = 4096;
    const auto blocks = static_cast<unsigned>(std::min<long long>((n + kThreads - 1) / kThreads, kMostBlocks));
    adamW<<<blocks, kThreads>>>(value, gradient, first, second, n, factors);
    if (const cudaError_t status = cudaGetLastError(); status != cudaSuccess) {
        throw std::runtime_error(std::string("the AdamW kernel did not start: ") + cudaGetErrorString(status));
    }
}

bool kernelsBuilt();
bool kernelsBuilt()
{
    return true;
}

} // namespace lori::cuda
