// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/decimal_text.h"

#include <algorithm>
#include <numeric>

namespace lori::tasks {

std::string canonicalDecimal(std::string_view whole, std::string_view fraction)
{
    whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
    fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
    std::string text(whole.empty() ? "0" : whole);
    return fraction.empty() ? text : text.append(".").append(fraction);
}

std::string shiftedDecimal(const std::string& decimal, long power)
{
    constexpr long kFarthest = 400;
    power = std::clamp(power, -kFarthest, kFarthest);
    const std::size_t point = std::min(decimal.find('.'), decimal.size());
    std::string digits = decimal.substr(0, point) + (point < decimal.size() ? decimal.substr(point + 1) : "");
    long place = static_cast<long>(point) + power;
    if (place < 0) {
        digits.insert(0, static_cast<std::size_t>(-place), '0');
        place = 0;
    }
    if (place > static_cast<long>(digits.size())) {
        digits.append(static_cast<std::size_t>(place) - digits.size(), '0');
    }
    const std::string_view all = digits;
    return canonicalDecimal(all.substr(0, static_cast<std::size_t>(place)), all.substr(static_cast<std::size_t>(place)));
}

std::string fractionText(std::string_view whole, std::string_view above, std::string_view below)
{
    constexpr std::size_t kDigits = 15;
    const auto value = [](std::string_view digits) {
        return digits.empty() ? 0LL : std::stoll(std::string(digits));
    };
    if (whole.size() > kDigits / 2 || above.size() > kDigits || below.size() > kDigits / 2 || value(below) == 0) {
        return {};
    }
    long long bottom = value(below);
    long long top = value(whole) * bottom + value(above);
    const long long common = std::gcd(top, bottom);
    top /= common;
    bottom /= common;
    std::string fraction;
    long long rest = top % bottom;
    for (int i = 0; i < 18 && rest != 0; ++i) { // a decimal that ends does so soon
        fraction += static_cast<char>('0' + rest * 10 / bottom);
        rest = rest * 10 % bottom;
    }
    return rest == 0 ? canonicalDecimal(std::to_string(top / bottom), fraction)
                     : std::to_string(top) + "/" + std::to_string(bottom);
}

} // namespace lori::tasks
