// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace lori::tasks {

/// Whether `text` is empty or holds only spaces, tabs and line ends.
[[nodiscard]] inline bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// `text` with the letters A to Z in lower case; every other byte stays, so UTF-8 stays whole.
[[nodiscard]] inline std::string lower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

} // namespace lori::tasks
