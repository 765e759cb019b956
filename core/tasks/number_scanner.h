// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

/// A number of a text.
struct FoundNumber {
    std::size_t begin = 0;     ///< its first character: sign and currency sign stand before it
    std::size_t end = 0;       ///< behind its last one: unit words stand after it
    std::string value;         ///< canonical: "1200.5", "-3", a fraction that no decimal equals as "1/3"
    std::string alternative{}; ///< what it may also mean: 0.25 for "25 %", 2.5 for "2.5 million"; "" when nothing
    bool isAside = false;      ///< a date, an ordinal, "[2]": no answer where another number stands
};

/// All numbers of a text of plainMaths(), in order. Understood: signs; currency; groups of three with , . ' _ space and thin
/// space, and India's; decimal points, decimal commas where they cannot group; powers and 4.2e3; "3 1/2"; percent; "2.5 million".
/// Left out: digits after a letter ("x2"), exponents of units, list markers, "step 3", dates, times, "24/7".
[[nodiscard]] std::vector<FoundNumber> scanNumbers(std::string_view text);

/// The number that English words spell ("twenty-one"), at the beginning of `words` (lower case), "" when they spell none; `end`
/// becomes the place behind it.
[[nodiscard]] std::string spelledNumber(std::string_view words, std::size_t& end);

} // namespace lori::tasks
