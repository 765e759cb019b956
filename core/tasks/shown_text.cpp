// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/shown_text.h"

#include <algorithm>

namespace lori::tasks {

std::string shown(std::string_view text, std::size_t most)
{
    std::size_t end = std::min(text.size(), most);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    std::string line(text.substr(0, end));
    std::replace_if(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; }, ' ');
    return end < text.size() ? line + "…" : line;
}

std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t kMost = 20;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) {
        text.append(text.empty() ? "" : ", ").append(shown(names[i], 40));
    }
    if (names.size() > kMost) {
        text += " and " + std::to_string(names.size() - kMost) + " more";
    }
    return text.empty() ? "none" : text;
}

} // namespace lori::tasks
