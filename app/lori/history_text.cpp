// SPDX-License-Identifier: Apache-2.0
#include "app/lori/history_text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <ostream>

namespace lori::app {

namespace {

/// Characters a terminal shows: bytes that do not continue a UTF-8 sequence. East Asian letters take two places.
std::size_t widthOf(const std::string& text)
{
    std::size_t places = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        places += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xE3U ? 2 : 1;
    }
    return places;
}

} // namespace

std::string localTime(std::int64_t timeMs)
{
    const auto seconds = static_cast<std::time_t>(timeMs / 1000);
    std::tm parts{};
    localtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &parts)};
}

std::string duration(std::int64_t durationMs)
{
    const long long seconds = durationMs / 1000;
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%lld:%02lld:%02lld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return text.data();
}

std::string number(const char* format, double value)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), format, value);
    return text.data();
}

void writeTable(const std::vector<std::vector<std::string>>& rows, std::ostream& out)
{
    std::vector<std::size_t> widths(rows.front().size(), 0);
    for (const auto& row : rows) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], widthOf(row[column]));
        }
    }
    for (const auto& row : rows) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            const bool last = column + 1 == row.size();
            out << row[column] << (last ? "\n" : std::string(widths[column] - widthOf(row[column]) + 2, ' '));
        }
    }
}

} // namespace lori::app
