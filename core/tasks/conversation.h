// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/data_note.h"
#include "core/tasks/task.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace lori::tasks {

/// Reads the turns of one row, whoever wrote them: OpenAI's {role, content} with content as text or a list of text parts,
/// ShareGPT's {from, value}, and [[question, answer], …]. Roles have many names: human, prompter → user; gpt, bot, model →
/// assistant; developer → system.
///
/// What becomes of turns that cannot be learned, and is noted: a first turn of the assistant without a question is left out, so
/// is a last question without an answer. Refused: tools and functions, parts that are no text, two turns of one role after each
/// other, a system turn in the middle, empty turns, answers that are marked as not to be learned.
class Conversation final {
public:
    Conversation(DataNotes& notes, std::int64_t line) : m_notes(notes), m_line(line) {}

    /// Adds the turns of a list, or of a text that holds one as JSON. An empty list or null adds nothing.
    void addList(const nlohmann::json& list);
    /// Adds [[question, answer], …]; a list of turns is taken as well.
    void addHistory(const nlohmann::json& history);
    void add(const std::string& role, const std::string& content);
    /// A system text that stands beside the turns; one among the turns goes first.
    void setSystem(const std::string& text);

    /// The row: the last question and answer, everything before as its context. Nothing when `problem` says why.
    [[nodiscard]] std::optional<Row> row();
    [[nodiscard]] const std::string& problem() const { return m_problem; }

private:
    void fail(std::string problem);
    void addTurn(const nlohmann::json& turn, std::size_t number);
    std::string contentOf(const nlohmann::json& content, std::size_t number);
    void checkFields(const nlohmann::json& turn, const std::string& role, std::size_t number);
    void note(std::string_view code, std::string_view text) { m_notes.addRow(code, m_line, text); }

    DataNotes& m_notes;
    std::int64_t m_line;
    std::vector<chat::Message> m_turns;
    std::string m_system; ///< of a column of its own
    std::string m_problem;
};

} // namespace lori::tasks
