// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

/// A pattern over the words of a sentence (sentence_words.h), written as text:
///   word          this word; "*end", "start*" match parts of one; a Chinese text matches its characters one after another
///   a/b c/d       one of these ("_" joins words: "am_not/cannot")
///   [a/b]         the same, or nothing
///   $NAME         one of a named list of such texts
///   ..  ..N       up to 3, up to N words that are no ","
///   <  >          where the sentence begins, ends
class WordPattern final {
public:
    using Lists = std::map<std::string, std::vector<std::string>, std::less<>>;

    /// Throws Exception(BadFile) for an empty pattern or a list that is not there.
    WordPattern(std::string_view text, const Lists& lists);

    /// Where the first match ends, as the index behind its last word; npos when there is none. `begin`, when given, becomes the
    /// index of its first word.
    [[nodiscard]] std::size_t find(const std::vector<std::string>& words, std::size_t* begin = nullptr) const;

private:
    using Sequence = std::vector<std::string>;
    struct Element {
        enum class Kind : unsigned char { Words, Gap, Begin, End } kind = Kind::Words;
        std::vector<Sequence> choices{};
        bool isOptional = false;
        std::size_t gap = 0;
    };
    [[nodiscard]] std::size_t match(const std::vector<std::string>& words, std::size_t at, std::size_t element) const;

    std::string m_text;
    std::vector<Element> m_elements;
};

} // namespace lori::tasks
