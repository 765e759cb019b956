// SPDX-License-Identifier: Apache-2.0
#include "core/ops/row_dot.h"

#include "core/support/simd.h"

namespace lori::ops {

LORI_MULTIARCH float rowDot(const float* a, const float* b, std::int64_t n)
{
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < n; ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

} // namespace lori::ops
