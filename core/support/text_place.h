// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace lori {

/// Where something lies in a text, as an editor counts: both from 1.
struct TextPlace {
    std::size_t line = 1;
    std::size_t character = 1; ///< within the line; a character of UTF-8 counts once
};
/// Of the byte with this number, from 1; the last byte's for one behind the end, the first place for 0 or an empty text.
[[nodiscard]] TextPlace placeOf(std::string_view text, std::size_t byte);

} // namespace lori
