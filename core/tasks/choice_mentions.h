// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

/// Stands for "none of the options".
inline constexpr std::size_t kNoOption = std::string::npos;

/// A row's options as an answer may name them.
struct ChoiceOptions {
    std::vector<std::string> labels; ///< lower case: "answer3", "true"
    std::vector<std::string> texts;  ///< lower case: what the question says each label stands for, "" when it does not
    bool isBoolean = false;          ///< the labels are true and false
};
/// Reads the texts ("answer3: gold") from the question.
[[nodiscard]] ChoiceOptions readOptions(const std::vector<std::string>& options, std::string_view question);

/// A place of an answer that names an option.
struct Mention {
    std::size_t option = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool isText = false; ///< by its text, not by its label
};

/// All places that name an option by its label in any spelling ("answer3", "Answer 3", "(C)", "option C", "the third one", yes
/// and no), in order. `text` has the answer's case, `lower` is the same in lower case.
[[nodiscard]] std::vector<Mention> labelMentions(std::string_view text, std::string_view lower, const ChoiceOptions& options);
/// All places that name one by its text.
[[nodiscard]] std::vector<Mention> textMentions(std::string_view lower, const ChoiceOptions& options);

} // namespace lori::tasks
