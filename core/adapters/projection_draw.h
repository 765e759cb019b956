// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/Tensor.h>
#include <ATen/core/Generator.h>

#include <cstdint>

namespace lori::adapters {

/// A [rank, in] f32 as the reference draws it: uniform between ±1/√in, PEFT's kaiming_uniform_(a = √5). Advances the generator.
[[nodiscard]] at::Tensor randomProjection(std::int64_t rank, std::int64_t in, at::Generator& generator);

/// A [rank, in] f32: rows block·rank … of one set of orthogonal rows that the generator's state decides. All are as long as the
/// rows of randomProjection() are in the root mean square, √(1/3), so that both mean the same with one alpha. The generator
/// advances by the same amount whatever the block, so other modules do not depend on it.
/// Throws Exception(InvalidArgument) when `in` has fewer than (block + 1)·rank directions.
[[nodiscard]] at::Tensor orthogonalProjection(std::int64_t rank, std::int64_t in, std::int64_t block, at::Generator& generator);

} // namespace lori::adapters
