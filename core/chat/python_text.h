// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Python's str, as far as templates show it: code points, white space, cases, numbers. All texts are valid UTF-8.

namespace lori::chat {

[[nodiscard]] std::size_t countCodePoints(std::string_view text);
/// Where code point `index` (0 … length) begins.
[[nodiscard]] std::size_t byteOfCodePoint(const Text& text, std::size_t index);
/// Each code point as a text of its own.
[[nodiscard]] std::vector<std::string_view> characters(std::string_view text);

/// str.isspace of one code point.
[[nodiscard]] bool isSpace(char32_t codePoint);
enum class Side : std::uint8_t { Both, Left, Right };
/// str.strip and its kin; without `set` white space.
[[nodiscard]] std::string_view stripped(std::string_view text, Side side, std::optional<std::string_view> set = {});
/// str.split() without a separator: at stretches of white space. `limit` < 0: all.
[[nodiscard]] std::vector<std::string_view> splitAtSpaces(std::string_view text, std::int64_t limit, bool fromRight);
/// str.split(separator), `separator` not empty.
[[nodiscard]] std::vector<std::string_view> splitAt(std::string_view text, std::string_view separator, std::int64_t limit,
                                                    bool fromRight);
[[nodiscard]] std::vector<std::string_view> splitLines(std::string_view text, bool keepEnds);
/// str.replace. `limit` < 0: all.
[[nodiscard]] std::string replaced(std::string_view text, std::string_view from, std::string_view to, std::int64_t limit);
/// str.count of not overlapping ones.
[[nodiscard]] std::size_t countOf(std::string_view text, std::string_view part);

[[nodiscard]] std::string upper(std::string_view text);
[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] std::string capitalized(std::string_view text);
[[nodiscard]] std::string titled(std::string_view text); ///< str.title: every run of letters
[[nodiscard]] bool isUpper(std::string_view text);
[[nodiscard]] bool isLower(std::string_view text);
/// str.isalpha, isdigit, isalnum, by Unicode's categories.
enum class CharacterClass : std::uint8_t { Letter, Digit, LetterOrDigit };
[[nodiscard]] bool consistsOf(std::string_view text, CharacterClass wanted);

/// repr() of a text: quoted and escaped.
[[nodiscard]] std::string quoted(std::string_view text);
/// str() of a float: the shortest text that reads back, "1e+16", "nan".
[[nodiscard]] std::string floatText(double value);
/// int(text, base); empty when it is no number that fits.
[[nodiscard]] std::optional<std::int64_t> parseInteger(std::string_view text, int base);
/// float(text)
[[nodiscard]] std::optional<double> parseReal(std::string_view text);
/// &, <, >, " and ' as markupsafe writes them.
[[nodiscard]] std::string escaped(std::string_view text);

} // namespace lori::chat
