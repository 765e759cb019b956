// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace lori::tasks {

/// Marks that plainMaths() leaves in its text.
inline constexpr char kBoxOpens = '\x01';
inline constexpr char kBoxCloses = '\x02';
inline constexpr char kThinSpace = '\x03'; ///< a narrow or fixed space: groups digits, separates words
inline constexpr char kBold = '\x04';      ///< "**"

/// LaTeX and typographic signs of an answer as plain text, for numbers to be read from: "\boxed{1{,}080}" → box marks around
/// "1,080"; "\frac{1}{2}" → "1/2"; "3\frac{1}{2}" and "3½" → "3 1/2"; "\text{km}" → " km"; "\$", "\%" without backslash;
/// "\times",
/// "\cdot", "×" → "*"; U+2212 → "-"; "m²" → "m^2"; full-width digits → ASCII. Commands that say nothing about numbers vanish.
[[nodiscard]] std::string plainMaths(std::string_view text);

} // namespace lori::tasks
