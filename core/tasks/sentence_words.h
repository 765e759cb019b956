// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

/// A sentence as words that can be compared: lower case, without accents and markup, contractions written out ("can't" =
/// "cannot", "I'm" = "i am"); each Chinese character is a word, in its simplified form, and its comma is the word ",".
struct Sentence {
    std::vector<std::string> words;
    std::size_t begin = 0;   ///< byte of the text where it begins
    bool isListItem = false; ///< a numbered line or step
};

/// Sentences end at . ! ? ; their full-width forms, and line ends.
[[nodiscard]] std::vector<Sentence> sentencesOfWords(std::string_view text);

/// The text without what stands in quotation marks, where at least two words stand outside of them: an answer that quotes a
/// refusal does not refuse, one that stands in quotation marks as a whole may.
[[nodiscard]] std::string withoutQuotations(std::string_view text);

} // namespace lori::tasks
