// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/final_number.h"

#include "core/tasks/answer_text.h"
#include "core/tasks/conclusion.h"
#include "core/tasks/number_scanner.h"
#include "core/tasks/plain_maths.h"

#include <algorithm>
#include <array>
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

/// What a statement says.
Number stated(std::string_view text, const Statement& statement, std::size_t end)
{
    std::string_view rest = text.substr(statement.begin, end - statement.begin);
    if (statement.isBox) {
        return concludedNumber(rest.substr(0, rest.find(kBoxCloses)));
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

} // namespace

std::optional<FinalNumber> readFinalNumber(std::string_view answer)
{
    const std::string plain = plainMaths(spokenAnswer(answer));
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
    return concludedNumber(withoutRemarks(text));
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
