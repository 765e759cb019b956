// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/utf8.h"

namespace lori::tokenizer {

namespace {

/// Bytes at the front of `text` that are one character (isValid), or the longest beginning of one, at least 1.
struct Prefix {
    std::size_t length = 1;
    bool isValid = false;
};

Prefix prefixOf(std::string_view text)
{
    const auto byte = [&](std::size_t i) {
        return static_cast<unsigned char>(text[i]);
    };
    const unsigned lead = byte(0);
    if (lead < 0x80) {
        return {1, true};
    }
    if (lead < 0xc2 || lead > 0xf4) {
        return {1, false};
    }
    const std::size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    for (std::size_t i = 1; i < length; ++i) {
        // The second byte rules out overlong forms, surrogates and values beyond U+10FFFF.
        const unsigned low = i > 1 ? 0x80 : lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        const unsigned high = i > 1 ? 0xbf : lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (i >= text.size() || byte(i) < low || byte(i) > high) {
            return {i, false};
        }
    }
    return {length, true};
}

} // namespace

std::string repairUtf8(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const Prefix prefix = prefixOf(text);
        if (prefix.isValid) {
            result.append(text.substr(0, prefix.length));
        } else {
            appendUtf8(result, 0xfffd);
        }
        text.remove_prefix(prefix.length);
    }
    return result;
}

std::size_t characterLength(char lead)
{
    const unsigned byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

std::u32string codePoints(std::string_view text)
{
    std::u32string points;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = characterLength(text[at]);
        const unsigned lead = static_cast<unsigned char>(text[at]);
        char32_t point = length == 1 ? lead : lead & (0xffU >> (length + 1));
        for (std::size_t i = 1; i < length; ++i) {
            point = (point << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
        }
        points += point;
        at += length;
    }
    return points;
}

void appendUtf8(std::string& text, char32_t codePoint)
{
    const auto c = static_cast<unsigned>(codePoint);
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += static_cast<char>(0xc0U | (c >> 6U));
        text += static_cast<char>(0x80U | (c & 0x3fU));
    } else if (c < 0x10000) {
        text += static_cast<char>(0xe0U | (c >> 12U));
        text += static_cast<char>(0x80U | ((c >> 6U) & 0x3fU));
        text += static_cast<char>(0x80U | (c & 0x3fU));
    } else {
        text += static_cast<char>(0xf0U | (c >> 18U));
        text += static_cast<char>(0x80U | ((c >> 12U) & 0x3fU));
        text += static_cast<char>(0x80U | ((c >> 6U) & 0x3fU));
        text += static_cast<char>(0x80U | (c & 0x3fU));
    }
}

} // namespace lori::tokenizer
