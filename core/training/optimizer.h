// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"
#include "core/experiment/run_config.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lori::training {

/// AdamW over the parameters of one method, with the reference's per-tensor clipping (method.md §1.6). Moments are f32 and exist
/// only for trained entries. Step t (from 1):
///   c = min(1, maxNorm / (‖g‖ + 1e-6)),  g ← c·g,  m ← β1·m + (1−β1)·g,  v ← β2·v + (1−β2)·g²,
///   p ← p·(1 − lr·wd) − lr/(1−β1^t) · m / (√v / √(1−β2^t) + ε)
class Optimizer final {
public:
    Optimizer(const experiment::OptimizerConfig& config, std::vector<adapters::Parameter>& parameters);

    /// One update at `learningRate` (schedule included). Returns the norm over all gradients before clipping.
    /// Throws Exception(NonFinite), with nothing changed, when that norm is not finite.
    double step(std::vector<adapters::Parameter>& parameters, double learningRate);

    struct Moments {
        at::Tensor first;  ///< m, like the parameter's value
        at::Tensor second; ///< v
    };
    [[nodiscard]] const std::vector<Moments>& moments() const { return m_moments; }
    [[nodiscard]] std::vector<Moments>& moments() { return m_moments; }
    [[nodiscard]] std::int64_t stepsDone() const { return m_stepsDone; }
    void setStepsDone(std::int64_t steps) { m_stepsDone = steps; }

private:
    experiment::OptimizerConfig m_config;
    std::vector<Moments> m_moments;
    std::int64_t m_stepsDone = 0;
};

/// The factor on the learning rate at `step` (from 0) of `total`: warm-up min(1, (step + 1) / (warmup + 1)), then constant,
/// linear to 0 or half a cosine to 0.
[[nodiscard]] double scheduleFactor(const experiment::OptimizerConfig& config, std::int64_t step, std::int64_t total);

} // namespace lori::training
