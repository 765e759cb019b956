// SPDX-License-Identifier: Apache-2.0
#include "app/lori/chat_session.h"

#include "app/lori/interrupts.h"
#include "core/events/fields.h"
#include "core/wire/message_fields.h"

#include <iostream>

namespace lori::app {

using nlohmann::ordered_json;

ChatSession::ChatSession(ServeChild& child, const std::vector<std::string>& adapters, ChatStyle style, int interrupt)
    : m_child(child), m_style(std::move(style)), m_interrupt(interrupt)
{
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        m_columns.push_back({adapters[i], i + 1, "column " + std::to_string(i + 1), {}});
    }
    if (m_columns.empty()) {
        m_columns.push_back({"", nullptr, "column 1", {}});
    }
}

bool ChatSession::waitUntilReady()
{
    const ServeChild::Heard heard = m_child.next(m_interrupt);
    m_isInterrupted = !heard.answer && !heard.hasEnded;
    if (!heard.answer) {
        return false;
    }
    if (const auto* failure = std::get_if<wire::Failure>(&heard.answer->answer); failure != nullptr && m_style.isJson) {
        std::cout << ordered_json{{"error", ordered_json::parse(events::fieldsOf(failure->error).dump())}}.dump() << std::endl;
    }
    return std::holds_alternative<wire::Ready>(heard.answer->answer);
}

/// Sends it and waits for its answer, printing pieces. Nothing when it is over.
std::optional<wire::Answer> ChatSession::ask(const wire::Request& request, int& interrupts)
{
    const std::int64_t id = ++m_lastId;
    m_child.send(id, request);
    for (;;) {
        const ServeChild::Heard heard = m_child.next(m_interrupt);
        if (heard.hasEnded) {
            std::cerr << "lori: the model's own process has ended\n";
            m_exitCode = 1;
            return std::nullopt;
        }
        if (!heard.answer) {
            interrupts += takeInterrupts(m_interrupt);
            if (interrupts > 1) {
                m_isInterrupted = true;
                return std::nullopt;
            }
            m_child.send("cancel " + std::to_string(id), wire::Cancel{id});
            continue;
        }
        if (heard.answer->id != id) {
            continue; // of a cancel
        }
        const auto* token = std::get_if<wire::Token>(&heard.answer->answer);
        if (token == nullptr) {
            return heard.answer->answer;
        }
        if (!m_style.isJson) {
            std::cout << token->piece << std::flush;
        }
    }
}

void ChatSession::report(const wire::Failure& failure)
{
    const Error error = wire::errorOf(failure);
    std::cerr << "lori: " << error.sentence() << "\n";
    m_exitCode = exitCodeFor(error.code);
}

ChatSession::Next ChatSession::answer(Column& column, const std::string& text, ordered_json& said)
{
    int interrupts = 0;
    wire::Chat chat{column.conversation, {}, m_style.variables, m_style.options};
    if (!m_style.system.empty()) {
        chat.messages.push_back({"system", m_style.system});
    }
    column.turns.push_back({"user", text});
    chat.messages.insert(chat.messages.end(), column.turns.begin(), column.turns.end());
    if (m_columns.size() > 1) {
        if (!m_style.isJson) {
            std::cout << "[" << column.name << "]\n" << std::flush;
        }
        if (!ask(wire::SetMix{{{column.handle.get<std::int64_t>(), 1}}}, interrupts)) {
            return Next::Nothing;
        }
        if (interrupts > 0) {
            column.turns.pop_back();
            return Next::Turn;
        }
    }
    const auto answered = ask(chat, interrupts);
    if (!answered) {
        return Next::Nothing;
    }
    said["adapter"] = column.name;
    if (const auto* done = std::get_if<wire::Done>(&*answered)) {
        column.turns.push_back({"assistant", done->text});
        said.update(ordered_json::parse(events::fieldsOf(*done).dump()));
        std::cout << (m_style.isJson ? "" : "\n") << std::flush;
    } else if (const auto* failure = std::get_if<wire::Failure>(&*answered)) {
        column.turns.pop_back();
        said.update(ordered_json::parse(events::fieldsOf(*failure).dump()));
        report(*failure);
    }
    return interrupts > 0 ? Next::Turn : Next::Column;
}

bool ChatSession::say(const std::string& text)
{
    ordered_json turn{{"user", text}, {"answers", ordered_json::array()}};
    for (Column& column : m_columns) {
        ordered_json said;
        const Next next = answer(column, text, said);
        if (next == Next::Nothing) {
            return false;
        }
        turn["answers"].push_back(std::move(said));
        if (next == Next::Turn) {
            break;
        }
    }
    if (m_style.isJson) {
        std::cout << turn.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << std::endl;
    }
    return true;
}

void ChatSession::clear()
{
    for (Column& column : m_columns) {
        column.turns.clear();
        m_child.send("forget " + std::to_string(++m_lastId), wire::Forget{column.conversation});
    }
}

} // namespace lori::app
