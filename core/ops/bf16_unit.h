// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace lori::ops {

/// What multiplies pairs of bf16 numbers and sums them in f32.
enum class Bf16Unit : std::uint8_t {
    Plain,  ///< ordinary vector instructions: the same products, slower than f32
    Avx512, ///< AVX-512 BF16
    Amx,    ///< tiles: about six times the rate of f32
};

/// The best unit that processor and system offer. ONEDNN_MAX_CPU_ISA bounds it as it bounds oneDNN: AVX512_CORE_BF16 leaves out
/// tiles, anything lower leaves out both. Asks the system once for the use of tiles.
[[nodiscard]] Bf16Unit bf16Unit();

[[nodiscard]] const char* bf16UnitName(Bf16Unit unit);

} // namespace lori::ops
