// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/word_pattern.h"

#include "core/support/result.h"
#include "core/tasks/answer_text.h"
#include "core/tasks/sentence_words.h"

#include <algorithm>

namespace lori::tasks {

namespace {

constexpr std::size_t kNone = std::string::npos;

std::vector<std::string> piecesOf(std::string_view text, char separator)
{
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(separator, at), text.size());
        if (end > at) {
            pieces.emplace_back(text.substr(at, end - at));
        }
        at = end + 1;
    }
    return pieces;
}

/// "am_not" → {am, not}; "不能" → {不, 能}; a "*" stays with its word.
std::vector<std::string> wordsOf(const std::string& text)
{
    std::vector<std::string> words;
    for (const std::string& piece : piecesOf(text, '_')) {
        if (piece == "," || piece.find('*') != std::string::npos) {
            words.push_back(piece);
            continue;
        }
        for (const Sentence& sentence : sentencesOfWords(piece)) {
            words.insert(words.end(), sentence.words.begin(), sentence.words.end());
        }
        if (!piece.empty() && std::all_of(piece.begin(), piece.end(), isAsciiDigit)) {
            words.push_back(piece); // "1" alone is a list's number to the splitter
        }
    }
    return words;
}

bool isWord(const std::string& pattern, const std::string& word)
{
    if (pattern.starts_with('*')) {
        return word.ends_with(std::string_view(pattern).substr(1));
    }
    if (pattern.ends_with('*')) {
        return word.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1));
    }
    return pattern == word;
}

} // namespace

WordPattern::WordPattern(std::string_view text, const Lists& lists) : m_text(text)
{
    bool hasWords = false;
    for (std::string piece : piecesOf(text, ' ')) {
        Element element;
        if (piece == "<" || piece == ">") {
            element.kind = piece == "<" ? Element::Kind::Begin : Element::Kind::End;
            m_elements.push_back(std::move(element));
            continue;
        }
        if (piece.starts_with("..")) {
            element.kind = Element::Kind::Gap;
            element.gap = piece.size() > 2 ? std::stoul(piece.substr(2)) : 3;
            m_elements.push_back(std::move(element));
            continue;
        }
        if (piece.starts_with('[') && piece.ends_with(']')) {
            element.isOptional = true;
            piece = piece.substr(1, piece.size() - 2);
        }
        for (const std::string& choice : piecesOf(piece, '/')) {
            if (!choice.starts_with('$')) {
                element.choices.push_back(wordsOf(choice));
                continue;
            }
            const auto list = lists.find(choice.substr(1));
            if (list == lists.end()) {
                throw Exception(ErrorCode::BadFile,
                                "the pattern \"" + m_text + "\" names the list " + choice + ", which is missing",
                                "reinstall the program");
            }
            for (const std::string& entry : list->second) {
                std::string joined = entry;
                std::replace(joined.begin(), joined.end(), ' ', '_');
                element.choices.push_back(wordsOf(joined));
            }
        }
        element.choices.erase(std::remove(element.choices.begin(), element.choices.end(), Sequence()), element.choices.end());
        hasWords = hasWords || !element.choices.empty();
        m_elements.push_back(std::move(element));
    }
    if (!hasWords) {
        throw Exception(ErrorCode::BadFile, "the pattern \"" + m_text + "\" holds no word", "reinstall the program");
    }
}

std::size_t WordPattern::find(const std::vector<std::string>& words, std::size_t* begin) const
{
    for (std::size_t at = 0; at <= words.size(); ++at) {
        if (const std::size_t end = match(words, at, 0); end != kNone) {
            if (begin != nullptr) {
                *begin = at;
            }
            return end;
        }
    }
    return kNone;
}

std::size_t WordPattern::match(const std::vector<std::string>& words, std::size_t at, std::size_t element) const
{
    if (element == m_elements.size()) {
        return at;
    }
    const Element& now = m_elements[element];
    switch (now.kind) {
    case Element::Kind::Begin:
        return at == 0 ? match(words, at, element + 1) : kNone;
    case Element::Kind::End:
        return at == words.size() ? match(words, at, element + 1) : kNone;
    case Element::Kind::Gap:
        for (std::size_t skipped = 0; skipped <= now.gap && at + skipped <= words.size(); ++skipped) {
            if (skipped > 0 && words[at + skipped - 1] == ",") {
                break;
            }
            if (const std::size_t end = match(words, at + skipped, element + 1); end != kNone) {
                return end;
            }
        }
        return kNone;
    case Element::Kind::Words:
        break;
    }
    for (const Sequence& choice : now.choices) {
        const bool fits = at + choice.size() <= words.size() &&
                          std::equal(choice.begin(), choice.end(), words.begin() + static_cast<std::ptrdiff_t>(at), isWord);
        if (!fits) {
            continue;
        }
        if (const std::size_t end = match(words, at + choice.size(), element + 1); end != kNone) {
            return end;
        }
    }
    return now.isOptional ? match(words, at, element + 1) : kNone;
}

} // namespace lori::tasks
