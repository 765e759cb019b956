// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <cstdint>
#include <string_view>

namespace lori {

/// How a base model's matrices are held in memory. Arithmetic is f32 in every case; norms and biases always are f32.
enum class WeightType : std::uint8_t {
    Auto, ///< f32 on the CPU (design §6.7), the type of the file on a GPU (core/model/weight_type_choice.h)
    F32,
    Bf16, ///< half the memory; tensors of a file that already are bf16 stay in the mapped file
    F16,  ///< the same; refused for weights beyond its range
    File, ///< as the file stores them, a GGUF's blocks of 4 to 8 bits included: nothing is widened, products read the mapped file
};
/// "auto", "f32", "bf16", "f16", "file".
[[nodiscard]] std::string_view weightTypeName(WeightType type);
/// Errors: InvalidArgument with the known names.
[[nodiscard]] Result<WeightType> weightTypeFromName(std::string_view name);

} // namespace lori

namespace lori::experiment { // configurations are written in these words
using lori::WeightType;
} // namespace lori::experiment
