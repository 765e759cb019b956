// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/utf8.h"

namespace lori::tasks {

namespace {

/// Bytes of the valid character at `at`, 0 when there is none.
std::size_t characterLength(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t offset) -> unsigned {
        return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
    };
    const auto follows = [&](std::size_t offset) {
        return (byte(offset) & 0xC0U) == 0x80U;
    };
    const unsigned first = byte(0);
    if (first < 0x80U) {
        return 1;
    }
    if (first >= 0xC2U && first <= 0xDFU) {
        return follows(1) ? 2 : 0;
    }
    if (first >= 0xE0U && first <= 0xEFU) {
        const unsigned low = first == 0xE0U ? 0xA0U : 0x80U;  // shorter forms exist
        const unsigned high = first == 0xEDU ? 0x9FU : 0xBFU; // surrogates
        return byte(1) >= low && byte(1) <= high && follows(2) ? 3 : 0;
    }
    if (first >= 0xF0U && first <= 0xF4U) {
        const unsigned low = first == 0xF0U ? 0x90U : 0x80U;
        const unsigned high = first == 0xF4U ? 0x8FU : 0xBFU; // above U+10FFFF
        return byte(1) >= low && byte(1) <= high && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

} // namespace

std::optional<Utf8Error> findUtf8Error(std::string_view text)
{
    Utf8Error place;
    std::size_t lineStart = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = characterLength(text, at);
        if (length == 0) {
            place.byte = at - lineStart + 1;
            return place;
        }
        if (text[at] == '\n') {
            ++place.line;
            lineStart = at + 1;
        }
        at += length;
    }
    return std::nullopt;
}

} // namespace lori::tasks
