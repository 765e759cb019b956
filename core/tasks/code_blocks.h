// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

/// A piece of an answer: a fenced block, or the text between two of them.
struct AnswerPart {
    bool isFenced = false;
    std::string language{}; ///< of a fence, lower case; "" when it names none
    std::string text{};
    bool isClosed = true; ///< false for a fence that the answer ends in
};

/// The parts of an answer in order. Fences are lines of three or more backticks or tildes, indented or not; blocks of Markdown in
/// a longer fence are opened in turn; [PYTHON], [TESTS], <code> and <pre> on lines of their own fence, too.
[[nodiscard]] std::vector<AnswerPart> partsOf(std::string_view answer);

/// Whether a fence's language can be Python: Python's names, or none.
[[nodiscard]] bool mayBePython(const AnswerPart& part);

} // namespace lori::tasks
