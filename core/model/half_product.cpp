// SPDX-License-Identifier: Apache-2.0
#include "core/model/half_product.h"

#include "core/ops/row_dot.h"
#include "core/support/simd.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include <bit>
#include <vector>

namespace lori::model {

namespace {

LORI_MULTIARCH void widenBf16(const std::uint16_t* from, float* to, std::int64_t n)
{
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        to[i] = std::bit_cast<float>(static_cast<std::uint32_t>(from[i]) << 16U);
    }
}

/// The half's exponent and mantissa, read as a single, are 2^112 times too small (formats/dequantize.cpp); weights are finite.
LORI_MULTIARCH void widenF16(const std::uint16_t* from, float* to, std::int64_t n)
{
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        const std::uint32_t bits = from[i];
        const float magnitude = std::bit_cast<float>((bits & 0x7fffU) << 13U) * 0x1p112F;
        to[i] = std::bit_cast<float>(std::bit_cast<std::uint32_t>(magnitude) | ((bits & 0x8000U) << 16U));
    }
}

} // namespace

at::Tensor halfProduct(const at::Tensor& x_TI, const at::Tensor& w_OI)
{
    const std::int64_t tokens = x_TI.size(0);
    const std::int64_t in = w_OI.size(1);
    const std::int64_t out = w_OI.size(0);
    at::Tensor y = at::empty({tokens, out}, x_TI.options());
    const bool isBf16 = w_OI.scalar_type() == at::kBFloat16;
    const auto* weights = static_cast<const std::uint16_t*>(w_OI.const_data_ptr());
    const float* x = x_TI.const_data_ptr<float>();
    float* to = y.mutable_data_ptr<float>();
    at::parallel_for(0, out, 64, [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> row(static_cast<std::size_t>(in));
        for (std::int64_t o = begin; o < end; ++o) {
            (isBf16 ? widenBf16 : widenF16)(weights + o * in, row.data(), in);
            for (std::int64_t t = 0; t < tokens; ++t) {
                to[t * out + o] = ops::rowDot(x + t * in, row.data(), in);
            }
        }
    });
    return y;
}

} // namespace lori::model
