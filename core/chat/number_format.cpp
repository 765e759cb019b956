// SPDX-License-Identifier: Apache-2.0
#include "core/chat/number_format.h"

#include "core/chat/python_text.h"
#include "core/chat/template_error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace lori::chat {

namespace {

std::string times(const std::string& fill, std::int64_t count)
{
    std::string text;
    for (std::int64_t i = 0; i < count; ++i) {
        text += fill;
    }
    return text;
}

/// Digits in groups of three, counted from the point.
std::string grouped(const std::string& digits, char mark)
{
    const std::size_t end = std::min(digits.find_first_not_of("0123456789"), digits.size());
    std::string result;
    for (std::size_t i = 0; i < end; ++i) {
        if (i > 0 && (end - i) % 3 == 0) {
            result += mark;
        }
        result += digits[i];
    }
    return result + digits.substr(end);
}

/// Sign, digits and padding put together.
std::string assembled(bool isNegative, const std::string& prefix, std::string digits, const NumberForm& form)
{
    const std::string sign = isNegative ? "-" : form.sign == '-' ? "" : std::string(1, form.sign);
    if (form.grouping != '\0') {
        digits = grouped(digits, form.grouping);
    }
    const std::string head = sign + prefix;
    const std::int64_t missing = form.width - static_cast<std::int64_t>(head.size() + digits.size());
    if (missing > 0 && form.align != '<' && form.align != '>' && form.align != '^' && (form.isZeroPadded || form.align == '=')) {
        return head + times(form.isZeroPadded ? "0" : form.fill, missing) + digits;
    }
    NumberForm plain = form;
    plain.precision = -1;
    return padded(head + digits, plain, '>');
}

std::string wholeDigits(std::uint64_t value, char type)
{
    const int base = type == 'x' || type == 'X' ? 16 : type == 'o' ? 8 : type == 'b' ? 2 : 10;
    std::array<char, 72> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, base);
    const std::string digits(buffer.data(), end.ptr);
    return type == 'X' ? upper(digits) : digits;
}

std::string realDigits(double value, const NumberForm& form)
{
    if (form.type == '\0' && form.precision < 0) {
        return floatText(value);
    }
    const char type = form.type == '\0' || form.type == 'n' ? 'g' : form.type == '%' ? 'f' : static_cast<char>(form.type | 0x20);
    const std::int64_t precision = std::clamp<std::int64_t>(form.precision < 0 ? 6 : form.precision, 0, 1000);
    std::array<char, 1400> buffer{};
    const auto format = type == 'f'   ? std::chars_format::fixed
                        : type == 'e' ? std::chars_format::scientific
                                      : std::chars_format::general;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, static_cast<int>(precision));
    std::string text(buffer.data(), end.ptr);
    if (form.type == 'E' || form.type == 'F' || form.type == 'G') {
        text = upper(text);
    }
    return form.type == '%' ? text + "%" : text;
}

} // namespace

std::string padded(std::string text, const NumberForm& form, char ownAlign)
{
    if (form.precision >= 0) {
        const Value whole(text);
        text.resize(byteOfCodePoint(*whole.text(), static_cast<std::size_t>(std::min<std::int64_t>(
                                                       form.precision, static_cast<std::int64_t>(whole.text()->length)))));
    }
    const std::int64_t missing = form.width - static_cast<std::int64_t>(countCodePoints(text));
    if (missing <= 0) {
        return text;
    }
    const char align = form.align == '\0' ? ownAlign : form.align;
    const std::int64_t left = align == '<' ? 0 : align == '^' ? missing / 2 : missing;
    return times(form.fill, left) + text + times(form.fill, missing - left);
}

std::string formattedNumber(const Value& value, const NumberForm& form)
{
    std::int64_t whole = 0;
    double real = 0;
    const bool isWhole = value.toInteger(whole);
    static_cast<void>(value.toReal(real));
    if (std::string_view("dxXobn").find(form.type) != std::string_view::npos || (form.type == '\0' && isWhole)) {
        if (!isWhole) {
            if (form.type != 'd' || !(std::abs(real) < 9e18)) {
                throw renderError(std::string("Unknown format code '") + form.type + "' for object of type 'float'");
            }
            whole = static_cast<std::int64_t>(real);
        }
        const std::uint64_t size = whole < 0 ? ~static_cast<std::uint64_t>(whole) + 1 : static_cast<std::uint64_t>(whole);
        std::string digits = wholeDigits(size, form.type);
        digits.insert(0,
                      static_cast<std::size_t>(
                          std::clamp<std::int64_t>(form.precision - static_cast<std::int64_t>(digits.size()), 0, 1000)),
                      '0');
        const std::string prefix = form.isAlternate && form.type != 'd' && form.type != '\0' ? std::string{'0', form.type} : "";
        return assembled(whole < 0, prefix, digits, form);
    }
    if (std::string_view("eEfFgG%").find(form.type) == std::string_view::npos && form.type != '\0') {
        throw renderError(std::string("Unknown format code '") + form.type + "' for a number");
    }
    return assembled(std::signbit(real), "", realDigits(std::abs(form.type == '%' ? real * 100 : real), form), form);
}

} // namespace lori::chat
