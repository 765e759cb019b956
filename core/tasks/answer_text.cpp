// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/answer_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lori::tasks {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 10> kThinking{{{"<think>", "</think>"},
                                          {"<thinking>", "</thinking>"},
                                          {"<thought>", "</thought>"},
                                          {"<reasoning>", "</reasoning>"},
                                          {"<scratchpad>", "</scratchpad>"},
                                          {"<seed:think>", "</seed:think>"},
                                          {"[think]", "[/think]"},
                                          {"<|begin_of_thought|>", "<|end_of_thought|>"},
                                          {"◁think▷", "◁/think▷"},
                                          {"<|channel|>analysis<|message|>", "<|end|>"}}};
constexpr std::array<std::string_view, 14> kTurnMarks{
    "<|im_end|>", "<|im_start|>",  "<|eot_id|>",      "<|start_header_id|>", "<|end|>",       "<|user|>", "<|endoftext|>",
    "</s>",       "<end_of_turn>", "<start_of_turn>", "<|end_of_text|>",     "<|assistant|>", "[inst]",   "<|return|>"};
constexpr std::string_view kBlank = " \t\r\n\f\v";

void dropThinking(std::string& text)
{
    for (const auto& [open, close] : kThinking) {
        for (std::string lower = lowerAscii(text);; lower = lowerAscii(text)) {
            const std::size_t begin = lower.find(open);
            const std::size_t end = lower.find(close);
            if (begin == std::string::npos && end == std::string::npos) {
                break;
            }
            if (close == "<|end|>" && begin == std::string::npos) {
                break; // only gpt-oss closes thinking with what ends every turn
            }
            if (end == std::string::npos) {
                text.erase(begin); // cut inside
            } else if (begin < end) {
                text.erase(begin, end + close.size() - begin);
            } else {
                text.erase(0, end + close.size()); // the prompt opened it
            }
        }
    }
    constexpr std::string_view kFinalChannel = "assistantfinal"; // gpt-oss without its special tokens
    if (const std::size_t at = text.find(kFinalChannel); text.starts_with("analysis") && at != std::string::npos) {
        text.erase(0, at + kFinalChannel.size());
    }
}

void keepWrappedAnswer(std::string& text)
{
    constexpr Pair kWrapped{"<answer>", "</answer>"};
    const std::string lower = lowerAscii(text);
    const std::size_t begin = lower.rfind(kWrapped.first);
    if (begin == std::string::npos) {
        return;
    }
    const std::size_t inside = begin + kWrapped.first.size();
    const std::size_t end = std::min(lower.find(kWrapped.second, inside), lower.size());
    if (!trimmed(std::string_view(text).substr(inside, end - inside)).empty()) {
        text = text.substr(inside, end - inside);
    }
}

void cutAtTurnMark(std::string& text)
{
    const std::string lower = lowerAscii(text);
    const std::size_t first = lower.find_first_not_of(kBlank);
    std::size_t end = text.size();
    for (const std::string_view mark : kTurnMarks) {
        if (const std::size_t at = lower.find(mark); at != std::string::npos && at > first) {
            end = std::min(end, at);
        }
    }
    text.resize(end);
}

std::string_view withoutMarkup(std::string_view line)
{
    const std::size_t first = line.find_first_not_of(" \t*#>_-\x04");
    return first == std::string_view::npos ? std::string_view() : line.substr(first);
}

template <std::size_t N>
bool startsWithAny(std::string_view text, const std::array<std::string_view, N>& words)
{
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.starts_with(word); });
}

/// Takes one of `words` off the front when a word ends there.
template <std::size_t N>
bool takeWord(std::string_view& text, const std::array<std::string_view, N>& words)
{
    for (const std::string_view word : words) {
        if (text.starts_with(word) && (text.size() == word.size() || !isAsciiLetter(text[word.size()]))) {
            text.remove_prefix(word.size());
            return true;
        }
    }
    return false;
}

bool isSpeakerLine(std::string_view line)
{
    constexpr std::array<std::string_view, 18> kSpeakers{"user:",
                                                         "user :",
                                                         "human:",
                                                         "student:",
                                                         "customer:",
                                                         "person:",
                                                         "instruction:",
                                                         "instruction\n",
                                                         "### instruction",
                                                         "input:",
                                                         "instructor:",
                                                         "interviewer:",
                                                         "you are a ",
                                                         "用户：",
                                                         "用户:",
                                                         "问：",
                                                         "below is an instruction",
                                                         "benutzer:"};
    constexpr std::array<std::string_view, 12> kOpenings{"here is another question",
                                                         "here's another question",
                                                         "here is another problem",
                                                         "here's another problem",
                                                         "here is another example",
                                                         "here's another example",
                                                         "now try this",
                                                         "let's try another",
                                                         "let us try another",
                                                         "let's do another",
                                                         "read the passage and answer",
                                                         "please choose the correct"};
    return startsWithAny(line, kSpeakers) || startsWithAny(line, kOpenings);
}

/// "Question:", "Problem 2", "Next question:", "Q3." – a heading for a task; an answer may open its own work with one.
bool isTaskHeading(std::string_view line)
{
    constexpr std::array<std::string_view, 16> kWhich{"next",      "new",      "another", "similar", "practice", "bonus",
                                                      "follow-up", "followup", "extra",   "second",  "related",  "a new",
                                                      "one more",  "more",     "final",   "third"};
    constexpr std::array<std::string_view, 17> kTasks{"question", "problem",   "exercise", "puzzle",   "riddle",   "q",
                                                      "query",    "frage",     "aufgabe",  "pregunta", "problema", "problème",
                                                      "exercice", "ejercicio", "question", "example",  "task"};
    constexpr std::array<std::string_view, 6> kChinese{"问题：", "问题:", "题目：", "题目:", "下一题", "新问题"};
    if (startsWithAny(line, kChinese)) {
        return true;
    }
    const bool isAnother = takeWord(line, kWhich);
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    const std::string_view atNoun = line;
    if (!takeWord(line, kTasks)) {
        return false;
    }
    const bool mayBeAsked = atNoun.starts_with("example") || atNoun.starts_with("task"); // an answer gives examples, too
    std::size_t at = std::min(line.find_first_not_of(" *#\x04"), line.size());
    const std::size_t digits = at;
    while (at < line.size() && isAsciiDigit(line[at])) {
        ++at;
    }
    const bool isNumbered = at > digits;
    at = std::min(line.find_first_not_of(" *_\x04", at), line.size());
    const bool isHeading =
        at == line.size() || line[at] == ':' || ((isNumbered || isAnother) && (line[at] == '.' || line[at] == ')'));
    return isHeading && (!mayBeAsked || isNumbered || isAnother);
}

} // namespace

std::string lowerAscii(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

bool isAsciiDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isAsciiLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(kBlank);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string spokenAnswer(std::string_view answer)
{
    std::string text(answer);
    dropThinking(text);
    keepWrappedAnswer(text);
    cutAtTurnMark(text);
    return text;
}

std::vector<MadeUpTurn> madeUpTurns(std::string_view text)
{
    std::vector<MadeUpTurn> turns;
    const std::string lower = lowerAscii(text);
    for (std::size_t at = lower.find('\n'); at != std::string::npos; at = lower.find('\n', at + 1)) {
        const std::size_t end = std::min(lower.find('\n', at + 1), lower.size());
        const std::string_view line = withoutMarkup(std::string_view(lower).substr(at + 1, end - at - 1));
        const bool isSpeaker = isSpeakerLine(line);
        if (isSpeaker || isTaskHeading(line)) {
            turns.push_back({at + 1, isSpeaker});
        }
    }
    return turns;
}

std::string_view ownTurn(std::string_view text, const std::function<bool(std::string_view before)>& answers)
{
    for (const MadeUpTurn& turn : madeUpTurns(text)) {
        if (answers(text.substr(0, turn.at))) {
            return text.substr(0, turn.at);
        }
    }
    return text;
}

} // namespace lori::tasks
