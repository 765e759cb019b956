// SPDX-License-Identifier: Apache-2.0
// How Python writes and reads numbers and quotes texts.
#include "core/chat/python_text.h"

#include "core/tokenizer/utf8.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace lori::chat {

namespace {

/// Categories that repr() escapes: controls, unassigned and private characters, separators other than the space. Only the
/// common ones are known here.
bool isPrintable(char32_t point)
{
    return !(point < 0x20 || (point >= 0x7F && point <= 0xA0) || point == 0xAD || point == 0x1680 ||
             (point >= 0x2000 && point <= 0x200F) || (point >= 0x2028 && point <= 0x202F) ||
             (point >= 0x205F && point <= 0x206F) || point == 0x3000 || (point >= 0xE000 && point <= 0xF8FF) || point == 0xFEFF ||
             point == 0xFFFE || point == 0xFFFF);
}

std::string hex(char32_t point)
{
    std::array<char, 16> buffer{};
    const char* form = point < 0x100 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x";
    // NOLINTNEXTLINE: the three forms take the same argument
    std::snprintf(buffer.data(), buffer.size(), form, static_cast<unsigned>(point));
    return buffer.data();
}

/// Digits with single underscores between them, as Python allows; the underscores go.
std::optional<std::string> withoutUnderscores(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_') {
            plain += text[i];
        } else if (i == 0 || i + 1 == text.size() || text[i - 1] == '_' || text[i + 1] == '_') {
            return std::nullopt;
        }
    }
    return plain;
}

} // namespace

std::string quoted(std::string_view text)
{
    const bool isDouble = text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos;
    const char quote = isDouble ? '"' : '\'';
    std::string result(1, quote);
    for (const std::string_view character : characters(text)) {
        const char32_t point = tokenizer::codePoints(character).front();
        if (point == U'\n') {
            result += "\\n";
        } else if (point == U'\r') {
            result += "\\r";
        } else if (point == U'\t') {
            result += "\\t";
        } else if (point == U'\\' || point == static_cast<char32_t>(quote)) {
            result += '\\';
            result += character;
        } else if (isPrintable(point)) {
            result += character;
        } else {
            result += hex(point);
        }
    }
    return result += quote;
}

std::string floatText(double value)
{
    if (std::isnan(value)) {
        return "nan";
    }
    if (std::isinf(value)) {
        return value < 0 ? "-inf" : "inf";
    }
    std::array<char, 64> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    const std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
    const std::size_t mark = text.find('e');
    int exponent = 0;
    const std::string_view power = text.substr(text[mark + 1] == '+' ? mark + 2 : mark + 1);
    std::from_chars(power.data(), power.data() + power.size(), exponent);
    if (exponent < -4 || exponent >= 16) {
        return std::string(text); // both write at least two digits of the exponent
    }
    const auto fixed = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
    std::string plain(buffer.data(), fixed.ptr);
    return plain.find('.') == std::string::npos ? plain + ".0" : plain;
}

std::optional<std::int64_t> parseInteger(std::string_view text, int base)
{
    text = stripped(text, Side::Both);
    const bool isNegative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        text.remove_prefix(1);
    }
    if (text.size() > 2 && text[0] == '0') {
        const char mark = static_cast<char>(text[1] | 0x20);
        const int said = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
        if (said != 0 && (base == said || base == 0)) {
            base = said;
            text.remove_prefix(text[2] == '_' ? 3 : 2);
        }
    }
    base = base == 0 ? 10 : base;
    const auto plain = withoutUnderscores(text);
    std::int64_t value = 0;
    if (!plain || plain->empty() || plain->front() == '-' || base < 2 || base > 36) {
        return std::nullopt;
    }
    const char* end = plain->data() + plain->size();
    const auto [at, problem] = std::from_chars(plain->data(), end, value, base);
    if (at != end || problem != std::errc()) {
        return std::nullopt;
    }
    return isNegative ? -value : value;
}

std::optional<double> parseReal(std::string_view text)
{
    const auto plain = withoutUnderscores(stripped(text, Side::Both));
    if (!plain || plain->empty()) {
        return std::nullopt;
    }
    const char* begin = plain->data() + (plain->front() == '+' ? 1 : 0);
    const char* end = plain->data() + plain->size();
    double value = 0;
    const auto [at, problem] = std::from_chars(begin, end, value);
    if (at != end || begin == end || (problem != std::errc() && problem != std::errc::result_out_of_range)) {
        return std::nullopt;
    }
    if (problem == std::errc::result_out_of_range) {
        const bool isSmall = plain->find("e-") != std::string::npos || plain->find("E-") != std::string::npos;
        value = isSmall ? 0.0 : plain->front() == '-' ? -INFINITY : INFINITY;
    }
    return value;
}

} // namespace lori::chat
