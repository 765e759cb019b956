// SPDX-License-Identifier: Apache-2.0
#include "core/model/loss_head.h"

#include "core/model/elementwise.h"
#include "core/support/simd.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

namespace lori::model {

namespace {

LORI_MULTIARCH float rowMaximum(const float* x, std::int64_t n)
{
    float largest = x[0];
#pragma omp simd reduction(max : largest)
    for (std::int64_t i = 0; i < n; ++i) {
        largest = largest < x[i] ? x[i] : largest;
    }
    return largest;
}

/// Overwrites x by exp(x − largest) and returns the sum, in eight partial sums a block so that 50,000 terms keep their digits.
LORI_MULTIARCH double exponentials(float* x, float largest, std::int64_t n)
{
    constexpr std::int64_t kBlock = 1024;
    double total = 0;
    for (std::int64_t begin = 0; begin < n; begin += kBlock) {
        const std::int64_t end = begin + kBlock < n ? begin + kBlock : n;
        float sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t i = begin; i < end; ++i) {
            x[i] = fastExp(x[i] - largest);
            sum += x[i];
        }
        total += sum;
    }
    return total;
}

LORI_MULTIARCH void scaleRow(float* x, float factor, std::int64_t n)
{
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        x[i] *= factor;
    }
}

/// Losses of one chunk on the CPU; with a gradient, logits become d loss / d logits = weight·(softmax − one-hot).
void cpuChunk(const at::Tensor& logits_CV, const std::int64_t* labels, const std::vector<float>& weights,
              std::vector<double>& losses, WithGradient withGradient)
{
    const std::int64_t vocabulary = logits_CV.size(1);
    float* data = logits_CV.mutable_data_ptr<float>();
    at::parallel_for(0, logits_CV.size(0), 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t c = begin; c < end; ++c) {
            float* row = data + c * vocabulary;
            const auto i = static_cast<std::size_t>(c);
            const float largest = rowMaximum(row, vocabulary);
            const float target = row[labels[c]];
            const double sum = exponentials(row, largest, vocabulary);
            losses[i] = static_cast<double>(largest) + std::log(sum) - static_cast<double>(target);
            if (withGradient == WithGradient::Yes) {
                scaleRow(row, static_cast<float>(static_cast<double>(weights[i]) / sum), vocabulary);
                row[labels[c]] -= weights[i];
            }
        }
    });
}

/// The same in ATen operations, for other devices.
void genericChunk(at::Tensor& logits_CV, const at::Tensor& labels_C, const std::vector<float>& weights,
                  std::vector<double>& losses, WithGradient withGradient)
{
    const at::Tensor logp = at::log_softmax(logits_CV.to(at::kFloat), -1);
    const at::Tensor loss = logp.gather(1, labels_C.unsqueeze(1)).squeeze(1).neg().to(at::kCPU, at::kDouble).contiguous();
    std::copy_n(loss.const_data_ptr<double>(), losses.size(), losses.begin());
    if (withGradient == WithGradient::Yes) {
        const at::Tensor weight = at::tensor(weights).to(logits_CV.device()).unsqueeze(1);
        at::Tensor gradient = logp.exp().mul_(weight);
        gradient.scatter_add_(1, labels_C.unsqueeze(1), weight.neg());
        logits_CV = gradient.to(logits_CV.scalar_type());
    }
}

/// Slope of the capped logits, for the way back; undefined without a cap.
at::Tensor capSlope(const formats::ModelConfig& config, const at::Tensor& logits_CV, WithGradient withGradient)
{
    const bool isNeeded = config.logitCap > 0 && withGradient == WithGradient::Yes;
    return isNeeded ? logits_CV.div(config.logitCap).square_().neg_().add_(1) : at::Tensor();
}

} // namespace

void shapeLogits(const formats::ModelConfig& config, const at::Tensor& logits_NV)
{
    if (config.logitScale != 1) {
        logits_NV.mul_(config.logitScale);
    }
    if (config.logitCap > 0) {
        logits_NV.div_(config.logitCap).tanh_().mul_(config.logitCap);
    }
}

LossResult lossAndGradient(const BaseModel& model, const at::Tensor& x_TD, const LossTargets& targets,
                           const std::vector<double>& rowWeight, WithGradient withGradient, WeightGradients* weightGradients)
{
    LossResult result{std::vector<double>(rowWeight.size(), 0.0), {}};
    if (withGradient == WithGradient::Yes) {
        result.dx_TD = at::zeros_like(x_TD);
    }
    const auto count = static_cast<std::int64_t>(targets.positions.size());
    const at::Tensor positions = at::tensor(targets.positions, at::kLong);
    const at::Tensor labels = at::tensor(targets.labels, at::kLong);
    for (std::int64_t begin = 0; begin < count; begin += kLossChunk) {
        const std::int64_t size = std::min(kLossChunk, count - begin);
        const at::Tensor where = positions.narrow(0, begin, size).to(x_TD.device());
        const at::Tensor x_CD = x_TD.index_select(0, where);
        const RmsNormResult normed = rmsNorm(x_CD, model.finalNorm_D(), model.config().rmsEpsilon);
        at::Tensor logits_CV = model.matmul().forward(normed.y_TD, model.head_VD());
        shapeLogits(model.config(), logits_CV);
        const at::Tensor slope_CV = capSlope(model.config(), logits_CV, withGradient);
        std::vector<float> weights;
        for (std::int64_t i = begin; i < begin + size; ++i) {
            weights.push_back(static_cast<float>(rowWeight[static_cast<std::size_t>(targets.rows[static_cast<std::size_t>(i)])]));
        }
        std::vector<double> losses(static_cast<std::size_t>(size));
        const at::Tensor chunkLabels = labels.narrow(0, begin, size);
        if (logits_CV.is_cpu()) {
            cpuChunk(logits_CV, chunkLabels.const_data_ptr<std::int64_t>(), weights, losses, withGradient);
        } else {
            genericChunk(logits_CV, chunkLabels.to(x_TD.device()), weights, losses, withGradient);
        }
        for (std::int64_t i = 0; i < size; ++i) {
            result.rowLoss[static_cast<std::size_t>(targets.rows[static_cast<std::size_t>(begin + i)])] +=
                losses[static_cast<std::size_t>(i)];
        }
        if (withGradient == WithGradient::Yes) {
            if (slope_CV.defined()) {
                logits_CV.mul_(slope_CV);
            }
            if (model.config().logitScale != 1) {
                logits_CV.mul_(model.config().logitScale);
            }
            const at::Tensor dNormed_CD = model.matmul().inputGradient(logits_CV, model.head_VD());
            const at::Tensor dx_CD = at::zeros_like(x_CD);
            if (weightGradients != nullptr) {
                weightGradients->head_VD.add_(model.matmul().weightGradient(logits_CV, normed.y_TD));
                rmsNormWeightGradient(dNormed_CD, x_CD, normed.inverseRms_T, weightGradients->finalNorm_D);
            }
            rmsNormBackward(dNormed_CD, x_CD, model.finalNorm_D(), normed.inverseRms_T, dx_CD);
            result.dx_TD.index_copy_(0, where, dx_CD);
        }
    }
    return result;
}

} // namespace lori::model
