// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/model_config.h"

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
/// Which entries of a head turn together.
struct RotaryShape {
    std::int64_t headSize = 0;
    std::int64_t rotated = 0;  ///< the first R entries; the others stay
    bool ofNeighbours = false; ///< pairs (2i, 2i + 1); otherwise Hugging Face's halves (i, i + R/2)
};
/// Rotary position embedding, in place: the pair (a, b) becomes (a·c − b·s, b·c + a·s).
/// x [T, heads·E], cos/sin [lines, R/2], lines [T] int64: which line each token takes. Inverse is the gradient.
void rotate(const at::Tensor& x, const at::Tensor& cos_PE, const at::Tensor& sin_PE, const at::Tensor& lines_T,
            const RotaryShape& shape, Rotation rotation);

/// Gated unit: act(gate) ∘ up with silu or tanh-approximated gelu.   gate, up [T, F] → [T, F]
[[nodiscard]] at::Tensor gated(formats::Activation activation, const at::Tensor& gate_TF, const at::Tensor& up_TF);
/// Turns saved gate and up into their gradients, in place, given the gradient g [T, F] of act(gate)∘up.
void gatedBackward(formats::Activation activation, const at::Tensor& g_TF, const at::Tensor& gate_TF, const at::Tensor& up_TF);

/// The same functions in plain ATen operations: what a GPU runs, and what the fused CPU forms are tested against.
namespace reference {
[[nodiscard]] RmsNormResult rmsNorm(const at::Tensor& x_TD, const at::Tensor& w_D, double epsilon);
void rmsNormBackward(const at::Tensor& g_TD, const at::Tensor& x_TD, const at::Tensor& w_D, const at::Tensor& inverseRms_T,
                     const at::Tensor& dx_TD);
void rotate(const at::Tensor& x, const at::Tensor& cos_PE, const at::Tensor& sin_PE, const at::Tensor& lines_T,
            const RotaryShape& shape, Rotation rotation);
[[nodiscard]] at::Tensor gated(formats::Activation activation, const at::Tensor& gate_TF, const at::Tensor& up_TF);
void gatedBackward(formats::Activation activation, const at::Tensor& g_TF, const at::Tensor& gate_TF, const at::Tensor& up_TF);
} // namespace reference

} // namespace lori::model
