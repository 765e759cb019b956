// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/final_number.h"

#include "core/tasks/answer_text.h"
#include "core/tasks/conclusion.h"
#include "core/tasks/number_scanner.h"
#include "core/tasks/plain_maths.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <vector>

namespace lori::tasks {

namespace {

using Number = std::optional<FinalNumber>;

constexpr std::array<std::string_view, 12> kForeignMarks{
    "答案是",         "答案为",   "答案: ",      "答案:",     "结果是",       "antwort ist",
    "antwort lautet", "antwort:", "réponse est", "réponse :", "respuesta es", "respuesta:"};
constexpr std::array<std::string_view, 16> kCorrections{"wait",    "correct", "actually", "sorry",    "mistake", "forgot",
                                                        "recheck", "oops",    "instead",  "thought",  "error",   "wrong",
                                                        "recount", "hmm",     "let me",   "not right"};

bool hasAny(std::string_view text, auto&& words)
{
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// Where a result is stated.
struct Statement {
    std::size_t at = 0;
    std::size_t begin = 0;  ///< of what is stated
    bool isHeading = false; ///< "Answer:" – the whole working may follow
    bool isBox = false;
    bool isHashes = false;
};

class Statements final {
public:
    explicit Statements(std::string_view text) : m_text(text), m_lower(lowerAscii(text)) {}

    std::vector<Statement> all()
    {
        for (std::size_t i = 0; i < m_text.size(); ++i) {
            if (m_text[i] == kBoxOpens) {
                m_found.push_back({i, i + 1, false, true, false});
            } else if (from(i).starts_with("####") && (i == 0 || m_text[i - 1] != '#')) {
                hashes(i);
            } else if (from(i).starts_with("ans") && (i == 0 || !isAsciiLetter(m_text[i - 1]))) {
                answerWord(i);
            } else {
                foreign(i);
            }
        }
        return std::move(m_found);
    }

private:
    [[nodiscard]] std::string_view from(std::size_t at) const { return std::string_view(m_lower).substr(at); }

    /// "#### 42"; "#### Step 1" is a heading.
    void hashes(std::size_t at)
    {
        const std::size_t begin = at + 3; // the last # stays: a minus sign may stand apart behind it
        const std::string_view line = from(begin + 1).substr(0, from(begin + 1).find('\n'));
        const std::size_t digit = std::min(line.find_first_of("0123456789\x01"), line.size());
        const std::string_view before = trimmed(line.substr(0, digit));
        const bool isShort = before.size() <= 4 || before.find("answer") != std::string_view::npos || before.starts_with("total");
        if (digit < line.size() && (isShort || !std::any_of(before.begin(), before.end(), isAsciiLetter))) {
            m_found.push_back({at, begin, false, false, true});
        }
    }

    /// "the answer is", "Answer:", "answer would be", a heading "Final answer".
    void answerWord(std::size_t at)
    {
        std::size_t end = at;
        for (const std::string_view word : {"answer", "ans"}) {
            if (from(at).starts_with(word) && (at + word.size() == m_lower.size() || !isAsciiLetter(m_lower[at + word.size()]))) {
                end = at + word.size();
                break;
            }
        }
        const std::string_view before = std::string_view(m_lower).substr(0, at).substr(at > 24 ? at - 24 : 0);
        constexpr std::array<std::string_view, 6> kSupposed{"if the ",    "whether the ", "suppose the ",
                                                            "check the ", "verify the ",  "if this "};
        if (end == at || hasAny(before.substr(before.size() > 13 ? before.size() - 13 : 0), kSupposed)) {
            return;
        }
        std::string_view rest = from(end);
        rest.remove_prefix(std::min(rest.find_first_not_of(" \x04\"*"), rest.size()));
        for (const std::string_view link :
             {"is", "'s", "would be", "should be", "must be", "will be", "equals", "comes to", "="}) {
            if (rest.starts_with(link) && (link == "=" || rest.size() == link.size() || !isAsciiLetter(rest[link.size()]))) {
                m_found.push_back({at, m_lower.size() - rest.size(), false, false, false});
                return;
            }
        }
        if (rest.starts_with(':') || rest.starts_with('\n') || rest.starts_with("→") || rest.starts_with(kBoxOpens)) {
            m_found.push_back({at, m_lower.size() - rest.size(), true, false, false});
        }
    }

    void foreign(std::size_t at)
    {
        for (const std::string_view mark : kForeignMarks) {
            if (from(at).starts_with(mark)) {
                m_found.push_back({at, at + mark.size(), mark.ends_with(':') || mark.ends_with(' '), false, false});
                return;
            }
        }
    }

    std::string_view m_text;
    std::string m_lower;
    std::vector<Statement> m_found;
};

/// Works out what a box holds as a calculation of whole numbers: "40+2", "6 * 7".
class Calculation final {
public:
    explicit Calculation(std::string_view text)
    {
        text = trimmed(text);
        const std::size_t unit = text.rfind(' ');
        if (unit != std::string_view::npos && unit + 2 < text.size() &&
            std::all_of(text.begin() + static_cast<std::ptrdiff_t>(unit) + 1, text.end(), isAsciiLetter)) {
            text = text.substr(0, unit);
        }
        std::copy_if(text.begin(), text.end(), std::back_inserter(m_text),
                     [](char c) { return c != ' ' && c != '$' && c != kThinSpace; });
        for (std::size_t at = m_text.find("÷"); at != std::string::npos; at = m_text.find("÷")) {
            m_text.replace(at, std::string_view("÷").size(), "/");
        }
    }
    /// More than a number or a fraction, and nothing but digits and operators.
    [[nodiscard]] bool isOne() const
    {
        const std::size_t from = m_text.starts_with('-') ? 1 : 0;
        return m_text.find_first_not_of("0123456789+-*/()") == std::string::npos &&
               m_text.find_first_of("+-*", from) != std::string::npos && !scanNumbers(m_text).empty();
    }
    /// nullopt when it cannot be worked out, or is no whole number.
    Number value()
    {
        const long long result = sum(0);
        return m_isWrong || m_at < m_text.size() ? std::nullopt : Number(FinalNumber{std::to_string(result), {}});
    }

private:
    bool take(char c)
    {
        const bool isHere = m_at < m_text.size() && m_text[m_at] == c;
        m_at += isHere ? 1 : 0;
        return isHere;
    }
    long long sum(int depth)
    {
        long long result = product(depth);
        while (!m_isWrong && m_at < m_text.size() && (m_text[m_at] == '+' || m_text[m_at] == '-')) {
            const bool adds = m_text[m_at++] == '+';
            const long long next = product(depth);
            m_isWrong = (adds ? __builtin_add_overflow(result, next, &result) : __builtin_sub_overflow(result, next, &result)) ||
                        m_isWrong;
        }
        return result;
    }
    long long product(int depth)
    {
        long long result = factor(depth);
        while (!m_isWrong && m_at < m_text.size() && (m_text[m_at] == '*' || m_text[m_at] == '/')) {
            const bool multiplies = m_text[m_at++] == '*';
            const long long next = factor(depth);
            if (multiplies) {
                m_isWrong = __builtin_mul_overflow(result, next, &result) || m_isWrong;
            } else {
                m_isWrong = m_isWrong || next <= 0 || result % next != 0;
                result = m_isWrong ? 0 : result / next;
            }
        }
        return result;
    }
    long long factor(int depth)
    {
        constexpr int kDeepest = 30;
        constexpr std::size_t kMostDigits = 15;
        if (depth > kDeepest) {
            m_isWrong = true;
            return 0;
        }
        if (take('-')) {
            long long result = factor(depth + 1);
            m_isWrong = __builtin_sub_overflow(0LL, result, &result) || m_isWrong;
            return result;
        }
        if (take('(')) {
            const long long inside = sum(depth + 1);
            m_isWrong = !take(')') || m_isWrong;
            return inside;
        }
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && isAsciiDigit(m_text[m_at])) {
            ++m_at;
        }
        m_isWrong = m_isWrong || m_at == begin || m_at - begin > kMostDigits;
        return m_isWrong ? 0 : std::stoll(m_text.substr(begin, m_at - begin));
    }

    std::string m_text;
    std::size_t m_at = 0;
    bool m_isWrong = false;
};

/// What a statement says.
Number stated(std::string_view text, const Statement& statement, std::size_t end)
{
    std::string_view rest = text.substr(statement.begin, end - statement.begin);
    if (statement.isBox) {
        const std::string_view inside = rest.substr(0, rest.find(kBoxCloses));
        Calculation calculation(inside);
        return calculation.isOne() ? calculation.value() : concludedNumber(inside);
    }
    if (statement.isHashes) {
        rest = rest.substr(0, rest.find('\n'));
    }
    return statement.isHeading ? headedNumber(rest) : statedNumber(rest);
}

/// Between two statements the model has begun another task: a question, in another line, and no word of a correction.
bool isAnotherTask(const Statement& before, std::string_view between)
{
    constexpr std::ptrdiff_t kWords = 3;
    const std::string lower = lowerAscii(between);
    const bool asks = lower.find('?') != std::string::npos && lower.find('\n') != std::string::npos;
    // "####" ends a worked answer; a paragraph behind it is the next task, also when it only orders ("Find …").
    const bool isParagraph =
        before.isHashes && lower.find("\n\n") != std::string::npos && std::count(lower.begin(), lower.end(), ' ') > kWords;
    return (asks || isParagraph) && !hasAny(lower, kCorrections);
}

/// The last statement that says a number; nullopt when none does.
Number lastStated(std::string_view text)
{
    const std::vector<Statement> statements = Statements(text).all();
    Number result;
    const Statement* last = nullptr;
    for (std::size_t i = 0; i < statements.size(); ++i) {
        const std::size_t end = i + 1 < statements.size() ? statements[i + 1].at : text.size();
        if (result && isAnotherTask(*last, text.substr(last->begin, statements[i].at - last->begin))) {
            break;
        }
        // A box inside of "the answer is \boxed{42}" is the statement's own.
        const bool leadsToBox = i + 1 < statements.size() && statements[i + 1].isBox;
        if (Number number = stated(text, statements[i], end); number && !(leadsToBox && end - statements[i].begin < 4)) {
            result = std::move(number);
            last = &statements[i];
        }
    }
    return result;
}

/// What was said before a made-up task must have given a result already.
bool hasResult(std::string_view before)
{
    if (lastStated(before)) {
        return true;
    }
    const bool isApart =
        before.find("\n\n") != std::string_view::npos && trimmed(before.substr(before.rfind('\n', before.size() - 2))).empty();
    const bool hasEquation = before.find('=') != std::string_view::npos;
    return (isApart || hasEquation) && !scanNumbers(before).empty();
}

/// Whether the last box holds a calculation: the one that could not be worked out, where nothing else is stated.
bool endsInOpenBox(std::string_view text)
{
    const std::size_t box = text.rfind(kBoxOpens);
    return box != std::string_view::npos && Calculation(text.substr(box + 1, text.find(kBoxCloses, box) - box - 1)).isOne();
}

/// Whether a text is German or Spanish, by its words.
bool groupsWithPoints(std::string_view text)
{
    constexpr std::array<std::string_view, 5> kSure{"antwort", "insgesamt", "respuesta", "lautet", "ergibt"};
    constexpr std::array<std::string_view, 26> kForeign{
        "ist", "sind", "und", "das", "ein",  "eine",  "nicht", "kostet", "zusammen", "wir",     "er",   "sie",  "für",
        "mit", "man",  "es",  "una", "cada", "tiene", "por",   "que",    "cuesta",   "también", "para", "gana", "im"};
    constexpr std::array<std::string_view, 15> kAlsoEnglish{"el",  "la",  "los",  "las",   "der",   "die", "en", "von",
                                                            "hay", "pro", "euro", "euros", "total", "son", "hat"}; // and names
    constexpr std::array<std::string_view, 24> kEnglish{"the", "is",  "are",  "of",   "and",  "she",  "he",   "they",
                                                        "has", "was", "to",   "so",   "each", "with", "his",  "her",
                                                        "it",  "we",  "this", "that", "pays", "for",  "have", "answer"};
    std::set<std::string> words;
    const std::string lower = lowerAscii(text);
    for (std::size_t i = 0; i < lower.size();) {
        std::size_t end = i;
        while (end < lower.size() && (isAsciiLetter(lower[end]) || static_cast<unsigned char>(lower[end]) >= 0x80U)) {
            ++end;
        }
        words.insert(lower.substr(i, end - i));
        i = std::max(end, i + 1);
    }
    const auto countOf = [&](const auto& list) {
        return std::count_if(list.begin(), list.end(), [&](std::string_view word) { return words.count(std::string(word)) > 0; });
    };
    const auto weak = countOf(kAlsoEnglish);
    const auto strong = 2 * countOf(kSure) + countOf(kForeign);
    const auto english = countOf(kEnglish);
    constexpr int kManyWeak = 3;
    return (strong >= 1 && strong + weak >= 2 && strong + weak > english) || (weak >= kManyWeak && english == 0);
}

/// German and Spanish texts write 1080 as "1.080": there the point becomes a blank that groups, unless the text has decimal
/// points.
std::string withPlainGroups(std::string text)
{
    std::vector<std::size_t> points;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] != '.' || !isAsciiDigit(text[i - 1]) || !isAsciiDigit(text[i + 1])) {
            continue;
        }
        const std::size_t end = std::min(text.find_first_not_of("0123456789", i + 1), text.size());
        const std::size_t before = text.find_last_not_of("0123456789", i - 1);
        const std::size_t begin = before == std::string::npos ? 0 : before + 1;
        if (end - i - 1 != 3 || i - begin > 3 || text[begin] == '0') {
            const bool isDate = (end < text.size() && text[end] == '.') || (begin > 0 && text[begin - 1] == '.');
            if (!isDate && end - i - 1 != 3) {
                return text;
            }
            continue;
        }
        points.push_back(i);
    }
    if (!points.empty() && groupsWithPoints(text)) {
        for (const std::size_t point : points) {
            text[point] = kThinSpace;
        }
    }
    return text;
}

} // namespace

std::optional<FinalNumber> readFinalNumber(std::string_view answer)
{
    const std::string plain = withPlainGroups(plainMaths(spokenAnswer(answer)));
    std::string_view text = plain;
    for (const MadeUpTurn& turn : madeUpTurns(plain)) {
        const std::string_view before = text.substr(0, turn.at);
        if (turn.isSpeaker ? !scanNumbers(before).empty() : hasResult(before)) {
            text = before;
            break;
        }
    }
    if (Number number = lastStated(text)) {
        return number;
    }
    return endsInOpenBox(text) ? std::nullopt : concludedNumber(withoutRemarks(text));
}

std::optional<std::string> finalNumber(std::string_view answer)
{
    auto number = readFinalNumber(answer);
    return number ? std::optional(std::move(number->value)) : std::nullopt;
}

std::optional<std::string> canonicalNumber(std::string_view text)
{
    const std::string plain = plainMaths(text);
    const std::vector<FoundNumber> numbers = scanNumbers(plain);
    return numbers.empty() ? std::nullopt : std::optional(numbers.front().value);
}

} // namespace lori::tasks
