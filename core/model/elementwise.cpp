// SPDX-License-Identifier: Apache-2.0
#include "core/model/elementwise.h"

#include "core/model/plain_float.h"
#include "core/support/simd.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

namespace lori::model {

namespace {

constexpr std::int64_t kRowsPerTask = 16;

LORI_MULTIARCH float rmsNormRow(const float* x, const float* w, float* y, std::int64_t n, float epsilon)
{
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < n; ++i) {
        sum += x[i] * x[i];
    }
    const float inverse = 1.0F / std::sqrt(sum / static_cast<float>(n) + epsilon);
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        y[i] = x[i] * inverse * w[i];
    }
    return inverse;
}

LORI_MULTIARCH void rmsNormBackwardRow(const float* g, const float* x, const float* w, float inverse, float* dx, std::int64_t n)
{
    float dot = 0;
#pragma omp simd reduction(+ : dot)
    for (std::int64_t i = 0; i < n; ++i) {
        dot += g[i] * w[i] * x[i];
    }
    const float pull = dot * inverse * inverse * inverse / static_cast<float>(n);
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        dx[i] += g[i] * w[i] * inverse - x[i] * pull;
    }
}

LORI_MULTIARCH void rotateHead(float* x, const float* cos, const float* sin, std::int64_t half, float sign)
{
#pragma omp simd
    for (std::int64_t i = 0; i < half; ++i) {
        const float a = x[i];
        const float b = x[i + half];
        const float s = sign * sin[i];
        x[i] = a * cos[i] - b * s;
        x[i + half] = b * cos[i] + a * s;
    }
}

LORI_MULTIARCH void rotateNeighbours(float* x, const float* cos, const float* sin, std::int64_t half, float sign)
{
#pragma omp simd
    for (std::int64_t i = 0; i < half; ++i) {
        const float a = x[2 * i];
        const float b = x[2 * i + 1];
        const float s = sign * sin[i];
        x[2 * i] = a * cos[i] - b * s;
        x[2 * i + 1] = b * cos[i] + a * s;
    }
}

constexpr float kGeluSlope = 0.7978845608028654F; // √(2/π)
constexpr float kGeluCubic = 0.044715F;

/// tanh by one exponential; exact at both ends.
LORI_INLINE_IN_CLONES float fastTanh(float x)
{
    return 1.0F - 2.0F / (1.0F + fastExp(2.0F * x));
}

LORI_MULTIARCH void geluRow(const float* gate, const float* up, float* out, std::int64_t n)
{
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        const float x = gate[i];
        const float t = fastTanh(kGeluSlope * (x + kGeluCubic * x * x * x));
        out[i] = 0.5F * x * (1.0F + t) * up[i];
    }
}

LORI_MULTIARCH void geluBackwardRow(const float* g, float* gate, float* up, std::int64_t n)
{
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        const float x = gate[i];
        const float t = fastTanh(kGeluSlope * (x + kGeluCubic * x * x * x));
        const float slope = 0.5F * (1.0F + t) + 0.5F * x * (1.0F - t * t) * kGeluSlope * (1.0F + 3.0F * kGeluCubic * x * x);
        gate[i] = g[i] * up[i] * slope;
        up[i] = g[i] * 0.5F * x * (1.0F + t);
    }
}

LORI_MULTIARCH void swiGluRow(const float* gate, const float* up, float* out, std::int64_t n)
{
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        out[i] = gate[i] / (1.0F + fastExp(-gate[i])) * up[i];
    }
}

LORI_MULTIARCH void swiGluBackwardRow(const float* g, float* gate, float* up, std::int64_t n)
{
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        const float x = gate[i];
        const float sigmoid = 1.0F / (1.0F + fastExp(-x));
        const float silu = x * sigmoid;
        gate[i] = g[i] * up[i] * (sigmoid + silu * (1.0F - sigmoid));
        up[i] = g[i] * silu;
    }
}

} // namespace

RmsNormResult rmsNorm(const at::Tensor& x_TD, const at::Tensor& w_D, double epsilon)
{
    if (!isPlainFloat(x_TD) || !isPlainFloat(w_D)) {
        return reference::rmsNorm(x_TD, w_D, epsilon);
    }
    RmsNormResult result{at::empty_like(x_TD), at::empty({x_TD.size(0)}, x_TD.options())};
    const std::int64_t n = x_TD.size(1);
    const float* x = x_TD.const_data_ptr<float>();
    const float* w = w_D.const_data_ptr<float>();
    float* y = result.y_TD.mutable_data_ptr<float>();
    float* inverse = result.inverseRms_T.mutable_data_ptr<float>();
    at::parallel_for(0, x_TD.size(0), kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            inverse[t] = rmsNormRow(x + t * n, w, y + t * n, n, static_cast<float>(epsilon));
        }
    });
    return result;
}

void rmsNormBackward(const at::Tensor& g_TD, const at::Tensor& x_TD, const at::Tensor& w_D, const at::Tensor& inverseRms_T,
                     const at::Tensor& dx_TD)
{
    if (!isPlainFloat(g_TD) || !isPlainFloat(x_TD) || !isPlainFloat(dx_TD)) {
        reference::rmsNormBackward(g_TD, x_TD, w_D, inverseRms_T, dx_TD);
        return;
    }
    const std::int64_t n = x_TD.size(1);
    const float* g = g_TD.const_data_ptr<float>();
    const float* x = x_TD.const_data_ptr<float>();
    const float* w = w_D.const_data_ptr<float>();
    const float* inverse = inverseRms_T.const_data_ptr<float>();
    float* dx = dx_TD.mutable_data_ptr<float>();
    at::parallel_for(0, x_TD.size(0), kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            rmsNormBackwardRow(g + t * n, x + t * n, w, inverse[t], dx + t * n, n);
        }
    });
}

void rotate(const at::Tensor& x, const at::Tensor& cos_PE, const at::Tensor& sin_PE, const at::Tensor& lines_T,
            const RotaryShape& shape, Rotation rotation)
{
    if (!isPlainFloat(x)) {
        reference::rotate(x, cos_PE, sin_PE, lines_T, shape, rotation);
        return;
    }
    const std::int64_t width = x.size(1);
    const std::int64_t half = shape.rotated / 2;
    const float sign = rotation == Rotation::Forward ? 1.0F : -1.0F;
    const float* cos = cos_PE.const_data_ptr<float>();
    const float* sin = sin_PE.const_data_ptr<float>();
    const std::int64_t* lines = lines_T.const_data_ptr<std::int64_t>();
    float* data = x.mutable_data_ptr<float>();
    const auto turn = shape.ofNeighbours ? rotateNeighbours : rotateHead;
    at::parallel_for(0, x.size(0), kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            for (std::int64_t h = 0; h < width; h += shape.headSize) {
                turn(data + t * width + h, cos + lines[t] * half, sin + lines[t] * half, half, sign);
            }
        }
    });
}

at::Tensor gated(formats::Activation activation, const at::Tensor& gate_TF, const at::Tensor& up_TF)
{
    if (!isPlainFloat(gate_TF) || !isPlainFloat(up_TF)) {
        return reference::gated(activation, gate_TF, up_TF);
    }
    at::Tensor out = at::empty_like(gate_TF);
    const std::int64_t n = gate_TF.size(1);
    const float* gate = gate_TF.const_data_ptr<float>();
    const float* up = up_TF.const_data_ptr<float>();
    float* to = out.mutable_data_ptr<float>();
    at::parallel_for(0, gate_TF.size(0), kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
        const auto row = activation == formats::Activation::Silu ? swiGluRow : geluRow;
        row(gate + begin * n, up + begin * n, to + begin * n, (end - begin) * n);
    });
    return out;
}

void gatedBackward(formats::Activation activation, const at::Tensor& g_TF, const at::Tensor& gate_TF, const at::Tensor& up_TF)
{
    if (!isPlainFloat(g_TF) || !isPlainFloat(gate_TF) || !isPlainFloat(up_TF)) {
        reference::gatedBackward(activation, g_TF, gate_TF, up_TF);
        return;
    }
    const std::int64_t n = gate_TF.size(1);
    const float* g = g_TF.const_data_ptr<float>();
    float* gate = gate_TF.mutable_data_ptr<float>();
    float* up = up_TF.mutable_data_ptr<float>();
    at::parallel_for(0, gate_TF.size(0), kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
        const auto row = activation == formats::Activation::Silu ? swiGluBackwardRow : geluBackwardRow;
        row(g + begin * n, gate + begin * n, up + begin * n, (end - begin) * n);
    });
}

namespace reference {

RmsNormResult rmsNorm(const at::Tensor& x_TD, const at::Tensor& w_D, double epsilon)
{
    const at::Tensor inverse_T = x_TD.to(at::kFloat).square().mean(-1).add(epsilon).rsqrt();
    return {(x_TD.to(at::kFloat) * inverse_T.unsqueeze(-1)).to(x_TD.scalar_type()) * w_D, inverse_T};
}

void rmsNormBackward(const at::Tensor& g_TD, const at::Tensor& x_TD, const at::Tensor& w_D, const at::Tensor& inverseRms_T,
                     const at::Tensor& dx_TD)
{
    const at::Tensor inverse = inverseRms_T.unsqueeze(-1);
    const at::Tensor gw = g_TD.to(at::kFloat) * w_D;
    const at::Tensor unit = x_TD.to(at::kFloat) * inverse;
    dx_TD.add_((inverse * (gw - unit * (gw * unit).mean(-1, true))).to(dx_TD.scalar_type()));
}

void rotate(const at::Tensor& x, const at::Tensor& cos_PE, const at::Tensor& sin_PE, const at::Tensor& lines_T,
            const RotaryShape& shape, Rotation rotation)
{
    const at::Tensor view = x.view({x.size(0), -1, shape.headSize});
    const std::int64_t half = shape.rotated / 2;
    const at::Tensor cos = cos_PE.index_select(0, lines_T).unsqueeze(1).to(x.scalar_type());
    at::Tensor sin = sin_PE.index_select(0, lines_T).unsqueeze(1).to(x.scalar_type());
    if (rotation == Rotation::Inverse) {
        sin = -sin;
    }
    at::Tensor a = shape.ofNeighbours ? view.slice(2, 0, shape.rotated, 2) : view.narrow(2, 0, half);
    at::Tensor b = shape.ofNeighbours ? view.slice(2, 1, shape.rotated, 2) : view.narrow(2, half, half);
    const at::Tensor rotatedA = a * cos - b * sin;
    const at::Tensor rotatedB = b * cos + a * sin;
    a.copy_(rotatedA);
    b.copy_(rotatedB);
}

at::Tensor gated(formats::Activation activation, const at::Tensor& gate_TF, const at::Tensor& up_TF)
{
    return (activation == formats::Activation::Silu ? at::silu(gate_TF) : at::gelu(gate_TF, "tanh")) * up_TF;
}

void gatedBackward(formats::Activation activation, const at::Tensor& g_TF, const at::Tensor& gate_TF, const at::Tensor& up_TF)
{
    if (activation == formats::Activation::GeluTanh) {
        const at::Tensor dGate = at::gelu_backward(g_TF * up_TF, gate_TF, "tanh");
        up_TF.copy_(g_TF * at::gelu(gate_TF, "tanh"));
        gate_TF.copy_(dGate);
        return;
    }
    const at::Tensor sigmoid = at::sigmoid(gate_TF);
    const at::Tensor silu = gate_TF * sigmoid;
    const at::Tensor dGate = g_TF * up_TF * (sigmoid + silu * (1 - sigmoid));
    up_TF.copy_(g_TF * silu);
    gate_TF.copy_(dGate);
}

} // namespace reference

void rmsNormWeightGradient(const at::Tensor& g_TD, const at::Tensor& x_TD, const at::Tensor& inverseRms_T, const at::Tensor& dw_D)
{
    dw_D.add_((g_TD * x_TD).mul_(inverseRms_T.unsqueeze(1)).sum(0));
}

} // namespace lori::model
