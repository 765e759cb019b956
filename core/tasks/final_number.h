// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lori::tasks {

/// The final number of an answer, in one canonical form: no separators, no needless zeros ("1,200.50" → "1200.5", "-0" → "0").
/// After the last "final answer is" or "####": the first number that follows; otherwise the last number of the text.
/// Understood: signs (also U+2212), a currency sign, thousands commas, decimals, a closing full stop, units glued on ("5km",
/// "20%"). A digit after a letter ("x2") is no number. A fraction ("3/4") is taken as a whole and equals nothing: the form is
/// "3/4".
[[nodiscard]] std::optional<std::string> finalNumber(std::string_view answer);
/// The canonical form of a number given alone; nullopt when it is none.
[[nodiscard]] std::optional<std::string> canonicalNumber(std::string_view text);

} // namespace lori::tasks
