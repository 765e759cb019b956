// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <random>

namespace lori::generation {

struct GenerateOptions;

/// The random numbers of prompt `index` (from 0) of a call: its own stream, so that batching does not change its text.
[[nodiscard]] std::mt19937_64 promptStream(std::uint64_t seed, std::size_t index);

/// The next token of one row from its logits [V] (f32, CPU): the largest when temperature is 0 (lowest id on ties), else a draw
/// from softmax(logits / temperature) cut to the topK largest and to the smallest set whose probability reaches topP
/// (transformers: TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper, in this order).
[[nodiscard]] std::int64_t sampleToken(const float* logits, std::int64_t vocabulary, const GenerateOptions& options,
                                       std::mt19937_64& stream);

} // namespace lori::generation
