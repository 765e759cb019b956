// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lori::tokenizer {

/// The alphabet of byte-level BPE: each byte is written as one printable character. Printable Latin-1 bytes (33–126, 161–172,
/// 174–255) stand for themselves, the 68 others for U+0100, U+0101 … in rising order.
[[nodiscard]] std::string toByteAlphabet(std::string_view bytes);
/// The bytes a token stands for. A token with a character outside the alphabet (some added tokens) stands for its own UTF-8
/// bytes.
[[nodiscard]] std::string bytesOfToken(std::string_view token);
/// The byte that a token "<0x00>" … "<0xFF>" of a SentencePiece vocabulary stands for.
[[nodiscard]] std::optional<std::uint8_t> byteOfToken(std::string_view token);
/// "<0x0A>" for 10.
[[nodiscard]] std::string tokenOfByte(unsigned byte);

} // namespace lori::tokenizer
