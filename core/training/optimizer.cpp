// SPDX-License-Identifier: Apache-2.0
#include "core/training/optimizer.h"

#include "core/cuda/adamw.h"
#include "core/support/error.h"

#include <ATen/Functions.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

namespace lori::training {

Optimizer::Optimizer(const experiment::OptimizerConfig& config, std::vector<adapters::Parameter>& parameters) : m_config(config)
{
    for (const adapters::Parameter& parameter : parameters) {
        m_moments.push_back({at::zeros_like(parameter.value), at::zeros_like(parameter.value)});
    }
}

double Optimizer::step(std::vector<adapters::Parameter>& parameters, double learningRate)
{
    ++m_stepsDone;
    std::vector<double> squaredNorms;
    double total = 0;
    for (const adapters::Parameter& parameter : parameters) {
        squaredNorms.push_back(cuda::squaredNorm(parameter.gradient));
        total += squaredNorms.back();
    }
    if (!std::isfinite(total)) {
        --m_stepsDone;
        throw Exception(ErrorCode::NonFinite,
                        "the gradient of step " + std::to_string(m_stepsDone + 1) + " is not a finite number",
                        "lower the learning rate, or look for broken rows in the data");
    }
    cuda::AdamWSettings settings;
    settings.learningRate = learningRate;
    settings.beta1 = m_config.beta1;
    settings.beta2 = m_config.beta2;
    settings.epsilon = m_config.epsilon;
    settings.weightDecay = m_config.weightDecay;
    settings.step = m_stepsDone;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const double norm = std::sqrt(m_config.clip == experiment::ClipRule::Global ? total : squaredNorms[i]);
        settings.gradientFactor =
            m_config.clip == experiment::ClipRule::None ? 1.0 : std::min(1.0, m_config.maxGradNorm / (norm + 1e-6));
        cuda::adamWUpdate(parameters[i].value, parameters[i].gradient, m_moments[i].first, m_moments[i].second, settings);
    }
    return std::sqrt(total);
}

double scheduleFactor(const experiment::OptimizerConfig& config, std::int64_t step, std::int64_t total)
{
    const double warm = std::min(1.0, static_cast<double>(step + 1) / static_cast<double>(config.warmupSteps + 1));
    if (config.schedule == experiment::Schedule::Constant || step < config.warmupSteps) {
        return warm;
    }
    const auto left = static_cast<double>(std::max<std::int64_t>(1, total - config.warmupSteps));
    const double done = std::clamp(static_cast<double>(step - config.warmupSteps) / left, 0.0, 1.0);
    return config.schedule == experiment::Schedule::Linear ? 1.0 - done : 0.5 * (1.0 + std::cos(std::numbers::pi * done));
}

} // namespace lori::training
