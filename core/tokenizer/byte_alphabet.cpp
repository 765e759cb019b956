// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/byte_alphabet.h"

#include "core/tokenizer/utf8.h"

#include <array>
#include <charconv>
#include <system_error>

namespace lori::tokenizer {

namespace {

constexpr std::size_t kCharacters = 0x100 + 68; // beyond the last stand-in

constexpr bool isPrintable(unsigned byte)
{
    return (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
}

constexpr std::array<std::uint16_t, 256> makeCharacters()
{
    std::array<std::uint16_t, 256> table{};
    std::uint16_t next = 0x100;
    for (unsigned byte = 0; byte < 256; ++byte) {
        table[byte] = isPrintable(byte) ? static_cast<std::uint16_t>(byte) : next++;
    }
    return table;
}

constexpr std::array<std::uint16_t, 256> kCharacterOfByte = makeCharacters();

constexpr std::array<int, kCharacters> makeBytes()
{
    std::array<int, kCharacters> table{};
    for (int& entry : table) {
        entry = -1;
    }
    for (unsigned byte = 0; byte < 256; ++byte) {
        table[kCharacterOfByte[byte]] = static_cast<int>(byte);
    }
    return table;
}

constexpr std::array<int, kCharacters> kByteOfCharacter = makeBytes();

} // namespace

std::string toByteAlphabet(std::string_view bytes)
{
    std::string text;
    for (const char byte : bytes) {
        appendUtf8(text, kCharacterOfByte[static_cast<unsigned char>(byte)]);
    }
    return text;
}

std::string bytesOfToken(std::string_view token)
{
    std::string bytes;
    for (std::size_t at = 0; at < token.size();) {
        // The alphabet ends at U+0143: its characters take one or two bytes.
        const unsigned lead = static_cast<unsigned char>(token[at]);
        const bool isPair = lead >= 0xc2 && lead < 0xe0 && at + 1 < token.size();
        const unsigned character = isPair ? ((lead & 0x1fU) << 6U) | (static_cast<unsigned char>(token[at + 1]) & 0x3fU) : lead;
        if ((!isPair && lead >= 0x80) || character >= kCharacters || kByteOfCharacter[character] < 0) {
            return std::string(token);
        }
        bytes += static_cast<char>(kByteOfCharacter[character]);
        at += isPair ? 2 : 1;
    }
    return bytes;
}

std::optional<std::uint8_t> byteOfToken(std::string_view token)
{
    if (token.size() != 6 || !token.starts_with("<0x") || !token.ends_with('>')) {
        return std::nullopt;
    }
    std::uint8_t byte = 0;
    const char* end = token.data() + 5;
    const auto [at, problem] = std::from_chars(token.data() + 3, end, byte, 16);
    return at == end && problem == std::errc() ? std::optional(byte) : std::nullopt;
}

std::string tokenOfByte(unsigned byte)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    return std::string("<0x") + kDigits[byte / 16] + kDigits[byte % 16] + ">";
}

} // namespace lori::tokenizer
