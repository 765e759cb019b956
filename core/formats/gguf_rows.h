// SPDX-License-Identifier: Apache-2.0
#pragma once

// The order of rows in q and k. Internal to this room.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lori::formats {

/// Hugging Face keeps a head's entries as two halves that turn together, row h·d + j·(d/2) + i; llama.cpp's llama layout as
/// neighbours, row h·d + 2·i + j (i < d/2, j in {0, 1}).
enum class RowOrder : std::uint8_t { Halves, Neighbours };
/// The same rows in the order `to`, from the other one. `rows` = heads · headSize rows of equal length.
[[nodiscard]] inline std::vector<std::byte> reordered(std::span<const std::byte> rows, std::int64_t heads, std::int64_t headSize,
                                                      RowOrder to)
{
    const auto count = static_cast<std::size_t>(heads * headSize);
    const std::size_t width = rows.size() / count;
    const auto size = static_cast<std::size_t>(headSize);
    std::vector<std::byte> result;
    result.reserve(rows.size());
    for (std::size_t row = 0; row < count; ++row) {
        const std::size_t head = row / size * size;
        const std::size_t within = row % size;
        const std::size_t from =
            to == RowOrder::Halves ? 2 * (within % (size / 2)) + within / (size / 2) : within % 2 * (size / 2) + within / 2;
        const auto source = rows.subspan((head + from) * width, width);
        result.insert(result.end(), source.begin(), source.end());
    }
    return result;
}

} // namespace lori::formats
