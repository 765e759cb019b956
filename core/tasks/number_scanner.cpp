// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/number_scanner.h"

#include "core/tasks/answer_text.h"
#include "core/tasks/decimal_text.h"
#include "core/tasks/plain_maths.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lori::tasks {

namespace {

using Scale = std::pair<std::string_view, long>;

constexpr std::array<Scale, 5> kScales{{{"thousand", 3}, {"million", 6}, {"billion", 9}, {"trillion", 12}, {"hundred", 2}}};
constexpr std::array<std::string_view, 12> kCurrencyCodes{"usd", "eur", "gbp", "inr", "cad", "aud",
                                                          "chf", "rs",  "rmb", "cny", "jpy", "us"};
constexpr std::array<std::string_view, 14> kCounted{"step",    "part",     "method", "equation", "example", "note", "question",
                                                    "problem", "exercise", "case",   "figure",   "table",   "line", "chapter"};
constexpr std::array<std::string_view, 15> kMonths{"january",  "february", "march",     "april",   "june",
                                                   "july",     "august",   "september", "october", "november",
                                                   "december", "sept",     "jan",       "feb",     "dec"};

class Scanner final {
public:
    explicit Scanner(std::string_view text) : m_text(text), m_lower(lowerAscii(text)) {}

    std::vector<FoundNumber> all()
    {
        std::vector<FoundNumber> numbers;
        while (m_at < m_text.size()) {
            if (digit(m_at) || (m_text[m_at] == '.' && digit(m_at + 1) && !(m_at > 0 && digit(m_at - 1)))) {
                FoundNumber number;
                if (read(number)) {
                    numbers.push_back(std::move(number));
                }
            } else {
                ++m_at;
            }
        }
        return numbers;
    }

private:
    [[nodiscard]] char at(std::size_t place) const { return place < m_text.size() ? m_text[place] : '\0'; }
    [[nodiscard]] bool digit(std::size_t place) const { return isAsciiDigit(at(place)); }
    [[nodiscard]] std::size_t digitsFrom(std::size_t place) const
    {
        std::size_t end = place;
        while (digit(end)) {
            ++end;
        }
        return end - place;
    }
    [[nodiscard]] std::string_view lowerFrom(std::size_t place) const
    {
        return std::string_view(m_lower).substr(std::min(place, m_lower.size()));
    }
    /// The word of letters that ends right before `end`, blanks in between skipped.
    [[nodiscard]] std::string_view wordBefore(std::size_t end) const
    {
        while (end > 0 && (m_lower[end - 1] == ' ' || m_lower[end - 1] == '#')) {
            --end;
        }
        std::size_t begin = end;
        while (begin > 0 && isAsciiLetter(m_lower[begin - 1])) {
            --begin;
        }
        return std::string_view(m_lower).substr(begin, end - begin);
    }
    template <std::size_t N>
    static bool isOneOf(std::string_view word, const std::array<std::string_view, N>& words)
    {
        return std::find(words.begin(), words.end(), word) != words.end();
    }

    /// Reads what stands at m_at and moves behind it; false when it is no number that an answer can be.
    bool read(FoundNumber& number)
    {
        number.begin = m_at;
        if (skipDateOrTime()) {
            return false;
        }
        std::string value = plain();
        const bool isGlued = number.begin > 0 && (isAsciiLetter(m_text[number.begin - 1]) || m_text[number.begin - 1] == '^') &&
                             !isOneOf(wordBefore(number.begin), kCurrencyCodes);
        value = scaled(std::move(value));
        bool isFraction = fraction(value);
        if (isGlued || isListMarker(number.begin) || isCounted(number.begin)) {
            return false;
        }
        number.isAside = isAside(number.begin);
        std::string sign = isNegative(number.begin) && value != "0" ? "-" : "";
        suffix(number, value, isFraction, sign);
        number.value = sign + value;
        number.end = m_at;
        return !value.empty();
    }

    /// Digits with groups and a decimal part.
    std::string plain()
    {
        const std::size_t begin = m_at;
        m_at += digitsFrom(m_at);
        std::string whole(m_text.substr(begin, m_at - begin));
        const char separator = groups(whole);
        std::string decimals;
        const std::size_t n = digitsFrom(m_at + 1);
        const bool isPoint = at(m_at) == '.' && n > 0 && separator != '.';
        // A decimal comma has one or two digits behind it, and is no list or pair.
        const bool isComma = at(m_at) == ',' && (n == 1 || n == 2) && separator != ',' &&
                             !(at(m_at + 1 + n) == ',' && digit(m_at + 2 + n)) &&
                             !(begin > 0 && (m_text[begin - 1] == '(' || m_text[begin - 1] == ',' || m_text[begin - 1] == '['));
        if (isPoint || isComma) {
            decimals = m_text.substr(m_at + 1, n);
            m_at += 1 + n;
        }
        return canonicalDecimal(whole, decimals);
    }

    /// Takes groups of three behind up to three digits into `whole`; the separator, or 0.
    char groups(std::string& whole)
    {
        if (whole.empty() || whole.size() > 3) {
            return 0;
        }
        const char separator = at(m_at);
        if (separator == '\0' || std::string_view(",.'_ \x03").find(separator) == std::string_view::npos) {
            return 0;
        }
        std::size_t end = m_at;
        std::string digits;
        std::size_t count = 0;
        while (at(end) == separator && digitsFrom(end + 1) == 3) {
            digits += m_text.substr(end + 1, 3);
            end += 4;
            ++count;
        }
        if (separator == ',' && count == 0) { // 1,00,000
            std::size_t pairs = m_at;
            while (at(pairs) == ',' && digitsFrom(pairs + 1) == 2) {
                digits += m_text.substr(pairs + 1, 2);
                pairs += 3;
            }
            if (digits.empty() || at(pairs) != ',' || digitsFrom(pairs + 1) != 3) {
                return 0;
            }
            whole += digits + std::string(m_text.substr(pairs + 1, 3));
            m_at = pairs + 4;
            return separator;
        }
        const bool hasDecimalComma = at(end) == ',' && (digitsFrom(end + 1) == 1 || digitsFrom(end + 1) == 2);
        const bool groupsSurely = separator != '.' || count > 1 || (count == 1 && hasDecimalComma);
        if (count == 0 || !groupsSurely || (separator == ' ' && (at(end) == '-' || at(end) == '/'))) {
            return 0;
        }
        whole += digits;
        m_at = end;
        return separator;
    }

    /// "4.2e3", "4.2 * 10^3", "10^3", "2^5".
    std::string scaled(std::string value)
    {
        std::size_t place = m_at;
        if ((at(place) == 'e' || at(place) == 'E') && exponent(place + 1) != 0 && !isAsciiLetter(at(m_exponentEnd))) {
            m_at = m_exponentEnd;
            return shiftedDecimal(value, m_exponent);
        }
        while (at(place) == ' ') {
            ++place;
        }
        if (at(place) == '*' || at(place) == 'x' || at(place) == 'X') {
            ++place;
            while (at(place) == ' ') {
                ++place;
            }
            if (at(place) == '1' && at(place + 1) == '0' && at(place + 2) == '^' && exponent(place + 3) != 0) {
                m_at = m_exponentEnd;
                return shiftedDecimal(value, m_exponent);
            }
            return value;
        }
        if (at(m_at) == '^' && exponent(m_at + 1) != 0) {
            m_at = m_exponentEnd;
            return value == "10" ? shiftedDecimal("1", m_exponent) : power(value, m_exponent);
        }
        return value;
    }
    /// Reads an exponent; how many characters it has, 0 when there is none.
    std::size_t exponent(std::size_t place)
    {
        const std::size_t begin = place;
        const bool isBracketed = at(place) == '(';
        place += isBracketed ? 1 : 0;
        const bool isMinus = at(place) == '-';
        place += isMinus || at(place) == '+' ? 1 : 0;
        const std::size_t n = digitsFrom(place);
        if (n == 0 || n > 4) {
            return 0;
        }
        m_exponent = std::stol(std::string(m_text.substr(place, n))) * (isMinus ? -1 : 1);
        m_exponentEnd = place + n + (isBracketed && at(place + n) == ')' ? 1 : 0);
        return m_exponentEnd - begin;
    }
    static std::string power(const std::string& base, long exponent)
    {
        if (base.find('.') != std::string::npos || base.size() > 6 || exponent < 0 || exponent > 60) {
            return base;
        }
        long long value = 1;
        for (long i = 0; i < exponent; ++i) {
            if (__builtin_mul_overflow(value, std::stoll(base), &value)) {
                return base;
            }
        }
        return std::to_string(value);
    }

    /// "3/4" after what was read, or "1/2" behind a whole number: `value` becomes the fraction.
    bool fraction(std::string& value)
    {
        const auto isWhole = [](const std::string& text) {
            return text.find('.') == std::string::npos;
        };
        if (at(m_at) == '/' && digit(m_at + 1) && isWhole(value)) {
            const std::size_t n = digitsFrom(m_at + 1);
            const std::string_view below = m_text.substr(m_at + 1, n);
            if (const std::string text = fractionText("", value, below); !text.empty()) {
                value = text;
                m_at += 1 + n;
                return true;
            }
        }
        if (at(m_at) == ' ' && digit(m_at + 1) && isWhole(value)) {
            const std::size_t above = digitsFrom(m_at + 1);
            const std::size_t slash = m_at + 1 + above;
            const std::size_t below = at(slash) == '/' ? digitsFrom(slash + 1) : 0;
            if (above <= 3 && below > 0 && below <= 3) {
                const std::string text = fractionText(value, m_text.substr(m_at + 1, above), m_text.substr(slash + 1, below));
                if (!text.empty()) {
                    value = text;
                    m_at = slash + 1 + below;
                    return true;
                }
            }
        }
        return false;
    }

    /// Percent, "million", an ordinal's ending.
    void suffix(FoundNumber& number, std::string& value, bool isFraction, const std::string& sign)
    {
        std::string_view rest = lowerFrom(m_at);
        if (rest.starts_with("st") || rest.starts_with("nd") || rest.starts_with("rd") || rest.starts_with("th")) {
            number.isAside = number.isAside || rest.size() == 2 || !isAsciiLetter(rest[2]);
        }
        const std::size_t blank = std::min(rest.find_first_not_of(" \x03"), rest.size());
        const std::string_view word = rest.substr(blank);
        if (isFraction) {
            return;
        }
        if (word.starts_with('%') || word.starts_with("percent")) {
            number.alternative = sign + shiftedDecimal(value, -2);
            return;
        }
        for (const auto& [name, zeros] : kScales) {
            if (blank > 0 && word.starts_with(name)) {
                number.alternative = sign + value;
                value = shiftedDecimal(value, zeros);
                m_at += blank + name.size();
                return;
            }
        }
    }

    /// Moves behind 5/12/2001, 2024-05-12, 5.12.2001, 10:30, 24/7; "5:00" is left to be read as 5 and its zeros skipped.
    bool skipDateOrTime()
    {
        const std::size_t first = digitsFrom(m_at);
        const char separator = at(m_at + first);
        const std::size_t second = digitsFrom(m_at + first + 1);
        const std::size_t third = digitsFrom(m_at + first + second + 2);
        const bool isDate = (separator == '/' || separator == '-' || separator == '.') && first <= 4 && second > 0 &&
                            second <= 2 && at(m_at + first + 1 + second) == separator &&
                            (third == 4 || (first == 4 && third == 2) || (separator == '/' && third == 2));
        if (isDate && first != 3) {
            m_at += first + second + third + 2;
            return true;
        }
        if (separator == ':' && first <= 2 && first > 0 && second == 2) {
            m_at += m_text.substr(m_at + first + 1, 2) == "00" ? 0 : first + 3;
            return digitsFrom(m_at) == 0;
        }
        if (lowerFrom(m_at).starts_with("24/7") && !digit(m_at + 4)) {
            m_at += 4;
            return true;
        }
        // The minutes of a full hour: "5:00".
        if (m_at > 0 && m_text[m_at - 1] == ':' && m_at > 1 && digit(m_at - 2) && m_text.substr(m_at, 2) == "00" && first == 2) {
            m_at += 2;
            return true;
        }
        return false;
    }

    [[nodiscard]] bool isNegative(std::size_t begin) const
    {
        std::string_view before = std::string_view(m_lower).substr(0, begin);
        for (const std::string_view currency : {"$", "€", "£", "₹", "¥"}) {
            if (before.ends_with(currency)) {
                before.remove_suffix(currency.size());
                break;
            }
        }
        const std::size_t glued = before.size();
        while (before.ends_with(' ')) {
            before.remove_suffix(1);
        }
        const bool hasBlank = before.size() < glued;
        if (before.ends_with('-')) {
            before.remove_suffix(1);
            if (!hasBlank) {
                return before.empty() || !(isAsciiDigit(before.back()) || isAsciiLetter(before.back()) || before.back() == ')' ||
                                           before.back() == '%' || before.back() == '-');
            }
            before = before.substr(0, before.find_last_not_of(' ') + 1);
            return before.ends_with('=') || before.ends_with("#") || before.ends_with(':') || before.ends_with(kBoxOpens) ||
                   before.ends_with(" is");
        }
        if (!hasBlank) {
            return false;
        }
        const std::string_view word = wordBefore(before.size());
        if (word == "negative") {
            return true;
        }
        const std::string_view earlier = wordBefore(before.size() - word.size());
        return word == "minus" && (earlier == "is" || earlier == "to" || earlier == "equals" || earlier == "of" ||
                                   earlier == "at" || (earlier.empty() && before.size() == word.size()));
    }

    /// "2. " at the start of a line, after a line with "1. ", or "1. " itself.
    bool isListMarker(std::size_t begin)
    {
        std::size_t line = begin;
        while (line > 0 &&
               (m_text[line - 1] == ' ' || m_text[line - 1] == kBold || m_text[line - 1] == '\t' || m_text[line - 1] == '#')) {
            --line;
        }
        const bool isMarked =
            (at(m_at) == '.' || at(m_at) == ')') && (at(m_at + 1) == ' ' || at(m_at + 1) == kBold || at(m_at + 1) == '\t');
        if ((line > 0 && m_text[line - 1] != '\n') || !isMarked || m_at - begin > 2) {
            return false;
        }
        const int item = std::stoi(std::string(m_text.substr(begin, m_at - begin)));
        if (item != 1 && item != m_lastItem + 1) {
            return false;
        }
        m_lastItem = item;
        return true;
    }
    /// "Step 3", "equation (1)".
    [[nodiscard]] bool isCounted(std::size_t begin) const
    {
        const bool isBracketed = begin > 0 && m_text[begin - 1] == '(' && at(m_at) == ')';
        return isOneOf(wordBefore(isBracketed ? begin - 1 : begin), kCounted);
    }
    /// "March 5", "5 March", "[1]" behind other words.
    [[nodiscard]] bool isAside(std::size_t begin) const
    {
        const std::string_view after = lowerFrom(m_at + (at(m_at) == ' ' ? 1 : 0));
        const std::string_view next = after.substr(
            0, static_cast<std::size_t>(std::find_if_not(after.begin(), after.end(), isAsciiLetter) - after.begin()));
        const bool isCitation =
            begin > 1 && m_text[begin - 1] == '[' && at(m_at) == ']' && !trimmed(m_text.substr(0, begin - 1)).empty();
        const bool isMay = m_at - begin <= 2 && next == "may" && m_text[m_at + (at(m_at) == ' ' ? 1 : 0)] == 'M';
        const std::string_view lead = wordBefore(begin);
        if (isMay &&
            (lead == "on" || lead == "by" || lead == "until" || lead == "since" || lead == "before" || lead == "after")) {
            return true;
        }
        return isCitation || isOneOf(wordBefore(begin), kMonths) || isOneOf(next, kMonths);
    }

    std::string_view m_text;
    std::string m_lower;
    std::size_t m_at = 0;
    long m_exponent = 0;
    std::size_t m_exponentEnd = 0;
    int m_lastItem = 0;
};

} // namespace

std::vector<FoundNumber> scanNumbers(std::string_view text)
{
    return Scanner(text).all();
}

} // namespace lori::tasks
