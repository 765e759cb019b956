// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace lori::tokenizer {

/// The text with every byte that is not part of valid UTF-8 replaced by U+FFFD, one for each longest beginning of a character
/// (Unicode's recommended practice; Rust's and Python's decoders do the same).
[[nodiscard]] std::string repairUtf8(std::string_view text);
/// Appends the UTF-8 form of a code point (below 0x110000, no surrogate).
void appendUtf8(std::string& text, char32_t codePoint);
/// Bytes of the character that begins with this byte, in valid UTF-8.
[[nodiscard]] std::size_t characterLength(char lead);
/// The code points of valid UTF-8.
[[nodiscard]] std::u32string codePoints(std::string_view text);

} // namespace lori::tokenizer
