// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/conclusion.h"

#include "core/tasks/answer_text.h"
#include "core/tasks/number_scanner.h"
#include "core/tasks/plain_maths.h"

#include <algorithm>
#include <array>
#include <vector>

namespace lori::tasks {

namespace {

using Number = std::optional<FinalNumber>;

constexpr std::array<std::string_view, 21> kRemarks{
    "check",       "let's check",  "let us check", "to check",  "verif",       "let's verify", "let us verify",
    "to verify",   "double-check", "double check", "proof",     "note that",   "note:",        "this is because",
    "explanation", "i hope",       "let me know",  "feel free", "if you have", "remember",     "because"};
constexpr std::array<std::string_view, 12> kConsequences{", so ",   " so ",     "therefore", "thus", "hence",     "leaving",
                                                         "leaves ", "meaning ", "→",         "=>",   "which is ", "that is "};
constexpr std::array<std::string_view, 36> kCircumstances{
    "of",  "in",    "after", "for",     "per",  "from",   "out",   "than",   "with",  "by",    "within",  "over",
    "at",  "every", "among", "between", "into", "during", "under", "before", "since", "until", "divided", "and",
    "für", "von",   "nach",  "aus",     "bei",  "pour",   "dans",  "de",     "après", "en",    "para",    "por"};
constexpr std::array<std::string_view, 14> kArticles{"the", "a",    "an",    "his",   "her", "their", "its",
                                                     "all", "each", "these", "those", "my",  "our",   "about"};
constexpr std::array<std::string_view, 9> kDuties{"needs", "need", "has", "have", "had", "going", "able", "ought", "comes"};

template <std::size_t N>
bool isOneOf(std::string_view word, const std::array<std::string_view, N>& words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

Number toFinal(const FoundNumber& number)
{
    return FinalNumber{number.value, number.alternative};
}

/// Sentences end at . ! ? before a blank or the end, and at line ends.
std::vector<std::string_view> sentencesOf(std::string_view text)
{
    std::vector<std::string_view> sentences;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool isStop =
            (c == '.' || c == '!' || c == '?') && (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n' ||
                                                   text[i + 1] == kBold || text[i + 1] == kBoxCloses);
        if (c == '\n' || isStop) {
            sentences.push_back(text.substr(begin, i + 1 - begin));
            begin = i + 1;
        }
    }
    sentences.push_back(text.substr(begin));
    return sentences;
}

/// The words right before a place, the nearest first.
std::vector<std::string> wordsBefore(std::string_view text, std::size_t end, std::size_t most)
{
    std::vector<std::string> words;
    while (words.size() < most) {
        while (end > 0 && std::string_view(" $€£\x04\x03*(\"").find(text[end - 1]) != std::string_view::npos) {
            --end;
        }
        std::size_t begin = end;
        while (begin > 0 && (isAsciiLetter(text[begin - 1]) || static_cast<unsigned char>(text[begin - 1]) >= 0x80U)) {
            --begin;
        }
        if (begin == end) {
            break;
        }
        words.push_back(lowerAscii(text.substr(begin, end - begin)));
        end = begin;
    }
    return words;
}

/// "of the 4 children", "in 3 days", "to fill 20 jars": what a result is about, not the result.
bool isCircumstance(std::string_view text, const FoundNumber& number)
{
    std::vector<std::string> words = wordsBefore(text, number.begin, 5);
    const auto first =
        std::find_if_not(words.begin(), words.end(), [](const std::string& word) { return isOneOf(word, kArticles); });
    words.erase(words.begin(), first);
    if (words.empty()) {
        return false;
    }
    if (isOneOf(words.front(), kCircumstances)) {
        return true;
    }
    const bool isPurpose = words.size() > 1 && words[1] == "to";
    return isPurpose && !(words.size() > 2 && isOneOf(words[2], kDuties));
}

bool isInBrackets(std::string_view text, const FoundNumber& number)
{
    const auto before = text.substr(0, number.begin);
    const std::size_t open = before.rfind('(');
    return open != std::string_view::npos && before.find(')', open) == std::string_view::npos &&
           !trimmed(text.substr(0, open)).empty() && text.find(')', number.end) != std::string_view::npos;
}

bool isBold(std::string_view text, const FoundNumber& number)
{
    const auto marks = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(number.begin), kBold);
    return marks % 2 == 1 && text.find(kBold, number.end) != std::string_view::npos;
}

/// What begins behind a number continues a calculation: "* 7".
bool calculates(std::string_view text)
{
    text = text.substr(std::min(text.find_first_not_of(" \x03"), text.size()));
    if (text.starts_with("÷")) {
        return true;
    }
    const bool isOperator = !text.empty() && std::string_view("+-*/xX").find(text.front()) != std::string_view::npos;
    const std::string_view behind = isOperator ? trimmed(text.substr(1)) : std::string_view();
    return isOperator && !behind.empty() && (isAsciiDigit(behind.front()) || behind.front() == '$' || behind.front() == '(');
}

/// The number behind the last "=" of a text; the one before it where a calculation follows ("42 = 6 * 7").
Number equated(std::string_view text)
{
    const std::vector<FoundNumber> numbers = scanNumbers(text);
    for (std::size_t equals = text.rfind('='); equals != std::string_view::npos && !numbers.empty();
         equals = equals == 0 ? std::string_view::npos : text.rfind('=', equals - 1)) {
        const auto after = std::find_if(numbers.begin(), numbers.end(), [&](const FoundNumber& n) { return n.begin > equals; });
        if (after == numbers.end()) {
            continue;
        }
        if (calculates(text.substr(after->end)) && after != numbers.begin()) {
            return toFinal(*(after - 1));
        }
        return toFinal(*after);
    }
    return std::nullopt;
}

/// "$42 (that is $6 per day)": what stands here only shares out, in brackets, a number that is no share itself.
bool isShareInBrackets(std::string_view lower, std::size_t at)
{
    const std::size_t open = lower.substr(0, at).rfind('(');
    const std::size_t close = open == std::string_view::npos ? open : lower.find(')', open);
    if (close == std::string_view::npos || close < at || scanNumbers(lower.substr(0, open)).empty()) {
        return false;
    }
    const auto shares = [](std::string_view text) {
        constexpr std::array<std::string_view, 6> kShares{" per ", " each", " apiece", " every ", " a ", "/"};
        return std::any_of(kShares.begin(), kShares.end(),
                           [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
    };
    return shares(lower.substr(at, close - at)) && !shares(lower.substr(0, open));
}

/// The part of a sentence that concludes: behind its last "so", "therefore", … that a number follows.
std::string_view lastClause(std::string_view sentence)
{
    const std::string lower = lowerAscii(sentence);
    std::size_t begin = 0;
    for (const std::string_view word : kConsequences) {
        const std::size_t at = lower.rfind(word);
        if (at != std::string::npos && at + word.size() > begin && !isShareInBrackets(lower, at) &&
            !scanNumbers(sentence.substr(at + word.size())).empty()) {
            begin = at + word.size();
        }
    }
    return sentence.substr(begin);
}

/// "5 fewer than before": a comparison, no result.
bool compares(std::string_view text, const FoundNumber& number)
{
    const std::string after = lowerAscii(text.substr(number.end, 24));
    return after.starts_with(" fewer than") || after.starts_with(" more than") || after.starts_with(" less than");
}

/// "42, not 43".
bool isDenied(std::string_view text, const FoundNumber& number)
{
    const std::vector<std::string> words = wordsBefore(text, number.begin, 2);
    return !words.empty() && (words[0] == "not" || (words.size() > 1 && words[1] == "not" && words[0] == "the"));
}

/// "2 dozen (24)": the number that says what so many dozens are; the place of the dozens where no other says it.
std::size_t undozened(std::string_view text, const std::vector<FoundNumber>& numbers, std::size_t index)
{
    constexpr std::size_t kMostDigits = 6;
    const FoundNumber& number = numbers[index];
    const bool isDozen = lowerAscii(text.substr(number.end, 8)).starts_with(" dozen");
    if (!isDozen || index + 1 == numbers.size() || number.value.size() > kMostDigits ||
        !std::all_of(number.value.begin(), number.value.end(), isAsciiDigit)) {
        return index;
    }
    return numbers[index + 1].value == std::to_string(12 * std::stol(number.value)) ? index + 1 : index;
}

/// A number of a sentence, and whether it stands there as a result: 0 an aside, 1 a circumstance, 2 a result.
struct Concluded {
    Number number;
    int rank = 2;
};

Concluded concludedInSentence(std::string_view sentence)
{
    const std::vector<FoundNumber> all = scanNumbers(sentence);
    const auto bold = std::find_if(all.rbegin(), all.rend(), [&](const FoundNumber& n) { return isBold(sentence, n); });
    if (bold != all.rend()) {
        const std::size_t close = sentence.find(kBold, bold->end);
        const std::size_t open = sentence.rfind(kBold, bold->begin);
        const std::string_view inside = sentence.substr(open + 1, close - open - 1);
        const Number number = equated(inside);
        return {number ? number : toFinal(*bold)};
    }
    const std::string_view clause = lastClause(sentence);
    if (Number number = equated(clause)) {
        return {number};
    }
    const std::vector<FoundNumber> numbers = scanNumbers(clause);
    const FoundNumber* chosen = nullptr;
    int rank = -1;
    for (const FoundNumber& number : numbers) {
        const auto index = static_cast<std::size_t>(&number - numbers.data());
        if (index > 0 && undozened(clause, numbers, index - 1) == index) {
            chosen = chosen == &numbers[index - 1] ? &number : chosen;
            continue;
        }
        const bool isBeside =
            number.isAside || isInBrackets(clause, number) || compares(clause, number) || isDenied(clause, number);
        const int here = isBeside ? 0 : isCircumstance(clause, number) ? 1 : 2;
        if (here >= rank) {
            rank = here;
            chosen = &number;
        }
    }
    return {chosen != nullptr ? toFinal(*chosen) : std::nullopt, rank};
}

/// "12 + 30 =": the model was cut before the result.
bool endsInCalculation(std::string_view text)
{
    const std::string_view end = trimmed(text);
    return !end.empty() && std::string_view("=+*/").find(end.back()) != std::string_view::npos;
}

Number spelled(std::string_view text, bool alsoOne)
{
    const std::string lower = lowerAscii(text);
    Number last;
    for (std::size_t i = 0; i < lower.size();) {
        if (isAsciiLetter(lower[i])) {
            std::size_t length = 0;
            const std::string number = spelledNumber(std::string_view(lower).substr(i), length);
            if (!number.empty() && (alsoOne || number != "1")) { // "this one" is no number
                last = FinalNumber{number, {}};
            }
            i += length;
            while (length == 0 && i < lower.size() && isAsciiLetter(lower[i])) {
                ++i;
            }
        } else {
            ++i;
        }
    }
    return last;
}

} // namespace

std::string_view withoutRemarks(std::string_view text)
{
    std::size_t done = 0;
    for (const std::string_view sentence : sentencesOf(text)) {
        const std::size_t begin = static_cast<std::size_t>(sentence.data() - text.data());
        std::string lower = lowerAscii(sentence);
        lower.erase(0, std::min(lower.find_first_not_of(" \n\x04*#(-"), lower.size()));
        const bool isRemark =
            std::any_of(kRemarks.begin(), kRemarks.end(), [&](std::string_view word) { return lower.starts_with(word); });
        if (isRemark && (!scanNumbers(text.substr(0, begin)).empty())) {
            return text.substr(0, begin);
        }
        done += sentence.size();
    }
    return text.substr(0, std::min(done, text.size()));
}

Number concludedNumber(std::string_view text)
{
    const std::vector<std::string_view> sentences = sentencesOf(text);
    if (endsInCalculation(text)) {
        return std::nullopt;
    }
    Number beside;
    for (auto sentence = sentences.rbegin(); sentence != sentences.rend(); ++sentence) {
        Concluded here = concludedInSentence(*sentence);
        if (here.number && here.rank > 0) {
            return here.number;
        }
        beside = beside ? beside : here.number;
    }
    return beside ? beside : spelled(text, false);
}

Number statedNumber(std::string_view text)
{
    constexpr std::size_t kFewWords = 4;
    for (const std::string_view sentence : sentencesOf(text)) {
        std::vector<FoundNumber> numbers = scanNumbers(sentence);
        if (numbers.empty()) {
            if (Number number = spelled(sentence, true)) {
                return number;
            }
            continue;
        }
        const std::vector<std::string> before = wordsBefore(sentence, numbers.front().begin, 1);
        if (!before.empty() && before.front() == "not" && numbers.size() > 1) {
            numbers.erase(numbers.begin()); // "not 40 but 42"
        }
        const std::string_view lead = sentence.substr(0, numbers.front().begin);
        if (Number number = spelled(lead, true)) {
            return number; // "twelve; I counted 12"
        }
        if (wordsBefore(sentence, numbers.front().begin, kFewWords + 1).size() > kFewWords) {
            return concludedInSentence(sentence).number;
        }
        if (calculates(sentence.substr(numbers.front().end))) {
            if (Number number = equated(sentence)) {
                return number;
            }
        }
        return toFinal(numbers[undozened(sentence, numbers, 0)]);
    }
    return std::nullopt;
}

Number headedNumber(std::string_view text)
{
    constexpr std::size_t kFewWords = 3;
    for (const std::string_view sentence : sentencesOf(text)) {
        const std::vector<FoundNumber> numbers = scanNumbers(sentence);
        if (numbers.empty()) {
            continue;
        }
        const std::string_view before = sentence.substr(0, numbers.front().begin);
        const std::string_view after = sentence.substr(numbers.front().end);
        const bool standsFirst = std::none_of(before.begin(), before.end(), isAsciiLetter);
        const std::string_view unit = trimmed(after.substr(0, after.find_first_of("(,;.")));
        const auto blanks = static_cast<std::size_t>(std::count(unit.begin(), unit.end(), ' '));
        if (standsFirst && !calculates(after) && unit.find('=') == std::string_view::npos &&
            unit.find('+') == std::string_view::npos && blanks < kFewWords) {
            return toFinal(numbers[undozened(sentence, numbers, 0)]);
        }
        break;
    }
    return concludedNumber(withoutRemarks(text));
}

} // namespace lori::tasks
