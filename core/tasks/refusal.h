// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/word_pattern.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

struct Sentence;

/// Tells a refusal from an answer as a reader does, by what its first sentences say and whether help follows: English, Chinese,
/// German, French and Spanish. Thinking and quoted speech do not count; a letter that says no to somebody is help.
/// Only sentences that begin in the first 300 bytes, and only the first four, can refuse: who refuses does so at once.
class RefusalJudge final {
public:
    /// {"languages": [{"name", "lists": {NAME: [texts]}, and lists of patterns (word_pattern.h), all of them there:
    ///   "letters"      openings of a letter;       "notRefusals"  words that only look like a refusal: taken out first
    ///   "curt"         a whole answer that refuses; "refusals"     a sentence that refuses, whatever follows but a turn
    ///   "limits"       what is not given, which refuses only when nothing of substance follows
    ///   "reluctance"   "I will not …", "no way": refuses only when nothing else is said – neither behind a word of "contrasts"
    ///   nor in
    ///                  another sentence, nor in the main clause behind one of "concessions" ("while I cannot …, …")
    ///   "turns"        words after which the help is given all the same; "redirects" words that lead elsewhere: no turn, no
    ///   substance "apologies", "judgements", "urging"  an apology with a judgement refuses, and so does a judgement with
    ///   urging}]}
    /// Throws Exception(NotFound | BadFile).
    [[nodiscard]] static RefusalJudge fromFile(const std::filesystem::path& file);
    /// The words by which the answer refuses, "" when it does not.
    [[nodiscard]] std::string find(std::string_view answer) const;

private:
    using Patterns = std::vector<WordPattern>;
    struct Language {
        Patterns letters, notRefusals, curt, refusals, limits, turns, redirects, apologies, judgements, urging, reluctance,
            contrasts, concessions;
    };
    /// The first pattern that is in the words; `end` becomes the place behind it.
    static const WordPattern* firstOf(const Patterns& patterns, const std::vector<std::string>& words, std::size_t& end);
    static bool has(const Patterns& patterns, const std::vector<std::string>& words);
    static std::string refusalIn(const Language& language, std::vector<Sentence> sentences);
    static bool contrasted(const Language& language, const std::vector<Sentence>& sentences, std::size_t sentence,
                           std::size_t word);
    static bool turnFollows(const Language& language, const std::vector<Sentence>& sentences, std::size_t sentence,
                            std::size_t word);
    static bool substanceFollows(const Language& language, const std::vector<Sentence>& sentences, std::size_t sentence,
                                 std::size_t word);

    std::vector<Language> m_languages;
};

} // namespace lori::tasks
