// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lori::tasks {

/// The number that an answer gives as its result.
struct FinalNumber {
    std::string value;         ///< canonical: "1200.5", "-3", "0" for "-0", a fraction that no decimal equals as "1/3"
    std::string alternative{}; ///< what it may also mean: "0.25" for "25 %", "2.5" for "2.5 million"; "" when nothing else
};

/// The number a careful reader takes from an answer:
///  - thinking, and tasks or turns that the model makes up after it has answered, do not count;
///  - a statement of the result decides: \boxed{…}, "####", "the answer is", "Answer:" (also Chinese, German, French, Spanish);
///  of
///    several the last, so that a correction counts, but not one behind another question;
///  - without one: the conclusion of the last sentence with numbers – behind its last "=", in bold, or the last number that is no
///    circumstance ("of the 4 children", "in 3 days"); checks and remarks behind the answer ("Check: …") are left out;
///  - an answer that is cut behind an operator has no result, unless it was stated before.
/// How numbers may be written: number_scanner.h. Number words count where no digits stand ("twelve").
[[nodiscard]] std::optional<FinalNumber> readFinalNumber(std::string_view answer);
/// Its value alone.
[[nodiscard]] std::optional<std::string> finalNumber(std::string_view answer);
/// The canonical form of the first number of a text; nullopt when there is none.
[[nodiscard]] std::optional<std::string> canonicalNumber(std::string_view text);

} // namespace lori::tasks
