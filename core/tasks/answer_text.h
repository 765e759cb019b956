// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

/// ASCII letters in lower case; every other byte as it is, so that places in both texts agree.
[[nodiscard]] std::string lowerAscii(std::string_view text);
[[nodiscard]] bool isAsciiDigit(char c);
[[nodiscard]] bool isAsciiLetter(char c); ///< also '_', which names are written with
/// Without blanks at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// What the model says to the reader: thinking (<think>…</think>, [THINK]…, gpt-oss's channels and their kin) is left out, also
/// when the prompt opened it or the answer was cut inside it; where the answer is wrapped in <answer>…</answer>, only what is
/// inside; and nothing from the first mark of a chat turn on (<|im_end|>, </s>, [INST], …).
[[nodiscard]] std::string spokenAnswer(std::string_view answer);

/// Where lines begin that open a turn or a task of somebody else: "Question:", "Problem 2", "User:", "### Instruction:",
/// "Here is another question", in the languages of the window and of common models. The line at 0 is never one.
struct MadeUpTurn {
    std::size_t at = 0;
    bool isSpeaker = false; ///< another speaker begins ("User:"), not merely a heading that an answer may have itself
};
[[nodiscard]] std::vector<MadeUpTurn> madeUpTurns(std::string_view text);

/// The text before the first made-up turn that follows something which answers; all of it when there is none.
[[nodiscard]] std::string_view ownTurn(std::string_view text, const std::function<bool(std::string_view before)>& answers);

} // namespace lori::tasks
