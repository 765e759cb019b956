// SPDX-License-Identifier: Apache-2.0
#include "core/chat/python_text.h"

#include "core/tokenizer/utf8.h"

#include <algorithm>

namespace lori::chat {

namespace {

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// The code point at `at`, which is moved behind it.
char32_t decodeNext(std::string_view text, std::size_t& at)
{
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = std::min(tokenizer::characterLength(text[at]), text.size() - at);
    char32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        point = (point << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    at += length;
    return point;
}

/// Where the code point in front of `end` begins.
std::size_t previousStart(std::string_view text, std::size_t end)
{
    --end;
    while (end > 0 && isContinuation(text[end])) {
        --end;
    }
    return end;
}

bool isLineEnd(char32_t point)
{
    return (point >= 0x0A && point <= 0x0D) || (point >= 0x1C && point <= 0x1E) || point == 0x85 || point == 0x2028 ||
           point == 0x2029;
}

} // namespace

std::size_t countCodePoints(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) { return !isContinuation(byte); }));
}

std::size_t byteOfCodePoint(const Text& text, std::size_t index)
{
    if (text.isAscii() || index == 0) {
        return std::min(index, text.bytes.size());
    }
    std::size_t at = 0;
    for (; index > 0 && at < text.bytes.size(); --index) {
        at += tokenizer::characterLength(text.bytes[at]);
    }
    return std::min(at, text.bytes.size());
}

std::vector<std::string_view> characters(std::string_view text)
{
    std::vector<std::string_view> list;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::min(tokenizer::characterLength(text[at]), text.size() - at);
        list.push_back(text.substr(at, length));
        at += length;
    }
    return list;
}

bool isSpace(char32_t point)
{
    return (point >= 0x09 && point <= 0x0D) || (point >= 0x1C && point <= 0x20) || point == 0x85 || point == 0xA0 ||
           point == 0x1680 || (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 || point == 0x202F ||
           point == 0x205F || point == 0x3000;
}

std::string_view stripped(std::string_view text, Side side, std::optional<std::string_view> set)
{
    const std::u32string points = set ? tokenizer::codePoints(*set) : std::u32string();
    const auto goes = [&](char32_t point) {
        return set ? points.find(point) != std::u32string::npos : isSpace(point);
    };
    std::size_t begin = 0;
    std::size_t end = text.size();
    while (side != Side::Right && begin < end) {
        std::size_t next = begin;
        if (!goes(decodeNext(text, next))) {
            break;
        }
        begin = next;
    }
    while (side != Side::Left && end > begin) {
        const std::size_t start = previousStart(text, end);
        std::size_t at = start;
        if (!goes(decodeNext(text, at))) {
            break;
        }
        end = start;
    }
    return text.substr(begin, end - begin);
}

std::vector<std::string_view> splitAtSpaces(std::string_view text, std::int64_t limit, bool fromRight)
{
    std::vector<std::string_view> parts;
    std::string_view rest = stripped(text, fromRight ? Side::Right : Side::Left);
    while (!rest.empty()) {
        if (limit >= 0 && static_cast<std::int64_t>(parts.size()) >= limit) {
            parts.push_back(stripped(rest, fromRight ? Side::Right : Side::Left));
            break;
        }
        if (fromRight) {
            std::size_t begin = rest.size();
            while (begin > 0) {
                const std::size_t start = previousStart(rest, begin);
                std::size_t at = start;
                if (isSpace(decodeNext(rest, at))) {
                    break;
                }
                begin = start;
            }
            parts.push_back(rest.substr(begin));
            rest = stripped(rest.substr(0, begin), Side::Right);
        } else {
            std::size_t end = 0;
            while (end < rest.size()) {
                std::size_t next = end;
                if (isSpace(decodeNext(rest, next))) {
                    break;
                }
                end = next;
            }
            parts.push_back(rest.substr(0, end));
            rest = stripped(rest.substr(end), Side::Left);
        }
    }
    if (fromRight) {
        std::reverse(parts.begin(), parts.end());
    }
    return parts;
}

std::vector<std::string_view> splitAt(std::string_view text, std::string_view separator, std::int64_t limit, bool fromRight)
{
    std::vector<std::string_view> parts;
    while (limit < 0 || static_cast<std::int64_t>(parts.size()) < limit) {
        const std::size_t at = fromRight ? text.rfind(separator) : text.find(separator);
        if (at == std::string_view::npos) {
            break;
        }
        parts.push_back(fromRight ? text.substr(at + separator.size()) : text.substr(0, at));
        text = fromRight ? text.substr(0, at) : text.substr(at + separator.size());
    }
    parts.push_back(text);
    if (fromRight) {
        std::reverse(parts.begin(), parts.end());
    }
    return parts;
}

std::vector<std::string_view> splitLines(std::string_view text, bool keepEnds)
{
    std::vector<std::string_view> lines;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = at;
        const char32_t point = decodeNext(text, at);
        if (!isLineEnd(point)) {
            continue;
        }
        at += point == U'\r' && at < text.size() && text[at] == '\n' ? 1 : 0;
        lines.push_back(text.substr(begin, (keepEnds ? at : end) - begin));
        begin = at;
    }
    if (begin < text.size()) {
        lines.push_back(text.substr(begin));
    }
    return lines;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to, std::int64_t limit)
{
    std::string result;
    if (from.empty()) { // Python puts it in front of every character and behind the last
        for (const std::string_view character : characters(text)) {
            if (limit != 0) {
                result += to;
                limit -= limit > 0 ? 1 : 0;
            }
            result += character;
        }
        return limit != 0 ? result.append(to) : result;
    }
    std::size_t begin = 0;
    while (limit != 0) {
        const std::size_t at = text.find(from, begin);
        if (at == std::string_view::npos) {
            break;
        }
        result.append(text.substr(begin, at - begin)).append(to);
        begin = at + from.size();
        limit -= limit > 0 ? 1 : 0;
    }
    return result.append(text.substr(begin));
}

std::size_t countOf(std::string_view text, std::string_view part)
{
    if (part.empty()) {
        return countCodePoints(text) + 1;
    }
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

std::string escaped(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&#34;";
            break;
        case '\'':
            result += "&#39;";
            break;
        default:
            result += c;
        }
    }
    return result;
}

} // namespace lori::chat
