// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/final_number.h"

#include <algorithm>
#include <utility>

namespace lori::tasks {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Reads the numbers of a text one after another.
class NumberScanner final {
public:
    explicit NumberScanner(std::string_view text) : m_text(text) {}

    std::optional<std::string> next()
    {
        for (; m_at < m_text.size(); ++m_at) {
            const bool startsHere = digitAt(m_at) || (m_text[m_at] == '.' && digitAt(m_at + 1) && !digitBefore(m_at));
            if (!startsHere) {
                continue;
            }
            const std::size_t start = m_at;
            std::string number = plainNumber();
            if (start > 0 && isLetter(m_text[start - 1])) {
                continue;
            }
            if (m_at + 1 < m_text.size() && m_text[m_at] == '/' && digitAt(m_at + 1)) {
                ++m_at;
                number += "/" + plainNumber();
            }
            return (isNegative(start) && number != "0" ? "-" : "") + number;
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] bool digitAt(std::size_t at) const { return at < m_text.size() && isDigit(m_text[at]); }
    [[nodiscard]] bool digitBefore(std::size_t at) const { return at > 0 && isDigit(m_text[at - 1]); }

    /// Digits, commas that group three digits, and a decimal part; m_at moves behind them.
    std::string plainNumber()
    {
        std::string whole;
        while (digitAt(m_at) || (atGroup() && !whole.empty())) {
            if (isDigit(m_text[m_at])) {
                whole += m_text[m_at];
            }
            ++m_at;
        }
        std::string fraction;
        if (m_at < m_text.size() && m_text[m_at] == '.' && digitAt(m_at + 1)) {
            for (++m_at; digitAt(m_at); ++m_at) {
                fraction += m_text[m_at];
            }
        }
        whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
        fraction.erase(fraction.find_last_not_of('0') + 1);
        return (whole.empty() ? "0" : whole) + (fraction.empty() ? "" : "." + fraction);
    }
    /// A comma followed by exactly three digits.
    [[nodiscard]] bool atGroup() const
    {
        return m_at < m_text.size() && m_text[m_at] == ',' && digitAt(m_at + 1) && digitAt(m_at + 2) && digitAt(m_at + 3) &&
               !digitAt(m_at + 4);
    }
    /// A minus sign before the number, perhaps with a currency sign between, that is no subtraction or range.
    [[nodiscard]] bool isNegative(std::size_t start) const
    {
        constexpr std::string_view kMinus = "\xe2\x88\x92";
        std::string_view before = m_text.substr(0, start);
        for (const std::string_view currency : {std::string_view("$"), std::string_view("€"), std::string_view("£")}) {
            if (before.ends_with(currency)) {
                before.remove_suffix(currency.size());
                break;
            }
        }
        if (before.ends_with("-")) {
            before.remove_suffix(1);
        } else if (before.ends_with(kMinus)) {
            before.remove_suffix(kMinus.size());
        } else {
            return false;
        }
        return before.empty() || !(isDigit(before.back()) || isLetter(before.back()) || before.back() == ')');
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

std::string lowerAscii(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

/// Where the text after the last marker begins.
std::size_t afterMarker(std::string_view answer)
{
    const std::string lower = lowerAscii(answer);
    std::size_t after = std::string::npos;
    for (const std::string_view marker : {std::string_view("final answer is"), std::string_view("####")}) {
        if (const std::size_t at = lower.rfind(marker); at != std::string::npos) {
            after = after == std::string::npos ? at + marker.size() : std::max(after, at + marker.size());
        }
    }
    return after;
}

} // namespace

std::optional<std::string> finalNumber(std::string_view answer)
{
    if (const std::size_t after = afterMarker(answer); after != std::string_view::npos) {
        if (auto number = NumberScanner(answer.substr(after)).next()) {
            return number;
        }
    }
    NumberScanner scanner(answer);
    std::optional<std::string> last;
    while (auto number = scanner.next()) {
        last = std::move(number);
    }
    return last;
}

std::optional<std::string> canonicalNumber(std::string_view text)
{
    return NumberScanner(text).next();
}

} // namespace lori::tasks
