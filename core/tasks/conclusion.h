// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/final_number.h"

namespace lori::tasks {

// How the number of a sentence is chosen; final_number.h says what for. All texts are those of plainMaths().

/// The text without checks and remarks that follow the result: "Check: …", "To verify", "Note that", "This is because", "I hope".
[[nodiscard]] std::string_view withoutRemarks(std::string_view text);

/// The conclusion of the last sentence that holds a number; number words when the text has no digits. nullopt when there is none,
/// or the text ends in the middle of a calculation.
[[nodiscard]] std::optional<FinalNumber> concludedNumber(std::string_view text);
/// What follows "the answer is": the first number, unless it begins a calculation ("12 * 5 = 60") or is denied ("not 40 but 42").
[[nodiscard]] std::optional<FinalNumber> statedNumber(std::string_view text);
/// What follows "Answer:": a number that stands alone in its sentence, else the conclusion of all that follows.
[[nodiscard]] std::optional<FinalNumber> headedNumber(std::string_view text);

} // namespace lori::tasks
