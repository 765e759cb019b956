// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <utility>

namespace lori::model {

/// RMS norm: y = x / sqrt(mean(x²) + ε) · w.   x [T, D], w [D] → y [T, D], inverse root mean square [T] for the backward pass.
struct RmsNormResult {
    at::Tensor y_TD;
    at::Tensor inverseRms_T;
};
[[nodiscard]] RmsNormResult rmsNorm(const at::Tensor& x_TD, const at::Tensor& w_D, double epsilon);

/// Adds the gradient through the norm to `dx` (in place, so the residual's gradient needs no extra pass):
///   dx += r · (g∘w − x̂ · mean(g∘w∘x̂)),   x̂ = x·r, r = inverse root mean square.
/// g [T, D], x [T, D], dx [T, D].
void rmsNormBackward(const at::Tensor& g_TD, const at::Tensor& x_TD, const at::Tensor& w_D, const at::Tensor& inverseRms_T,
                     const at::Tensor& dx_TD);

/// Gradient of the norm's own weight: dw += Σₜ g∘x̂.   dw [D]
void rmsNormWeightGradient(const at::Tensor& g_TD, const at::Tensor& x_TD, const at::Tensor& inverseRms_T,
                           const at::Tensor& dw_D);

enum class Rotation : std::uint8_t { Forward, Inverse };
/// Rotary position embedding in Hugging Face's half layout, in place: (a, b) = (x[i], x[i + E/2]) → (a·c − b·s, b·c + a·s).
/// x [T, heads·E], cos/sin [positions, E/2], positions [T] int64. Inverse is the gradient.
void rotate(const at::Tensor& x, const at::Tensor& cos_PE, const at::Tensor& sin_PE, const at::Tensor& positions_T,
            std::int64_t headSize, Rotation rotation);

/// SwiGLU: silu(gate) ∘ up.   gate, up [T, F] → [T, F]
[[nodiscard]] at::Tensor swiGlu(const at::Tensor& gate_TF, const at::Tensor& up_TF);
/// Turns saved gate and up into their gradients, in place, given the gradient g [T, F] of silu(gate)∘up.
void swiGluBackward(const at::Tensor& g_TF, const at::Tensor& gate_TF, const at::Tensor& up_TF);

/// The same functions in plain ATen operations: what a GPU runs, and what the fused CPU forms are tested against.
namespace reference {
[[nodiscard]] RmsNormResult rmsNorm(const at::Tensor& x_TD, const at::Tensor& w_D, double epsilon);
void rmsNormBackward(const at::Tensor& g_TD, const at::Tensor& x_TD, const at::Tensor& w_D, const at::Tensor& inverseRms_T,
                     const at::Tensor& dx_TD);
void rotate(const at::Tensor& x, const at::Tensor& cos_PE, const at::Tensor& sin_PE, const at::Tensor& positions_T,
            std::int64_t headSize, Rotation rotation);
[[nodiscard]] at::Tensor swiGlu(const at::Tensor& gate_TF, const at::Tensor& up_TF);
void swiGluBackward(const at::Tensor& g_TF, const at::Tensor& gate_TF, const at::Tensor& up_TF);
} // namespace reference

} // namespace lori::model
