// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/columns.h"

#include "core/tasks/ascii_text.h"
#include "core/tasks/conversation.h"

#include <utility>

namespace lori::tasks {

namespace {

using experiment::ColumnMapping;
using nlohmann::json;

/// Text of a field; numbers and truth values as they are written, null as nothing.
std::optional<std::string> textOf(const json& value)
{
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_null()) {
        return std::string();
    }
    return value.is_number() || value.is_boolean() ? std::optional(value.dump()) : std::nullopt;
}

bool isTurns(const json& value)
{
    return value.is_array() && !value.empty() && value.front().is_object();
}

/// Turns one record into a row and remembers the first thing that is wrong.
class Converter final {
public:
    Converter(const Record& record, const ColumnMapping& columns, DataNotes& notes)
        : m_record(record), m_columns(columns), m_notes(notes)
    {
    }

    Converted mapped()
    {
        Conversation talk(m_notes, m_record.line);
        addBefore(talk);
        if (isTurns(value(m_columns.instruction)) || isTurns(value(m_columns.output))) {
            return fromLists(talk); // TRL's conversational prompt and completion
        }
        Row row;
        row.input = optional(m_columns.input);
        const bool isInInput =
            m_record.fields.contains(m_columns.instruction) && isBlank(optional(m_columns.instruction)) && !isBlank(row.input);
        row.instruction = isInInput ? std::exchange(row.input, {}) : required(m_columns.instruction);
        row.output = required(m_columns.output);
        talk.add("user", row.instruction);
        talk.add("assistant", row.output);
        return finish(talk, std::move(row.input));
    }

    Converted fromMessages()
    {
        const json& list = value(m_columns.messages);
        if (list.is_null() || (list.is_structured() && list.empty())) {
            fail(m_columns.messages, "must be a list of turns {role, content} or {from, value}");
        }
        Conversation talk(m_notes, m_record.line);
        addBefore(talk);
        talk.addList(list);
        m_talkField = m_columns.messages;
        return finish(talk, {});
    }

private:
    [[nodiscard]] const json& value(const std::string& field) const
    {
        static const json nothing;
        const auto it = m_record.fields.find(field);
        return field.empty() || it == m_record.fields.end() ? nothing : *it;
    }
    void fail(const std::string& field, const std::string& problem)
    {
        if (m_problem.problem.empty()) {
            m_problem = {m_record.line, field, problem};
        }
    }
    /// The system text and the history that stand in columns of their own.
    void addBefore(Conversation& talk)
    {
        talk.setSystem(optional(m_columns.system));
        if (!m_columns.history.empty()) {
            talk.addHistory(value(m_columns.history));
            if (!talk.problem().empty()) {
                fail(m_columns.history, talk.problem());
            }
        }
    }
    Converted fromLists(Conversation& talk)
    {
        m_talkField = m_columns.output;
        const auto add = [&](const std::string& field, const char* role) {
            if (isTurns(value(field))) {
                talk.addList(value(field));
            } else {
                talk.add(role, required(field));
            }
        };
        add(m_columns.instruction, "user");
        add(m_columns.output, "assistant");
        return finish(talk, optional(m_columns.input));
    }
    std::string text(const std::string& field)
    {
        auto found = textOf(value(field));
        if (!found) {
            fail(field, std::string("must be text, is ") + value(field).type_name());
        }
        return found.value_or("");
    }
    std::string optional(const std::string& field) { return field.empty() ? std::string() : text(field); }
    std::string required(const std::string& field)
    {
        if (!m_record.fields.contains(field)) {
            fail(field, "is missing");
            return {};
        }
        std::string found = text(field);
        if (isBlank(found)) {
            fail(field, value(field).is_null() && m_record.hadNaN ? "is NaN, which stands for a missing value" : "is empty");
        }
        return found;
    }
    Converted finish(Conversation& talk, std::string input)
    {
        Converted converted;
        std::optional<Row> row = m_problem.problem.empty() ? talk.row() : std::nullopt;
        if (row) {
            row->input = std::move(input);
            converted.row = std::move(row);
        } else {
            fail(m_talkField, talk.problem());
            converted.problem = m_problem;
        }
        return converted;
    }

    const Record& m_record;
    const ColumnMapping& m_columns;
    DataNotes& m_notes;
    std::string m_talkField; ///< the field to name when the turns do not fit together
    RowProblem m_problem;
};

} // namespace

Converted convert(const Record& record, const ColumnMapping& columns, DataNotes& notes)
{
    if (!record.problem.empty()) {
        Converted converted;
        converted.problem = {record.line, {}, record.problem};
        return converted;
    }
    Converter converter(record, columns, notes);
    return columns.messages.empty() ? converter.mapped() : converter.fromMessages();
}

} // namespace lori::tasks
