// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/command.h"
#include "app/lori/serve_child.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lori::app {

/// How `lori chat` asks and prints.
struct ChatStyle {
    std::string system;        ///< said before every conversation; empty for nothing
    wire::TextOptions options; ///< of every answer
    wire::json variables = wire::json::object();
    bool isJson = false; ///< one object a turn, instead of pieces as they come
};

/// Conversations with what a child serves, one for each adapter: every turn is answered by all of them, one after the other.
class ChatSession final {
public:
    /// `adapters` as they were named, at the handles 1, 2, …; one column of the base alone without any.
    ChatSession(ServeChild& child, const std::vector<std::string>& adapters, ChatStyle style, int interrupt);

    /// Waits until the model is loaded. False when it will not be: the child has said why.
    [[nodiscard]] bool waitUntilReady();
    /// Answers one turn, printing it. False when it is over: two interrupts, or the child is gone. An interrupt ends the answer
    /// that is being written, and those of the columns after it.
    [[nodiscard]] bool say(const std::string& text);
    void clear();
    [[nodiscard]] ChatStyle& style() { return m_style; }
    [[nodiscard]] int exitCode() const { return m_exitCode; } ///< of the last thing that failed; 0
    [[nodiscard]] bool wasInterrupted() const { return m_isInterrupted; }

private:
    struct Column {
        std::string name; ///< of its adapter; empty for the base
        wire::json handle;
        std::string conversation;
        std::vector<wire::Turn> turns;
    };
    enum class Next : std::uint8_t { Column, Turn, Nothing };
    [[nodiscard]] Next answer(Column& column, const std::string& text, nlohmann::ordered_json& said);
    [[nodiscard]] std::optional<wire::Answer> ask(const wire::Request& request, int& interrupts);
    void report(const wire::Failure& failure);

    ServeChild& m_child;
    ChatStyle m_style;
    int m_interrupt;
    std::vector<Column> m_columns;
    std::int64_t m_lastId = 0;
    int m_exitCode = 0;
    bool m_isInterrupted = false;
};

} // namespace lori::app
