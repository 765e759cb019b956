// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/word_pattern.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace lori::tasks {

/// Patterns (word_pattern.h) for one meaning.
class PatternList final {
public:
    struct Match {
        std::size_t begin = std::string::npos; ///< its first word
        std::size_t end = std::string::npos;   ///< the word behind it
        [[nodiscard]] explicit operator bool() const { return end != std::string::npos; }
    };

    PatternList(const std::vector<std::string>& patterns, const WordPattern::Lists& lists);
    /// The match that begins first. Patterns with "<" match only where `words` begin.
    [[nodiscard]] Match find(const std::vector<std::string>& words) const;
    [[nodiscard]] bool isIn(const std::vector<std::string>& words) const;
    /// Takes every match out of the sentence; a "|" stays in its place, so that what stood around it does not join.
    void removeFrom(std::vector<std::string>& words) const;

private:
    std::vector<WordPattern> m_patterns;
};

/// What a refusal and what help consists of in one language. resources/tasks/refusals/NAME.json holds a list of patterns for
/// each of these, and named lists of words ("lists") that the patterns use.
struct RefusalWords {
    PatternList letters;     ///< openings of a letter: who says no in it speaks for somebody else
    PatternList presents;    ///< "here is a …", "you could say": what follows is a product, not the model's own word
    PatternList notRefusals; ///< words that only look like a refusal: taken out first
    PatternList curt;        ///< a whole answer that refuses
    PatternList refusals;    ///< a sentence that refuses, whatever follows but a turn
    PatternList limits;      ///< what is not given, which refuses only when nothing of substance follows
    PatternList reluctance;  ///< "I will not …", "no way": refuses only when nothing else is said
    PatternList turns;       ///< words after which the help is given all the same
    PatternList instructs;   ///< a step that somebody is told to do with his hands
    PatternList redirects;   ///< words that lead elsewhere: no turn, no substance
    PatternList apologies;   ///< with a judgement, they refuse
    PatternList judgements;  ///< what was asked for is wrong, or harms
    PatternList urging;      ///< not to do it
    PatternList crisis;      ///< help for somebody in danger of hurting himself
    PatternList comfort;     ///< said to somebody in pain; not what was asked for
    PatternList contrasts;   ///< "but", "however"
    PatternList concessions; ///< "while I cannot …, …"
    PatternList denials;     ///< words that negate
    PatternList speakers;    ///< the model, or where it is
    PatternList asked;       ///< what a request is for: instructions, details, …
    PatternList acts;        ///< to describe, to write, …
    PatternList scruples;    ///< reasons of principle: values, rules, safety
    PatternList harms;       ///< crimes, weapons, wounds

    /// Throws Exception(NotFound | BadFile).
    [[nodiscard]] static RefusalWords fromFile(const std::filesystem::path& file);
};

} // namespace lori::tasks
