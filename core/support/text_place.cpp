// SPDX-License-Identifier: Apache-2.0
#include "core/support/text_place.h"

#include <algorithm>

namespace lori {

TextPlace placeOf(std::string_view text, std::size_t byte)
{
    const std::size_t last = std::min(byte, text.size());
    if (last == 0) {
        return {};
    }
    const std::string_view before = text.substr(0, last - 1); // what lies in front of the byte
    const std::size_t feed = before.rfind('\n');
    const std::string_view upTo = text.substr(0, last).substr(feed == std::string_view::npos ? 0 : feed + 1);
    const auto isContinuation = [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    };
    const auto characters = upTo.size() - static_cast<std::size_t>(std::count_if(upTo.begin(), upTo.end(), isContinuation));
    return {1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')), std::max<std::size_t>(1, characters)};
}

} // namespace lori
