// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/choice_mentions.h"

#include "core/tasks/answer_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lori::tasks {

namespace {

constexpr std::array<std::string_view, 6> kNumberWords{"one", "two", "three", "four", "five", "six"};

bool isWordByte(char c)
{
    return isAsciiLetter(c) || isAsciiDigit(c);
}

bool standsAlone(std::string_view text, std::size_t begin, std::size_t end)
{
    return (begin == 0 || !isWordByte(text[begin - 1])) && (end >= text.size() || !isWordByte(text[end]));
}

/// "answer3" → {"answer", 3}; {"true", 0}.
std::pair<std::string_view, std::size_t> splitLabel(std::string_view label)
{
    std::size_t digits = label.size();
    while (digits > 0 && isAsciiDigit(label[digits - 1])) {
        --digits;
    }
    const std::string_view number = label.substr(digits);
    return {label.substr(0, digits), number.empty() || number.size() > 4 ? 0 : std::stoul(std::string(number))};
}

/// Finds the labels of one answer.
class LabelFinder final {
public:
    LabelFinder(std::string_view text, std::string_view lower, const ChoiceOptions& options)
        : m_text(text), m_lower(lower), m_options(options)
    {
        for (const std::string& label : options.labels) {
            m_stems.push_back(splitLabel(label).first);
            m_numbers.push_back(splitLabel(label).second);
        }
        m_isNumbered = std::all_of(m_numbers.begin(), m_numbers.end(), [](std::size_t number) { return number > 0; });
    }

    std::vector<Mention> all()
    {
        for (std::size_t at = 0; at < m_lower.size();) {
            const std::size_t before = m_found.size();
            if (at == 0 || !isWordByte(m_lower[at - 1])) {
                if (!label(at) && m_isNumbered) {
                    named(at) || letter(at) || digit(at) || ordinal(at);
                } else if (m_found.size() == before && m_options.isBoolean) {
                    yesOrNo(at);
                }
            }
            at = m_found.size() > before ? m_found.back().end : at + 1;
        }
        return std::move(m_found);
    }

private:
    [[nodiscard]] std::string_view from(std::size_t at) const { return m_lower.substr(std::min(at, m_lower.size())); }
    [[nodiscard]] char at(std::size_t place) const { return place < m_text.size() ? m_text[place] : '\0'; }
    bool found(std::size_t option, std::size_t begin, std::size_t end)
    {
        m_found.push_back({option, begin, end});
        return true;
    }
    [[nodiscard]] std::size_t optionOfNumber(std::size_t number) const
    {
        const auto it = std::find(m_numbers.begin(), m_numbers.end(), number);
        return it == m_numbers.end() ? kNoOption : static_cast<std::size_t>(it - m_numbers.begin());
    }
    /// Skips up to two of " -_#(" and gives the place behind.
    [[nodiscard]] std::size_t behindGap(std::size_t place) const
    {
        for (int i = 0;
             i < 2 && place < m_lower.size() && std::string_view(" -_#(").find(m_lower[place]) != std::string_view::npos; ++i) {
            ++place;
        }
        return place;
    }

    /// The label itself, also with a gap before its number.
    bool label(std::size_t begin)
    {
        for (std::size_t o = 0; o < m_options.labels.size(); ++o) {
            const std::string_view stem = m_stems[o];
            const std::string number = m_isNumbered ? std::to_string(m_numbers[o]) : "";
            const bool isExact = !m_isNumbered && from(begin).starts_with(m_options.labels[o]);
            const bool hasStem = m_isNumbered && !stem.empty() && from(begin).starts_with(stem);
            const std::size_t place = isExact   ? begin + m_options.labels[o].size()
                                      : hasStem ? behindGap(begin + stem.size())
                                                : kNoOption;
            const std::size_t spelled = hasStem ? spelledAt(place, m_numbers[o]) : 0;
            if (place == kNoOption || (!isExact && spelled == 0 && !from(place).starts_with(number))) {
                continue;
            }
            const std::size_t end = place + (isExact ? 0 : spelled > 0 ? spelled : number.size());
            if (standsAlone(m_lower, begin, end)) {
                return found(o, begin, end);
            }
        }
        return false;
    }

    /// The length of the word that spells `number` here ("answer two"), when nothing follows that it could count; else 0.
    [[nodiscard]] std::size_t spelledAt(std::size_t place, std::size_t number) const
    {
        if (number == 0 || number > kNumberWords.size() || !from(place).starts_with(kNumberWords[number - 1])) {
            return 0;
        }
        const std::size_t length = kNumberWords[number - 1].size();
        const std::string_view rest = from(place + length);
        const bool ends = rest.empty() || std::string_view(".,;:!?)\n").find(rest.front()) != std::string_view::npos;
        const bool isListed = std::any_of(m_stems.begin(), m_stems.end(), [&](std::string_view stem) {
            return rest.starts_with(" or " + std::string(stem)) || rest.starts_with(" and " + std::string(stem));
        });
        return ends || isListed || rest.starts_with(" is ") || rest.starts_with(" because") || rest.starts_with(" since") ? length
                                                                                                                          : 0;
    }

    /// "option C", "choice 3", "number 3", "option two", "answer (C)".
    bool named(std::size_t begin)
    {
        for (const std::string_view word : {"option", "choice", "number", "answer", "solution", "ending", "no."}) {
            if (!from(begin).starts_with(word)) {
                continue;
            }
            const std::size_t place = behindGap(begin + word.size());
            for (std::size_t o = 0; o < m_numbers.size(); ++o) {
                if (const std::size_t spelled = spelledAt(place, m_numbers[o]); spelled > 0 && place > begin + word.size()) {
                    return found(o, begin, place + spelled);
                }
            }
            if (place == begin + word.size() || !standsAlone(m_lower, place, place + 1)) {
                return false;
            }
            const std::size_t option = optionOfMark(place);
            const bool isArticle = at(place) == 'a' && at(place + 1) == ' ';
            return option != kNoOption && !isArticle && found(option, begin, place + 1);
        }
        return false;
    }
    /// The option that a single letter or digit stands for.
    [[nodiscard]] std::size_t optionOfMark(std::size_t place) const
    {
        const char c = place < m_lower.size() ? m_lower[place] : '\0';
        if (isAsciiDigit(c)) {
            return optionOfNumber(static_cast<std::size_t>(c - '0'));
        }
        const auto index = static_cast<std::size_t>(static_cast<unsigned char>(c) - static_cast<unsigned char>('a'));
        return c >= 'a' && index < m_options.labels.size() ? index : kNoOption;
    }

    /// Whether a result is announced right before this place.
    [[nodiscard]] bool isAnnounced(std::size_t begin) const
    {
        while (begin > 0 && std::string_view(" (\"'").find(m_lower[begin - 1]) != std::string_view::npos) {
            --begin;
        }
        if (begin > 1 && m_lower[begin - 1] == '#' && m_lower[begin - 2] == ' ') { // "is #2"
            begin -= 2;
        }
        const std::string_view before = m_lower.substr(0, begin);
        if (before.empty()) {
            return true;
        }
        constexpr std::array<std::string_view, 18> kWords{" is",        ":",      "=",      "####",  " be",  "choose",
                                                          "pick",       "select", " so",    "hence", "thus", "answer",
                                                          "therefore,", "so,",    "hence,", "thus,", "是",   " not"};
        return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return before.ends_with(word); }) ||
               before.ends_with("so") || before == "not";
    }

    /// "C", "(C)", "C.", "C) gold", "C is right": capitals, or the whole answer.
    bool letter(std::size_t begin)
    {
        const std::size_t option = isAsciiLetter(at(begin)) ? optionOfMark(begin) : kNoOption;
        if (option == kNoOption || !standsAlone(m_lower, begin, begin + 1)) {
            return false;
        }
        const char next = at(begin + 1);
        const bool isCapital = at(begin) >= 'A' && at(begin) <= 'Z';
        const bool isBracketed = begin > 0 && m_text[begin - 1] == '(' && next == ')';
        const bool isWhole = trimmed(m_text).size() <= 3;
        const bool startsSentence =
            begin == 0 || trimmed(m_lower.substr(0, begin)).empty() || m_text[begin - 1] == '\n' ||
            (begin > 1 && (m_text[begin - 2] == '.' || m_text[begin - 2] == '\n') && m_text[begin - 1] == ' ');
        const bool isItem = startsSentence && (next == '.' || next == ')' || next == ':' || next == '\0' || next == '\n');
        const std::string_view rest = from(begin + 1);
        const bool hasReason =
            rest.starts_with(" is ") || rest.starts_with(" because") || rest.starts_with(" since") || rest.starts_with(" isn't");
        const bool ends =
            next == '\0' || std::string_view(".,;:)!\n").find(next) != std::string_view::npos || trimmed(rest).empty();
        const bool isStated = isAnnounced(begin) && (ends || hasReason);
        const bool counts = isWhole || (isCapital && (isBracketed || isItem || isStated || (startsSentence && hasReason))) ||
                            (isBracketed && isAnnounced(begin));
        return counts && found(option, begin, begin + 1);
    }

    /// "3", "3.", "(3)", "the answer is 3".
    bool digit(std::size_t begin)
    {
        const std::size_t option = isAsciiDigit(at(begin)) ? optionOfMark(begin) : kNoOption;
        if (option == kNoOption || !standsAlone(m_lower, begin, begin + 1)) {
            return false;
        }
        const std::string_view rest = trimmed(m_text.substr(begin + 1));
        const char next = at(begin + 1);
        const bool ends = rest.empty() || next == '.' || next == ')' || next == ',' || next == '\n' || next == ':';
        const bool isWhole = trimmed(m_text).size() <= 4;
        return (isWhole || (ends && isAnnounced(begin) && !(begin == 0 && !rest.empty() && next == ','))) &&
               found(option, begin, begin + 1);
    }

    /// "the third option", "the first one", "the last", "the latter".
    bool ordinal(std::size_t begin)
    {
        constexpr std::array<std::string_view, 6> kOrdinals{"first", "second", "third", "fourth", "fifth", "sixth"};
        const std::size_t count = m_options.labels.size();
        for (std::size_t i = 0; i < kOrdinals.size() + 2; ++i) {
            const bool isOrdinal = i < kOrdinals.size();
            const std::string_view word = isOrdinal               ? kOrdinals[i]
                                          : i == kOrdinals.size() ? std::string_view("last")
                                                                  : std::string_view("latter");
            const std::size_t option = isOrdinal ? i : count - 1;
            if (!from(begin).starts_with(word) || option >= count || !standsAlone(m_lower, begin, begin + word.size())) {
                continue;
            }
            const std::string_view rest = from(begin + word.size());
            const bool isNamed = std::any_of(m_stems.begin(), m_stems.end(),
                                             [&](std::string_view stem) { return rest.starts_with(" " + std::string(stem)); }) ||
                                 rest.starts_with(" option") || rest.starts_with(" answer") || rest.starts_with(" choice") ||
                                 rest.starts_with(" one");
            if (isNamed || word == "latter") {
                return found(option, begin, begin + word.size());
            }
        }
        return count == 2 && from(begin).starts_with("former") && found(0, begin, begin + 6);
    }

    /// Yes and no where a sentence begins or after "is"; "correct" and its opposites said of the statement.
    void yesOrNo(std::size_t begin)
    {
        constexpr std::array<std::pair<std::string_view, bool>, 14> kWords{{{"yes", true},
                                                                            {"no", false},
                                                                            {"nope", false},
                                                                            {"correct", true},
                                                                            {"incorrect", false},
                                                                            {"wrong", false},
                                                                            {"untrue", false},
                                                                            {"definitely not", false},
                                                                            {"absolutely not", false},
                                                                            {"certainly not", false},
                                                                            {"of course not", false},
                                                                            {"probably not", false},
                                                                            {"surely not", false},
                                                                            {"clearly not", false}}};
        for (const auto& [word, means] : kWords) {
            const std::size_t end = begin + word.size();
            if (!from(begin).starts_with(word) || !standsAlone(m_lower, begin, end)) {
                continue;
            }
            const std::string_view before = trimmed(m_lower.substr(0, begin));
            const bool startsSentence = before.empty() || before.back() == '.' || before.back() == '!' || before.back() == '?';
            const bool isAnswer = before.ends_with("answer is") || before.ends_with("answer is:") ||
                                  before.ends_with("answer:") || before.ends_with("actually,");
            const bool isJudgement =
                (word.ends_with("correct") || word == "wrong" || word == "untrue") &&
                (before.ends_with(" is") || before.ends_with("'s") || before.ends_with(" not") || before.ends_with("n't"));
            const char next = at(end);
            const bool isAlone = next == '\0' || std::string_view(".,;:!\n ").find(next) != std::string_view::npos;
            const bool describes = from(end).starts_with(" answer") || from(end).starts_with(" option");
            if (isAlone && !describes &&
                (word == "untrue" || (startsSentence && (next != ' ' || (before.empty() && !word.ends_with(" not")))) ||
                 isAnswer || isJudgement)) {
                const auto label = std::find(m_options.labels.begin(), m_options.labels.end(), means ? "true" : "false");
                found(static_cast<std::size_t>(label - m_options.labels.begin()), begin, end);
            }
            return;
        }
    }

    std::string_view m_text;
    std::string_view m_lower;
    const ChoiceOptions& m_options;
    std::vector<std::string_view> m_stems;
    std::vector<std::size_t> m_numbers;
    bool m_isNumbered = false;
    std::vector<Mention> m_found;
};

} // namespace

ChoiceOptions readOptions(const std::vector<std::string>& options, std::string_view question)
{
    ChoiceOptions read;
    for (const std::string& option : options) {
        read.labels.push_back(lowerAscii(option));
    }
    read.isBoolean = read.labels.size() == 2 && std::count(read.labels.begin(), read.labels.end(), "true") == 1 &&
                     std::count(read.labels.begin(), read.labels.end(), "false") == 1;
    const std::string lower = lowerAscii(question);
    for (const std::string& label : read.labels) {
        std::string text;
        for (std::size_t at = lower.find(label); at != std::string::npos && text.empty(); at = lower.find(label, at + 1)) {
            const std::size_t colon = at + label.size();
            if (colon >= lower.size() || lower[colon] != ':') {
                continue;
            }
            std::size_t end = std::min(lower.find('\n', colon), lower.find("answer format", colon));
            for (const std::string& other : read.labels) {
                end = std::min(end, lower.find(other + ":", colon));
            }
            text = trimmed(std::string_view(lower).substr(colon + 1, std::min(end, lower.size()) - colon - 1));
            text.erase(text.find_last_not_of(" .!?") + 1);
        }
        read.texts.push_back(std::move(text));
    }
    return read;
}

std::vector<Mention> labelMentions(std::string_view text, std::string_view lower, const ChoiceOptions& options)
{
    return LabelFinder(text, lower, options).all();
}

std::vector<Mention> textMentions(std::string_view lower, const ChoiceOptions& options)
{
    std::vector<Mention> mentions;
    for (std::size_t at = 0; at < lower.size();) {
        std::size_t best = kNoOption;
        for (std::size_t o = 0; o < options.texts.size(); ++o) {
            const std::string& text = options.texts[o];
            const bool isHere = !text.empty() && lower.substr(at).starts_with(text) && standsAlone(lower, at, at + text.size());
            if (isHere && (best == kNoOption || text.size() > options.texts[best].size())) {
                best = o;
            }
        }
        if (best != kNoOption) {
            mentions.push_back({best, at, at + options.texts[best].size(), true});
        }
        at += best == kNoOption ? 1 : options.texts[best].size();
    }
    return mentions;
}

} // namespace lori::tasks
