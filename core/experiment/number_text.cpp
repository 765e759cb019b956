// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/number_text.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace lori::experiment {

std::string numberText(double value)
{
    if (std::isnan(value)) {
        return "NaN";
    }
    if (std::isinf(value)) {
        return value > 0 ? "infinite" : "-infinite";
    }
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.6g", value);
    return buffer.data();
}

std::string groupedText(std::int64_t value)
{
    std::string digits = std::to_string(value);
    const std::size_t firstDigit = value < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > firstDigit + 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string groupedCount(double value)
{
    constexpr double kExact = 9007199254740992.0;
    return std::abs(value) <= kExact ? groupedText(std::llround(value)) : numberText(value);
}

std::string bytesText(double bytes)
{
    constexpr std::array<const char*, 5> kUnits{"B", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    while (bytes >= 1000 && unit + 1 < kUnits.size()) {
        bytes /= 1000;
        ++unit;
    }
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.3g %s", bytes, kUnits[unit]);
    return buffer.data();
}

} // namespace lori::experiment
