// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

/// Compiles a function once per processor generation and picks at load time; such functions hold plain loops that the compiler
/// vectorizes. Threads are started by the caller (at::parallel_for), because clones do not reach into outlined parallel bodies.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define LORI_MULTIARCH __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define LORI_MULTIARCH
#endif

namespace lori {

/// For small functions called from LORI_MULTIARCH loops: without it GCC calls them once per element, because the clones' target
/// differs from theirs, and nothing is vectorized. (Clones named by processor, "arch=…", are not vectorized even so.)
#if defined(__GNUC__)
#define LORI_INLINE_IN_CLONES [[gnu::always_inline]] inline
#else
#define LORI_INLINE_IN_CLONES inline
#endif

/// exp(x) to about 2 ulp in plain arithmetic, so that loops over it vectorize; 0 below -87, +inf is never needed (x ≤ 88).
LORI_INLINE_IN_CLONES float fastExp(float x)
{
    constexpr float kLog2E = 1.44269504088896341F;
    constexpr float kLn2High = 0.693359375F;
    constexpr float kLn2Low = -2.12194440e-4F;
    constexpr float kRound = 12582912.0F; // 1.5 · 2^23: adding it rounds to an integer
    const float clamped = x < -87.0F ? -87.0F : (x > 88.0F ? 88.0F : x);
    const float n = (clamped * kLog2E + kRound) - kRound;
    const float r = (clamped - n * kLn2High) - n * kLn2Low;
    float p = 1.9875691500e-4F;
    p = p * r + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    p = p * r * r + r + 1.0F;
    const auto exponent = static_cast<std::int32_t>(n) + 127;
    const float scale = std::bit_cast<float>(exponent << 23);
    return x < -87.0F ? 0.0F : p * scale;
}

} // namespace lori
