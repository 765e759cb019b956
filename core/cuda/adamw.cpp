// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/adamw.h"

#include "core/cuda/adamw_kernel.h"
#include "core/support/simd.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include <cmath>

namespace lori::cuda {

namespace {

AdamWFactors factorsOf(const AdamWSettings& s)
{
    const auto t = static_cast<double>(s.step);
    AdamWFactors f{};
    f.gradient = static_cast<float>(s.gradientFactor);
    f.beta1 = static_cast<float>(s.beta1);
    f.beta2 = static_cast<float>(s.beta2);
    f.oneMinusBeta1 = static_cast<float>(1 - s.beta1);
    f.oneMinusBeta2 = static_cast<float>(1 - s.beta2);
    f.decay = static_cast<float>(1 - s.learningRate * s.weightDecay);
    f.stepSize = static_cast<float>(s.learningRate / (1 - std::pow(s.beta1, t)));
    f.inverseRootCorrection2 = static_cast<float>(1 / std::sqrt(1 - std::pow(s.beta2, t)));
    f.epsilon = static_cast<float>(s.epsilon);
    return f;
}

LORI_MULTIARCH void updateRange(float* p, const float* g, float* m, float* v, std::int64_t n, const AdamWFactors& f)
{
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        const float gradient = g[i] * f.gradient;
        m[i] = f.beta1 * m[i] + f.oneMinusBeta1 * gradient;
        v[i] = f.beta2 * v[i] + f.oneMinusBeta2 * gradient * gradient;
        p[i] = p[i] * f.decay - f.stepSize * m[i] / (std::sqrt(v[i]) * f.inverseRootCorrection2 + f.epsilon);
    }
}

LORI_MULTIARCH double squaredSum(const float* g, std::int64_t n)
{
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < n; ++i) {
        sum += static_cast<double>(g[i]) * static_cast<double>(g[i]);
    }
    return sum;
}

} // namespace

double squaredNorm(const at::Tensor& gradient_N)
{
    if (gradient_N.is_cpu()) {
        return squaredSum(gradient_N.const_data_ptr<float>(), gradient_N.numel());
    }
    return gradient_N.to(at::kDouble).square().sum().item<double>();
}

void adamWUpdate(at::Tensor& value_N, const at::Tensor& gradient_N, at::Tensor& first_N, at::Tensor& second_N,
                 const AdamWSettings& settings)
{
    const std::int64_t n = value_N.numel();
    const AdamWFactors factors = factorsOf(settings);
    if (value_N.is_cpu()) {
        float* p = value_N.mutable_data_ptr<float>();
        const float* g = gradient_N.const_data_ptr<float>();
        float* m = first_N.mutable_data_ptr<float>();
        float* v = second_N.mutable_data_ptr<float>();
        at::parallel_for(0, n, 1 << 15, [&](std::int64_t begin, std::int64_t end) {
            updateRange(p + begin, g + begin, m + begin, v + begin, end - begin, factors);
        });
        return;
    }
    if (value_N.is_cuda() && kernelsBuilt()) {
        launchAdamW(value_N.mutable_data_ptr<float>(), gradient_N.const_data_ptr<float>(), first_N.mutable_data_ptr<float>(),
                    second_N.mutable_data_ptr<float>(), n, factors);
        return;
    }
    adamWUpdateReference(value_N, gradient_N, first_N, second_N, settings);
}

void adamWUpdateReference(at::Tensor& value_N, const at::Tensor& gradient_N, at::Tensor& first_N, at::Tensor& second_N,
                          const AdamWSettings& settings)
{
    const auto t = static_cast<double>(settings.step);
    const at::Tensor g = gradient_N * settings.gradientFactor;
    first_N.mul_(settings.beta1).add_(g, 1 - settings.beta1);
    second_N.mul_(settings.beta2).addcmul_(g, g, 1 - settings.beta2);
    value_N.mul_(1 - settings.learningRate * settings.weightDecay);
    const at::Tensor denominator = second_N.sqrt().div_(std::sqrt(1 - std::pow(settings.beta2, t))).add_(settings.epsilon);
    value_N.addcdiv_(first_N, denominator, -settings.learningRate / (1 - std::pow(settings.beta1, t)));
}

} // namespace lori::cuda
