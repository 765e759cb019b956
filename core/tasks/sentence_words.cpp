// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/sentence_words.h"

#include "core/tasks/answer_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lori::tasks {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// One spelling for each, so that patterns need each phrase once.
constexpr std::array<Pair, 47> kContractions{{
    {"can't", "cannot"},    {"cant", "cannot"},        {"won't", "will not"},     {"wont", "will not"},
    {"don't", "do not"},    {"dont", "do not"},        {"doesn't", "does not"},   {"didn't", "did not"},
    {"isn't", "is not"},    {"wouldn't", "would not"}, {"couldn't", "could not"}, {"shouldn't", "should not"},
    {"aren't", "are not"},  {"wasn't", "was not"},     {"mustn't", "must not"},   {"i'm", "i am"},
    {"im", "i am"},         {"i'd", "i would"},        {"i'll", "i will"},        {"i've", "i have"},
    {"it's", "it is"},      {"that's", "that is"},     {"there's", "there is"},   {"you're", "you are"},
    {"we're", "we are"},    {"what's", "what is"},     {"let's", "let us"},       {"here's", "here is"},
    {"we'll", "we will"},   {"you'll", "you will"},    {"haven't", "have not"},   {"they're", "they are"},
    {"ain't", "am not"},    {"hasn't", "has not"},     {"weren't", "were not"},   {"shan't", "will not"},
    {"gonna", "going to"},  {"wanna", "want to"},      {"gotta", "have to"},      {"one's", "one is"},
    {"you've", "you have"}, {"we've", "we have"},      {"we'd", "we would"},      {"you'd", "you would"},
    {"he's", "he is"},      {"she's", "she is"},       {"who's", "who is"},
}};

/// Letters with marks, capitals among them, and what they are compared as.
constexpr std::array<Pair, 46> kLetters{{
    {"ä", "a"},  {"Ä", "a"}, {"ö", "o"}, {"Ö", "o"}, {"ü", "u"}, {"Ü", "u"}, {"ß", "ss"}, {"é", "e"}, {"É", "e"},  {"è", "e"},
    {"È", "e"},  {"ê", "e"}, {"Ê", "e"}, {"ë", "e"}, {"à", "a"}, {"À", "a"}, {"â", "a"},  {"á", "a"}, {"Á", "a"},  {"ã", "a"},
    {"î", "i"},  {"ï", "i"}, {"í", "i"}, {"Í", "i"}, {"ì", "i"}, {"ô", "o"}, {"ó", "o"},  {"Ó", "o"}, {"ò", "o"},  {"õ", "o"},
    {"û", "u"},  {"ù", "u"}, {"ú", "u"}, {"Ú", "u"}, {"ñ", "n"}, {"Ñ", "n"}, {"ç", "c"},  {"Ç", "c"}, {"œ", "oe"}, {"Œ", "oe"},
    {"æ", "ae"}, {"ÿ", "y"}, {"’", "'"}, {"‘", "'"}, {"`", "'"}, {"ʼ", "'"},
}};

/// Traditional characters of refusals and their simplified forms.
constexpr std::array<Pair, 48> kSimplified{{
    {"無", "无"}, {"對", "对"}, {"幫", "帮"}, {"這", "这"}, {"個", "个"}, {"問", "问"}, {"題", "题"}, {"說", "说"},
    {"為", "为"}, {"們", "们"}, {"違", "违"}, {"請", "请"}, {"協", "协"}, {"資", "资"}, {"訊", "讯"}, {"絕", "绝"},
    {"難", "难"}, {"從", "从"}, {"關", "关"}, {"據", "据"}, {"應", "应"}, {"當", "当"}, {"還", "还"}, {"沒", "没"},
    {"會", "会"}, {"給", "给"}, {"寫", "写"}, {"讓", "让"}, {"開", "开"}, {"話", "话"}, {"談", "谈"}, {"決", "决"},
    {"權", "权"}, {"傷", "伤"}, {"與", "与"}, {"參", "参"}, {"創", "创"}, {"內", "内"}, {"準", "准"}, {"則", "则"},
    {"辦", "办"}, {"進", "进"}, {"繼", "继"}, {"續", "续"}, {"樣", "样"}, {"麼", "么"}, {"換", "换"}, {"規", "规"},
}};

constexpr std::array<std::string_view, 6> kStops{"。", "！", "？", "；", "…", "．"};
constexpr std::array<Pair, 7> kQuotes{{{"\"", "\""}, {"“", "”"}, {"„", "“"}, {"«", "»"}, {"「", "」"}, {"『", "』"}, {"„", "”"}}};

std::size_t characterLength(unsigned char first)
{
    return first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : first >= 0xC0U ? 2 : 1;
}

/// U+4E00 … U+9FFF.
bool isChinese(std::string_view character)
{
    return character.size() == 3 && static_cast<unsigned char>(character[0]) >= 0xE4U &&
           static_cast<unsigned char>(character[0]) <= 0xE9U;
}

template <std::size_t N>
const std::string_view* find(const std::array<Pair, N>& list, std::string_view key)
{
    const auto it = std::find_if(list.begin(), list.end(), [&](const Pair& entry) { return entry.first == key; });
    return it == list.end() ? nullptr : &it->second;
}

class Splitter final {
public:
    std::vector<Sentence> read(std::string_view text)
    {
        for (std::size_t at = 0; at < text.size();) {
            const std::string_view character = text.substr(at, characterLength(static_cast<unsigned char>(text[at])));
            take(character, at, text);
            at += character.size();
        }
        endSentence(text.size());
        return std::move(m_sentences);
    }

private:
    void take(std::string_view character, std::size_t at, std::string_view text)
    {
        const char c = character.front();
        const char next = at + 1 < text.size() ? text[at + 1] : ' ';
        if (character.size() == 1 && (isAsciiLetter(c) || isAsciiDigit(c) || c == '\'') && c != '_') {
            begin(at);
            m_word += lowerAscii(character);
        } else if (c == '\n' ||
                   ((c == '.' || c == '!' || c == '?' || c == ';') &&
                    (next == ' ' || next == '\n' || next == '"' || next == '*' || c != '.' || at + 1 == text.size()))) {
            endSentence(at + 1);
        } else if (std::find(kStops.begin(), kStops.end(), character) != kStops.end()) {
            endSentence(at + character.size());
        } else if (const std::string_view* plain = find(kLetters, character == "`" ? std::string_view() : character)) {
            begin(at);
            m_word += *plain;
        } else if (isChinese(character)) {
            endWord();
            begin(at);
            const std::string_view* simple = find(kSimplified, character);
            m_now.words.emplace_back(simple != nullptr ? *simple : character);
        } else if (character == "，" || character == "、") {
            endWord();
            m_now.words.emplace_back(",");
        } else {
            endWord();
        }
    }
    void begin(std::size_t at)
    {
        if (m_now.words.empty() && m_word.empty()) {
            m_now.begin = at;
        }
    }
    void endWord()
    {
        const std::string_view* plain = find(kContractions, m_word);
        const std::string word = plain != nullptr ? std::string(*plain) : m_word;
        m_word.clear();
        std::string part; // "d'aider" and "will not" are two words each
        for (const char c : word + " ") {
            if (c != ' ' && c != '\'') {
                part += c;
            } else if (!part.empty()) {
                m_now.words.push_back(std::move(part));
                part.clear();
            }
        }
    }
    void endSentence(std::size_t)
    {
        endWord();
        std::vector<std::string>& words = m_now.words;
        for (std::size_t i = 0; i + 1 < words.size(); ++i) {
            if (words[i] == "can" && words[i + 1] == "not") {
                words[i] = "cannot";
                words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            }
        }
        if (words.size() == 1 && words.front().size() <= 2 &&
            isAsciiDigit(words.front().front())) { // "1." stands before its item
            m_itemFollows = true;
            words.clear();
            return;
        }
        if (!words.empty()) {
            m_now.isListItem = m_itemFollows;
            m_itemFollows = false;
            m_sentences.push_back(std::move(m_now));
        }
        m_now = {};
    }

    std::vector<Sentence> m_sentences;
    Sentence m_now;
    std::string m_word;
    bool m_itemFollows = false;
};

std::size_t wordCount(std::string_view text)
{
    std::size_t count = 0;
    for (const Sentence& sentence : sentencesOfWords(text)) {
        count += sentence.words.size();
    }
    return count;
}

} // namespace

std::vector<Sentence> sentencesOfWords(std::string_view text)
{
    return Splitter().read(text);
}

std::string withoutQuotations(std::string_view text)
{
    constexpr std::size_t kOutside = 2;
    std::string outside(text);
    for (const auto& [open, close] : kQuotes) {
        for (std::size_t begin = outside.find(open); begin != std::string::npos; begin = outside.find(open, begin)) {
            const std::size_t end = outside.find(close, begin + open.size());
            if (end == std::string::npos) {
                break;
            }
            const std::string_view inside = std::string_view(outside).substr(begin + open.size(), end - begin - open.size());
            if (wordCount(inside) < 2) { // a word that is named, not speech
                begin = end + close.size();
                continue;
            }
            outside.replace(begin, end + close.size() - begin, " | ");
        }
    }
    return wordCount(outside) >= kOutside ? outside : std::string(text);
}

} // namespace lori::tasks
