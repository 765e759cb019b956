// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/conversation.h"

#include "core/tasks/ascii_text.h"
#include "core/tasks/json_text.h"
#include "core/tasks/shown_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace lori::tasks {

namespace {

using nlohmann::json;

constexpr std::array<std::pair<std::string_view, std::string_view>, 21> kRoles{{
    {"user", "user"},         {"human", "user"},          {"prompter", "user"},
    {"question", "user"},     {"assistant", "assistant"}, {"gpt", "assistant"},
    {"chatgpt", "assistant"}, {"model", "assistant"},     {"bot", "assistant"},
    {"ai", "assistant"},      {"chatbot", "assistant"},   {"answer", "assistant"},
    {"system", "system"},     {"developer", "developer"}, {"tool", "tool"},
    {"function", "tool"},     {"function_call", "tool"},  {"function_response", "tool"},
    {"observation", "tool"},  {"ipython", "tool"},        {"tool_call", "tool"},
}};

std::string roleOf(const std::string& name)
{
    const std::string wanted = lower(name);
    const auto it = std::find_if(kRoles.begin(), kRoles.end(), [&](const auto& role) { return role.first == wanted; });
    return it == kRoles.end() ? std::string() : std::string(it->second);
}

/// Whether a field says nothing: null, false, an empty text, list or object.
bool saysNothing(const json& value)
{
    return value.is_null() || (value.is_boolean() && !value.get<bool>()) || (value.is_structured() && value.empty()) ||
           (value.is_string() && value.get_ref<const std::string&>().empty());
}

/// Fields by which sets mark an answer that is context only, when they are off.
constexpr std::array<std::string_view, 9> kLearnMarks{"weight",     "train", "training", "trainable", "train_on_turn",
                                                      "train_turn", "learn", "loss",     "loss_mask"};

bool isOff(const json& value)
{
    if (value.is_string()) {
        std::string word = value.get<std::string>();
        std::transform(word.begin(), word.end(), word.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return word == "0" || word == "0.0" || word == "false" || word == "no" || word == "off";
    }
    return (value.is_boolean() && !value.get<bool>()) || (value.is_number() && value.get<double>() == 0);
}

std::string turnName(std::size_t number)
{
    return "turn " + std::to_string(number);
}

} // namespace

void Conversation::fail(std::string problem)
{
    if (m_problem.empty()) {
        m_problem = std::move(problem);
    }
}

std::string Conversation::contentOf(const json& content, std::size_t number)
{
    if (content.is_string()) {
        return content.get<std::string>();
    }
    if (content.is_null()) {
        return {}; // an empty turn, unless a field beside it says why
    }
    if (!content.is_array()) {
        fail(turnName(number) + " has no text, but " + content.type_name());
        return {};
    }
    // Parts are joined by a line feed, as servers do for models that read text only, so that what is learned is what is served.
    if (content.size() > 1) {
        note("content_parts", "turns in several parts are joined by line feeds, as servers do");
    }
    std::string text;
    for (const json& part : content) {
        if (part.is_string()) {
            text += (text.empty() ? "" : "\n") + part.get<std::string>();
            continue;
        }
        const auto type = part.is_object() ? part.find("type") : part.end();
        const auto value = part.is_object() ? part.find("text") : part.end();
        const bool isText = part.is_object() && value != part.end() && value->is_string() &&
                            (type == part.end() || (type->is_string() && type->get_ref<const std::string&>().ends_with("text")));
        if (!isText) {
            const std::string kind =
                part.is_object() && type != part.end() && type->is_string() ? type->get<std::string>() : part.type_name();
            fail(turnName(number) + " holds a part of type \"" + shown(kind) + "\"; only text can be trained on");
            return {};
        }
        text += (text.empty() ? "" : "\n") + value->get<std::string>();
    }
    return text;
}

void Conversation::checkFields(const json& turn, const std::string& role, std::size_t number)
{
    const bool isAnswer = role == "assistant";
    for (const auto& [name, value] : turn.items()) {
        const bool isMark = std::find(kLearnMarks.begin(), kLearnMarks.end(), name) != kLearnMarks.end();
        if (isMark && isAnswer && isOff(value)) {
            fail(turnName(number) + " is an answer that is marked as not to be learned (\"" + name +
                 "\"); leave the row out, or take the mark away");
        } else if (name == "mask" && isAnswer && !value.is_null()) {
            fail(turnName(number) + " is marked with \"mask\", by which some sets mean what is learned and others what is not; "
                                    "call the field \"train\", true or false");
        }
        if (name == "role" || name == "content" || name == "from" || name == "value" || saysNothing(value)) {
            continue;
        }
        if (name == "tool_calls" || name == "function_call" || name == "tool_call_id") {
            fail(turnName(number) + " holds \"" + name + "\"; conversations with tools cannot be trained on");
        } else if (!isMark && name != "mask") {
            note("turn_field_" + name, "the field \"" + shown(name) + "\" of a turn is not used");
        }
    }
}

void Conversation::addTurn(const json& turn, std::size_t number)
{
    if (!turn.is_object()) {
        return fail("must be a list of turns {role, content} or {from, value}; " + turnName(number) + " is " + turn.type_name());
    }
    const auto field = [&](const char* first, const char* second) {
        const auto it = turn.find(first);
        return it != turn.end() ? it : turn.find(second);
    };
    const auto role = field("role", "from");
    auto content = field("content", "value");
    if (content == turn.end()) {
        content = turn.find("text");
    }
    if (role == turn.end() || !role->is_string()) {
        return fail(turnName(number) + " has no role (\"role\" or \"from\")");
    }
    if (content == turn.end()) {
        return fail(turnName(number) + " has no text (\"content\" or \"value\")");
    }
    const std::string& name = role->get_ref<const std::string&>();
    const std::string known = roleOf(name);
    if (known.empty()) {
        return fail(turnName(number) + " has the unknown role \"" + shown(name) + "\"; known are system, user and assistant");
    }
    if (known == "tool") {
        return fail(turnName(number) + " has the role \"" + name + "\"; conversations with tools cannot be trained on");
    }
    checkFields(turn, known, number);
    const std::string text = contentOf(*content, number);
    if (known == "developer") {
        note("developer_turn", "the turn of role \"developer\" is used as the system turn");
    }
    add(known == "developer" ? "system" : known, text);
}

void Conversation::add(const std::string& role, const std::string& content)
{
    if (role == "system" && isBlank(content)) {
        return; // many sets carry an empty system text in every row
    }
    m_turns.push_back({role, content});
}

void Conversation::addList(const json& list)
{
    if (list.is_string()) {
        const std::string& text = list.get_ref<const std::string&>();
        if (isBlank(text)) {
            return;
        }
        const ParsedJson parsed = parseJson(text);
        if (!parsed.problem.empty() || !parsed.value.is_array()) {
            return fail("must be a list of turns, is text that is no JSON list; pandas writes lists into CSV as Python prints "
                        "them: write "
                        "JSON lines instead");
        }
        return addList(parsed.value);
    }
    if (list.is_null()) {
        return;
    }
    if (!list.is_array()) {
        return fail(std::string("must be a list of turns {role, content} or {from, value}, is ") + list.type_name());
    }
    std::size_t number = 0;
    for (const json& turn : list) {
        addTurn(turn, ++number);
    }
}

void Conversation::addHistory(const json& history)
{
    if (history.is_string() && !isBlank(history.get_ref<const std::string&>())) {
        const ParsedJson parsed = parseJson(history.get_ref<const std::string&>());
        if (!parsed.problem.empty() || !parsed.value.is_array()) {
            return fail("must be a list [[question, answer], …], is text that is no JSON list; write JSON lines instead of CSV");
        }
        return addHistory(parsed.value);
    }
    const bool isPairs = history.is_array() && !history.empty() && history.front().is_array();
    if (!isPairs) {
        return addList(history);
    }
    for (const json& pair : history) {
        if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string()) {
            return fail("must be a list of pairs [question, answer] as text");
        }
        add("user", pair[0].get<std::string>());
        add("assistant", pair[1].get<std::string>());
    }
}

void Conversation::setSystem(const std::string& text)
{
    m_system = isBlank(text) ? std::string() : text;
}

std::optional<Row> Conversation::row()
{
    if (!m_problem.empty()) {
        return std::nullopt;
    }
    std::vector<chat::Message> turns = std::move(m_turns);
    const bool hasSystem = !turns.empty() && turns.front().role == "system";
    if (!m_system.empty()) {
        if (!hasSystem) {
            turns.insert(turns.begin(), {"system", m_system});
        } else if (turns.front().content != m_system) {
            note("two_system_texts", "there is a system turn and another system text in a column; the turn is used");
        }
    }
    std::size_t first = !turns.empty() && turns.front().role == "system" ? 1 : 0;
    if (first < turns.size() && turns[first].role == "assistant" && first + 1 < turns.size()) {
        turns.erase(turns.begin() + static_cast<std::ptrdiff_t>(first));
        note("leading_answer", "the first turn is an answer without a question and is left out");
    }
    if (turns.size() > first + 2 && turns.back().role == "user") {
        turns.pop_back();
        note("trailing_question", "the last turn is a question without an answer and is left out");
    }
    for (std::size_t i = first; i < turns.size(); ++i) {
        const std::string expected = (i - first) % 2 == 0 ? "user" : "assistant";
        if (turns[i].role == "system") {
            fail("holds a system turn in the middle (turn " + std::to_string(i + 1) + "); it must be the first");
        } else if (turns[i].role != expected) {
            fail("turn " + std::to_string(i + 1) + " is of role " + turns[i].role + " where one of role " + expected +
                 " must follow; roles must take turns");
        } else if (isBlank(turns[i].content)) {
            fail("turn " + std::to_string(i + 1) + ", of role " + turns[i].role + ", is empty");
        }
    }
    if (turns.size() < first + 2) {
        fail(turns.size() == first ? "holds no turns" : "holds no answer of role assistant");
    }
    if (!m_problem.empty()) {
        return std::nullopt;
    }
    Row row;
    row.output = std::move(turns.back().content);
    turns.pop_back();
    row.instruction = std::move(turns.back().content);
    turns.pop_back();
    row.context = std::move(turns);
    return row;
}

} // namespace lori::tasks
