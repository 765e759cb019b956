// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/choice.h"

#include "core/tasks/answer_text.h"
#include "core/tasks/choice_mentions.h"
#include "core/tasks/plain_maths.h"

#include <algorithm>
#include <array>
#include <set>

namespace lori::tasks {

namespace {

using Words = std::initializer_list<std::string_view>;

bool containsAny(std::string_view text, Words words)
{
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}
bool startsWithAny(std::string_view text, Words words)
{
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.starts_with(word); });
}

/// How surely a mention is the choice.
enum Strength : int { Conceded = 0, Named = 1, Stated = 2, Declared = 3 };

/// One answer being read. All places are those of m_lower.
class ChoiceReader final {
public:
    ChoiceReader(const ChoiceOptions& options, std::string_view answer) : m_options(options)
    {
        std::string plain = plainMaths(answer);
        for (char& c : plain) { // marks of emphasis say nothing here
            const bool isMark =
                c == kBoxOpens || c == kBoxCloses || c == kThinSpace || c == kBold || c == '*' || c == '`' || c == '"';
            c = isMark ? (c == kBoxOpens ? ':' : ' ') : c;
        }
        m_text = std::move(plain);
        m_lower = lowerAscii(m_text);
        for (std::size_t at = m_lower.find("’"); at != std::string::npos; at = m_lower.find("’")) {
            m_lower.replace(at, 3, "'");
            m_text.replace(at, 3, "'");
        }
        m_mentions = labelMentions(m_text, m_lower, m_options);
    }

    /// Index of the option, kNoOption when there is none.
    std::size_t choose()
    {
        findLists();
        findTakenBack();
        std::size_t option = chooseOf(m_mentions);
        if (option == kNoOption && !m_declaresSeveral) {
            const std::vector<Mention> texts = textMentions(m_lower, m_options);
            option = chooseText(texts);
        }
        return option != kNoOption || m_declaresSeveral ? option : theOneLeft();
    }

private:
    [[nodiscard]] std::string_view lower() const { return m_lower; }

    /// What stands between a mention and the last clause boundary before it.
    [[nodiscard]] std::string_view clauseBefore(const Mention& mention) const
    {
        const std::string_view before = lower().substr(0, mention.begin);
        std::size_t begin = 0;
        for (const std::string_view mark : {".", ";", "!", "?", "\n", ",", " but ", " because ", " so ", " since ", ":"}) {
            const std::size_t at = before.rfind(mark);
            begin = at == std::string_view::npos ? begin : std::max(begin, at + mark.size());
        }
        return before.substr(begin);
    }
    [[nodiscard]] std::string_view sentenceBefore(const Mention& mention) const
    {
        const std::string_view before = lower().substr(0, mention.begin);
        const std::size_t at = before.find_last_of(".!?\n");
        return at == std::string_view::npos ? before : before.substr(at + 1);
    }
    /// The sentence before a mention, behind the option that is named before it.
    [[nodiscard]] std::string_view leadOf(const Mention& mention) const
    {
        const std::string_view sentence = sentenceBefore(mention);
        std::size_t begin = mention.begin - sentence.size();
        for (const Mention& other : m_mentions) {
            begin = other.end <= mention.begin ? std::max(begin, other.end) : begin;
        }
        return lower().substr(begin, mention.begin - begin);
    }
    /// What follows a mention in its clause; options that are joined to it ("answer1 and answer2 are wrong") are skipped.
    [[nodiscard]] std::string_view clauseAfter(std::size_t index) const
    {
        std::size_t end = m_mentions[index].end;
        for (std::size_t next = index + 1; next < m_mentions.size() && joins(index == next ? index : next - 1); ++next) {
            end = m_mentions[next].end;
        }
        std::string_view after = lower().substr(end);
        std::size_t stop = after.find_first_of(".;!?\n");
        for (const std::string_view mark : {", but ", ", so ", " but ", " because ", " since ", ", and "}) {
            stop = std::min(stop, after.find(mark));
        }
        return after.substr(0, stop);
    }

    /// Whether mention `index` and the next one are joined as a list: "/", ",", "or", "and".
    [[nodiscard]] bool joins(std::size_t index) const
    {
        if (index + 1 >= m_mentions.size()) {
            return false;
        }
        const std::string_view gap =
            trimmed(lower().substr(m_mentions[index].end, m_mentions[index + 1].begin - m_mentions[index].end));
        return gap == "/" || gap == "," || gap == "or" || gap == ", or" || gap == "and" || gap == ", and" || gap == "&" ||
               gap == "和" || gap == "或";
    }

    /// Lists of options choose none: "true/false", "answer1, answer2 or answer3", "answer1: iron answer2: steel".
    void findLists()
    {
        m_isListed.assign(m_mentions.size(), false);
        for (std::size_t begin = 0; begin < m_mentions.size();) {
            std::size_t end = begin;
            bool hasWord = false;
            while (joins(end)) {
                hasWord = hasWord ||
                          trimmed(lower().substr(m_mentions[end].end, m_mentions[end + 1].begin - m_mentions[end].end)) != ",";
                ++end;
            }
            const bool isList = end > begin && (hasWord || end - begin > 1);
            for (std::size_t i = begin; i <= end && isList; ++i) {
                m_isListed[i] = true;
            }
            begin = end + 1;
        }
        std::vector<std::size_t> described;
        std::set<std::size_t> options;
        for (std::size_t i = 0; i < m_mentions.size(); ++i) {
            const std::string_view after = lower().substr(m_mentions[i].end);
            const std::string& text = m_options.texts[m_mentions[i].option];
            const std::size_t place = after.find_first_not_of(" :.)");
            if (!text.empty() && place != std::string_view::npos && place > 0 && after.substr(place).starts_with(text) &&
                !isAnsweredNo(i)) {
                described.push_back(i);
                options.insert(m_mentions[i].option);
            }
        }
        for (const std::size_t i : described) {
            m_isListed[i] = m_isListed[i] || (options.size() > 1 && strengthOf(i) < Declared);
        }
    }

    /// "not answer1", "rather than answer1", "answer1 is wrong".
    [[nodiscard]] bool isDenied(std::size_t index) const
    {
        const Mention& mention = m_mentions[index];
        const std::string before = " " + std::string(clauseBefore(mention));
        if (m_options.isBoolean) { // a word or two may stand between: "not entirely true"
            const std::size_t denial =
                std::max({rfind(before, " not "), rfind(before, "n't "), rfind(before, " never "), rfind(before, "nothing ")});
            const std::string_view between = denial == 0 ? std::string_view() : std::string_view(before).substr(denial);
            if (before.ends_with(" hardly ") || before.ends_with(" scarcely ") || before.ends_with(" barely ") ||
                before.ends_with(" far from ") || (!m_isListed[index] && isAnsweredNo(index))) {
                return true;
            }
            return denial > 0 && std::count(between.begin(), between.end(), ' ') <= 3;
        }
        if (containsAny(before, {" not ", "n't ", "n't be", "cannot ", " never ", "rather than ", "instead of ", " unlike ",
                                 " neither ", " nor ", "rule out", "ruled out", "eliminat", "exclud", "except ", " over ",
                                 "first thought", "discard", "不是"})) {
            return true;
        }
        return isAnsweredNo(index) || deniedAfter(clauseAfter(index));
    }
    /// The place behind a mention and, where it is described ("answer3: gold"), its text.
    [[nodiscard]] std::size_t endOf(const Mention& mention) const
    {
        const std::string& text = m_options.texts[mention.option];
        const std::size_t place = std::min(lower().find_first_not_of(" :.)(-", mention.end), m_lower.size());
        return !text.empty() && place > mention.end && lower().substr(place).starts_with(text) ? place + text.size()
                                                                                               : mention.end;
    }
    /// "answer1? No.", and of what is no truth value "answer1: no", "answer1 - no"; `end` becomes the place behind the "no".
    [[nodiscard]] bool isAnsweredNo(std::size_t index, std::size_t* end = nullptr) const
    {
        const std::string_view after = lower().substr(endOf(m_mentions[index]));
        const std::size_t mark = std::min(after.find_first_not_of(' '), after.size());
        const std::string_view marks = m_options.isBoolean ? "? \n" : "?:- ";
        const std::size_t place = std::min(after.find_first_not_of(marks, mark), after.size());
        const bool isAsked = place > mark && (!m_options.isBoolean || after[mark] == '?');
        const std::string_view rest = after.substr(place);
        for (const std::string_view word : {"nope", "no", "not really", "not quite", "hardly"}) {
            if (isAsked && rest.starts_with(word) &&
                (rest.size() == word.size() || std::string_view(".,;:!\n").find(rest[word.size()]) != std::string_view::npos)) {
                if (end != nullptr) {
                    *end = m_lower.size() - rest.size() + word.size();
                }
                return true;
            }
        }
        return false;
    }

    /// Whether nothing more is said of the mention: it stands at the end of its clause, or is called right.
    [[nodiscard]] bool concludes(std::size_t index) const
    {
        const std::string_view after = trimmed(lower().substr(endOf(m_mentions[index])));
        return after.empty() || std::string_view(".;!)").find(after.front()) != std::string_view::npos ||
               lower().substr(endOf(m_mentions[index])).starts_with("\n") ||
               startsWithAny(after, {"is correct", "is right", "is the ", "fits", "because", "since", ", not ", ", because",
                                     ", since", ", as ", ", so "});
    }
    /// Takes one of `words` from the end of a text, with the marks and blanks behind it.
    static bool cut(std::string_view& text, Words words)
    {
        const std::string_view bare = text.substr(0, text.find_last_not_of(" ,:;.!-\n") + 1);
        for (const std::string_view word : words) {
            if (bare.ends_with(word) && (bare.size() == word.size() || !isAsciiLetter(bare[bare.size() - word.size() - 1])) &&
                !(bare.size() > word.size() && bare[bare.size() - word.size() - 1] == '\'')) {
                text = bare.substr(0, bare.size() - word.size());
                return true;
            }
        }
        return false;
    }
    static bool cutLead(std::string_view& text)
    {
        return cut(text, {"it's",
                          "it is",
                          "that's",
                          "it must be",
                          "it should be",
                          "it would be",
                          "correct answer is",
                          "answer is",
                          "right answer is",
                          "answer should be",
                          "answer must be",
                          "option is",
                          "i'd say",
                          "i would say",
                          "i choose",
                          "i pick",
                          "i'll go with",
                          "i'd go with",
                          "i think",
                          "the",
                          "must be"});
    }
    /// "Wait, no: answer2", "Actually, it's answer2": takes back what was said before.
    [[nodiscard]] bool corrects(std::size_t index) const
    {
        std::string_view before = lower().substr(0, m_mentions[index].begin);
        int words = 0;
        while (cutLead(before)) {
        }
        while (cut(before, {"wait", "no", "nope", "actually", "hmm", "hm", "oops", "sorry", "scratch that", "correction",
                            "i mean", "or rather", "on second thought", "on second thoughts", "so"})) {
            words += trimmed(lower().substr(before.size(), 3)) == "so" ? 0 : 1;
            while (cutLead(before)) {
            }
        }
        const std::string_view said = trimmed(before);
        const bool isApart = said.empty() || !(isAsciiLetter(said.back()) || isAsciiDigit(said.back()) || said.back() == '\'') ||
                             before.ends_with('\n') || (index > 0 && m_mentions[index - 1].end == said.size());
        return words > 0 && isApart && concludes(index);
    }
    /// "answer1 is tempting but answer2": a plain name behind "but" is what remains.
    [[nodiscard]] bool prevails(std::size_t index) const
    {
        std::string_view before = lower().substr(0, m_mentions[index].begin);
        while (cutLead(before)) {
        }
        return cut(before, {"but"}) && !cut(before, {"anything", "nothing", "any", "all", "everything"}) && concludes(index);
    }
    /// Marks the mentions that later ones take back.
    void findTakenBack()
    {
        m_isTakenBack.assign(m_mentions.size(), false);
        for (std::size_t i = 0; i < m_mentions.size(); ++i) {
            m_chosen.push_back(chosenBy(i));
            m_strengths.push_back(strengthOf(i));
        }
        for (std::size_t i = 0; i < m_mentions.size(); ++i) {
            std::size_t end = 0;
            if (m_options.isBoolean && !m_isListed[i] && isAnsweredNo(i, &end) && i + 1 < m_mentions.size() &&
                m_mentions[i + 1].end <= end) {
                m_isTakenBack[i + 1] = true; // the "no" of "false? No." says nothing more
            }
            const std::size_t option = m_chosen[i];
            const bool isCorrection = option != kNoOption && corrects(i);
            const bool remains = option != kNoOption && !isCorrection && !m_options.isBoolean && prevails(i);
            const std::size_t sentence = m_mentions[i].begin - sentenceBefore(m_mentions[i]).size();
            for (std::size_t earlier = 0; earlier < i; ++earlier) {
                const bool yields =
                    isCorrection || (remains && m_mentions[earlier].begin >= sentence && m_strengths[earlier] <= Named);
                m_isTakenBack[earlier] = m_isTakenBack[earlier] || (yields && m_chosen[earlier] != option);
            }
        }
    }
    static std::size_t rfind(const std::string& text, std::string_view word)
    {
        const std::size_t at = text.rfind(word);
        return at == std::string::npos ? 0 : at + word.size();
    }
    static bool deniedAfter(std::string_view after)
    {
        return containsAny(after, {" wrong",        "incorrect",      "not correct",   "not right",       "isn't right",
                                   "isn't correct", "ruled out",      "no sense",      "unlikely",        " is false",
                                   "is no ",        "not the ",       "does not fit",  "doesn't fit",     "do not fit",
                                   "does not work", "doesn't work",   "does not make", "doesn't make",    "does not match",
                                   "doesn't match", "does not apply", "doesn't apply", "does not answer", "cannot be",
                                   "can't be",      "be eliminated",  "is eliminated", "takes too long",  "won't work",
                                   "will not work", "won't fit",      "will not fit",  "won't help",      "will not help",
                                   "cannot work",   "can't work",     "won't make",    "will not make",   "won't be right",
                                   "won't be cor"}) ||
               after == " won't do" || after == " will not do" ||
               startsWithAny(after, {" is not", " isn't", " are not", " aren't", " was not", " would not", " wouldn't"});
    }

    [[nodiscard]] int strengthOf(std::size_t index) const
    {
        const Mention& mention = m_mentions[index];
        return strength(mention, clauseAfter(index));
    }
    [[nodiscard]] int strength(const Mention& mention, std::string_view after) const
    {
        const std::string before = " " + std::string(leadOf(mention));
        for (const std::string_view mark :
             {"correct answer is", "correct option is", "correct choice is", "correct solution is", "correct ending is",
              "right answer is", "correct one is", "correct answer would be", "correct answer should be",
              "correct answer must be", "correct answer:", "correct:", "correct answer", "正确答案是", "正确答案"}) {
            if (isNear(before, mark)) {
                return Declared;
            }
        }
        if (startsWithAny(after, {" is the correct", " is the right answer"})) {
            return Declared;
        }
        for (const std::string_view mark :
             {"answer is", "answer:", "answer would be", "answer must be", "ans:", "option is", "choice is", " one is",
              "solution is", "i choose", "i pick", "i select", " pick", "go with", "must be", "prefer", "####", "答案是", "选"}) {
            if (isNear(before, mark)) {
                return Stated;
            }
        }
        const std::size_t so = std::max({rfind(before, " so "), rfind(before, " so, "), rfind(before, "therefore"),
                                         rfind(before, " thus"), rfind(before, " hence"), rfind(before, " only ")});
        if (so > 0 && before.find(',', so + 1) == std::string::npos) {
            return Stated;
        }
        if (startsWithAny(after,
                          {" is correct", " is right", " is the best", " is the better", " is better", " is best", " is the only",
                           " makes the most sense", " is the most", " fits", " is the answer", " is true"}) ||
            after == " is") {
            return Stated;
        }
        const bool isConceded =
            startsWithAny(after, {" that ", " to say", " if ", " friends"}) || before.find("thought") != std::string::npos;
        return isConceded ? Conceded : Named;
    }
    /// A marker with at most three words between it and the mention.
    static bool isNear(std::string_view before, std::string_view mark)
    {
        const std::size_t at = before.rfind(mark);
        if (at == std::string_view::npos) {
            return false;
        }
        const std::string_view between = before.substr(at + mark.size());
        return std::count(between.begin(), between.end(), ' ') <= 4 && between.find(',') == std::string_view::npos;
    }

    /// What mention `index` chooses: itself, the other of true and false when denied, kNoOption when ruled out or in a list.
    std::size_t chosenBy(std::size_t index)
    {
        const Mention& mention = m_mentions[index];
        if (!isDenied(index)) {
            const bool isPair = containsAny(clauseBefore(mention), {"both ", "either ", "between "});
            return m_isListed[index] || isPair ? kNoOption : mention.option;
        }
        if (m_options.isBoolean) {
            return m_isListed[index] ? kNoOption : 1 - mention.option;
        }
        m_ruledOut.insert(mention.option);
        return kNoOption;
    }

    std::size_t chooseOf(const std::vector<Mention>& mentions)
    {
        std::size_t best = kNoOption;
        int bestStrength = -1;
        for (std::size_t i = 0; i < mentions.size(); ++i) {
            const std::size_t option = m_chosen[i];
            if (m_isTakenBack[i]) {
                continue;
            }
            const int strength = m_strengths[i];
            if (m_isListed[i] && strength >= Stated && !isDenied(i)) {
                m_declaresSeveral = m_declaresSeveral || strength == Declared; // "the correct answer is answer1 or answer3"
            }
            // Of statements the last counts, of mere names the first.
            if (option != kNoOption && (strength > bestStrength || (strength == bestStrength && strength >= Stated))) {
                best = option;
                bestStrength = strength;
                m_declaresSeveral = m_declaresSeveral && strength < Declared;
            }
        }
        return m_declaresSeveral ? kNoOption : best;
    }

    /// By the options' texts: the one that is stated, else the only one that is there.
    std::size_t chooseText(const std::vector<Mention>& mentions) const
    {
        std::set<std::size_t> named;
        std::size_t stated = kNoOption;
        for (const Mention& mention : mentions) {
            const bool isLabelled = std::any_of(m_mentions.begin(), m_mentions.end(), [&](const Mention& label) {
                return label.end <= mention.begin && mention.begin - label.end <= 3;
            });
            const std::string_view before = clauseBefore(mention);
            if (isLabelled || before.ends_with("not ") || before.ends_with("n't ") || before.ends_with("not a ") ||
                deniedAfter(restOfClause(mention))) {
                continue;
            }
            named.insert(mention.option);
            if (strength(mention, restOfClause(mention)) >= Stated) {
                stated = mention.option;
            }
        }
        return stated != kNoOption ? stated : named.size() == 1 ? *named.begin() : kNoOption;
    }
    [[nodiscard]] std::string_view restOfClause(const Mention& mention) const
    {
        const std::string_view after = lower().substr(mention.end);
        return after.substr(0, after.find_first_of(".,;!?\n"));
    }

    /// All but one are ruled out.
    [[nodiscard]] std::size_t theOneLeft() const
    {
        if (m_ruledOut.size() + 1 != m_options.labels.size()) {
            return kNoOption;
        }
        std::size_t left = 0;
        while (m_ruledOut.count(left) > 0) {
            ++left;
        }
        return left;
    }

    const ChoiceOptions& m_options;
    std::string m_text;
    std::string m_lower;
    std::vector<Mention> m_mentions;
    std::vector<bool> m_isListed;
    std::vector<bool> m_isTakenBack;
    std::vector<std::size_t> m_chosen; ///< by each mention alone
    std::vector<int> m_strengths;
    std::set<std::size_t> m_ruledOut;
    bool m_declaresSeveral = false;
};

} // namespace

std::string chosenOption(const std::vector<std::string>& options, std::string_view question, std::string_view answer)
{
    const ChoiceOptions known = readOptions(options, question);
    const std::string text = spokenAnswer(answer);
    const auto choose = [&](std::string_view part) {
        return ChoiceReader(known, part).choose();
    };
    const std::string_view own = ownTurn(text, [&](std::string_view before) { return choose(before) != kNoOption; });
    const std::size_t option = choose(own);
    return option == kNoOption ? std::string() : options[option];
}

} // namespace lori::tasks
