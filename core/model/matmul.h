// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/weight.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

/// Shape letters used in this room: T tokens (of all rows, end to end), D hidden, I/O in/out features, R rank, H query heads,
/// G key-value heads, E head size, F feed-forward, V vocabulary.
namespace lori::model {

/// Who multiplies matrices on the CPU. They round differently, so a run keeps the one it began with.
enum class GemmBackend : std::uint8_t {
    Blas,   ///< at::mm, the BLAS inside LibTorch (MKL)
    OneDnn, ///< oneDNN's inner product: on AMD processors about twice MKL's rate, because MKL avoids AVX-512 there
    Bf16,   ///< ops::bf16Product: operands rounded to bf16, sums in f32; a few tokens, and what is no product, stay f32
};
[[nodiscard]] const char* gemmBackendName(GemmBackend backend);
[[nodiscard]] GemmBackend gemmBackendFromName(const std::string& name);

/// Times both backends on one thread, by the processor time that it gets, so that a busy machine decides as a quiet one, and
/// returns the faster one (about 100 ms); see chosenGemm() for one that stays. Blas when this LibTorch has no oneDNN.
[[nodiscard]] GemmBackend measureFasterGemm();

/// The rate of the given backend in FLOP/s on a product of the size that training meets ([1536, 576] × [tokens, 576]).
[[nodiscard]] double measureGemmRate(GemmBackend backend, std::int64_t tokens);

/// Matrix products of a linear layer W [O, I]; value type, passed to whoever multiplies. On a GPU the backend is not used.
/// x and g are f32. W may be bf16, f16 or a file's blocks: it is then widened piece by piece, and the products are those of the
/// widened W; for few tokens straight from what is held, equal within rounding.
class Matmul final {
public:
    explicit Matmul(GemmBackend backend) : m_backend(backend) {}
    [[nodiscard]] GemmBackend backend() const { return m_backend; }
    /// y = x·Wᵀ.       x [T, I], w [O, I] → [T, O]
    [[nodiscard]] at::Tensor forward(const at::Tensor& x_TI, const Weight& w_OI) const;
    /// dx = g·W.       g [T, O], w [O, I] → [T, I]
    [[nodiscard]] at::Tensor inputGradient(const at::Tensor& g_TO, const Weight& w_OI) const;
    /// dB = gᵀ·h.      g [T, O], h [T, R] → [O, R], contiguous
    [[nodiscard]] at::Tensor weightGradient(const at::Tensor& g_TO, const at::Tensor& h_TR) const;

private:
    [[nodiscard]] bool halves(const at::Tensor& x, const Weight& w) const;
    [[nodiscard]] at::Tensor floatForward(const at::Tensor& x_TI, const at::Tensor& w_OI) const;
    [[nodiscard]] at::Tensor floatInputGradient(const at::Tensor& g_TO, const at::Tensor& w_OI) const;
    [[nodiscard]] at::Tensor widenedForward(const at::Tensor& x_TI, const Weight& w_OI) const;
    [[nodiscard]] at::Tensor widenedInputGradient(const at::Tensor& g_TO, const Weight& w_OI) const;

    GemmBackend m_backend;
};

} // namespace lori::model
