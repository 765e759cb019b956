// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/json_text.h"

#include "core/support/text_place.h"

#include <algorithm>
#include <array>

namespace lori::tasks {

namespace {

using nlohmann::json;

/// Walks over a text and tells what stands outside of quotes.
class Scanner final {
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    /// Goes to the next byte outside of quotes; false at the end.
    bool next()
    {
        while (++m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (m_inQuotes) {
                if (c == '\\') {
                    ++m_at;
                } else if (c == '"') {
                    m_inQuotes = false;
                }
            } else if (c == '"') {
                m_inQuotes = true;
            } else {
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] char byte() const { return m_text[m_at]; }
    [[nodiscard]] std::size_t at() const { return m_at; }
    [[nodiscard]] std::string_view rest() const { return m_text.substr(m_at); }

private:
    std::string_view m_text;
    std::size_t m_at = static_cast<std::size_t>(-1); ///< before the first byte
    bool m_inQuotes = false;
};

std::size_t depthOf(std::string_view text)
{
    Scanner scan(text);
    std::size_t depth = 0;
    std::size_t deepest = 0;
    while (scan.next()) {
        if (scan.byte() == '{' || scan.byte() == '[') {
            deepest = std::max(deepest, ++depth);
        } else if ((scan.byte() == '}' || scan.byte() == ']') && depth > 0) {
            --depth;
        }
    }
    return deepest;
}

/// The text with null where NaN or an infinity stood outside of quotes; nothing when there was none.
std::optional<std::string> withoutNaN(std::string_view text)
{
    constexpr std::array<std::string_view, 3> kWords{"-Infinity", "Infinity", "NaN"};
    std::optional<std::string> result;
    std::size_t copied = 0;
    Scanner scan(text);
    while (scan.next()) {
        const auto word =
            std::find_if(kWords.begin(), kWords.end(), [&](std::string_view w) { return scan.rest().starts_with(w); });
        if (word == kWords.end() || scan.at() < copied) {
            continue; // the second case is the word inside -Infinity
        }
        result = result ? std::move(result) : std::optional<std::string>("");
        result->append(text.substr(copied, scan.at() - copied)).append("null");
        copied = scan.at() + word->size();
    }
    if (result) {
        result->append(text.substr(copied));
    }
    return result;
}

/// The text with whole numbers that no type holds (from 20 digits on) as texts, digit by digit, as Python keeps them; nothing
/// when there was none.
std::optional<std::string> withLongNumbersAsText(std::string_view text)
{
    constexpr std::size_t kDigits = 20;
    std::optional<std::string> result;
    std::size_t copied = 0;
    Scanner scan(text);
    while (scan.next()) {
        const std::size_t begin = scan.at();
        const bool isStart = begin >= copied && (begin == 0 || std::string_view(":,[ \t\r\n").find(text[begin - 1]) != text.npos);
        if (!isStart || (scan.byte() != '-' && (scan.byte() < '0' || scan.byte() > '9'))) {
            continue;
        }
        const std::size_t end = std::min(text.find_first_not_of("0123456789", begin + 1), text.size());
        const std::size_t digits = end - begin - (scan.byte() == '-' ? 1 : 0);
        if (digits < kDigits || (end < text.size() && std::string_view(".eE").find(text[end]) != text.npos)) {
            continue;
        }
        result = result ? std::move(result) : std::optional<std::string>("");
        result->append(text.substr(copied, begin - copied)).append("\"").append(text.substr(begin, end - begin)).append("\"");
        copied = end;
    }
    if (result) {
        result->append(text.substr(copied));
    }
    return result;
}

ParsedJson failed(std::string problem, std::size_t byte = 0)
{
    ParsedJson parsed;
    parsed.problem = "is not valid JSON (" + std::move(problem) + ")";
    parsed.byte = byte;
    return parsed;
}

} // namespace

std::optional<std::string_view> firstValue(std::string_view text)
{
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || (text[start] != '{' && text[start] != '[')) {
        return std::nullopt;
    }
    Scanner scan(text.substr(start));
    std::size_t depth = 0;
    while (scan.next()) {
        if (scan.byte() == '{' || scan.byte() == '[') {
            ++depth;
        } else if ((scan.byte() == '}' || scan.byte() == ']') && --depth == 0) {
            return text.substr(start, scan.at() + 1);
        }
    }
    return std::nullopt;
}

ParsedJson parseJson(std::string_view text)
{
    if (depthOf(text) > kMaxJsonDepth) {
        return failed("nested deeper than " + std::to_string(kMaxJsonDepth) + " lists and objects");
    }
    const std::optional<std::string> exact = withLongNumbersAsText(text);
    const std::string_view read = exact ? std::string_view(*exact) : text;
    try {
        return {json::parse(read), false, {}, 0};
    } catch (const json::parse_error& e) {
        if (const auto plain = withoutNaN(text)) {
            ParsedJson parsed = parseJson(*plain);
            parsed.hadNaN = true;
            return parsed;
        }
        const std::size_t start = text.find_first_not_of(" \t\r\n[");
        const bool isPython = start != std::string_view::npos && text.substr(start).starts_with("{'");
        return failed(isPython ? "its names stand in single quotes, as Python prints them; JSON has double quotes"
                               : "character " + std::to_string(placeOf(read, e.byte).character),
                      e.byte);
    } catch (const json::exception&) { // a number beyond the range of floating point
        return failed("a number is too large");
    }
}

} // namespace lori::tasks
