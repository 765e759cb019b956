// SPDX-License-Identifier: Apache-2.0
#pragma once

// Arithmetic on numbers that come from files and cannot be trusted, and the names of tensor types. Internal to this room.

#include "core/formats/tensor_file.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lori::formats {

/// a · b, or nothing when it does not fit.
[[nodiscard]] inline std::optional<std::uint64_t> multiplied(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t result = 0;
    return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
}
/// a + b, or nothing when it does not fit.
[[nodiscard]] inline std::optional<std::uint64_t> added(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t result = 0;
    return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
}
/// Product of the extents, at most 2^62; nothing when it is larger.
[[nodiscard]] std::optional<std::uint64_t> entryCount(std::span<const std::uint64_t> shape);
/// "[576, 1536]"
[[nodiscard]] std::string shapeText(const std::vector<std::int64_t>& shape);
/// The type that dtypeName() calls `name` (the spelling of safetensors).
[[nodiscard]] std::optional<DType> dtypeFromName(std::string_view name);
/// Whether the kind is one of GGUF's blocks; safetensors files know none of them.
[[nodiscard]] bool isQuantized(DType dtype);
/// Whether toFloat() reads it: every kind but whole numbers and truth values.
[[nodiscard]] bool holdsRealNumbers(DType dtype);

} // namespace lori::formats
