// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/columns.h"

#include <algorithm>
#include <array>
#include <span>

namespace lori::tasks {

namespace {

using experiment::ColumnMapping;
using nlohmann::json;

// In the order in which they are tried: a file may hold "output" (text) and "answer" (a bare label) side by side.
constexpr std::array<std::string_view, 6> kInstructionNames{"instruction", "question", "prompt", "query", "problem", "request"};
constexpr std::array<std::string_view, 3> kInputNames{"input", "context", "passage"};
constexpr std::array<std::string_view, 5> kOutputNames{"output", "answer", "response", "completion", "solution"};
constexpr std::array<std::string_view, 3> kMessagesNames{"messages", "conversation", "conversations"};

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::string guess(const std::vector<std::string>& fields, std::span<const std::string_view> names)
{
    for (const std::string_view name : names) {
        const auto it =
            std::find_if(fields.begin(), fields.end(), [&](const std::string& field) { return lower(field) == name; });
        if (it != fields.end()) {
            return *it;
        }
    }
    return {};
}

std::string listed(const std::vector<std::string>& fields)
{
    std::string text;
    for (const std::string& field : fields) {
        text.append(text.empty() ? "" : ", ").append(field);
    }
    return text.empty() ? "none" : text;
}

void requireColumn(const std::string& column, const std::vector<std::string>& fields, const std::string& file)
{
    if (!column.empty() && std::find(fields.begin(), fields.end(), column) == fields.end()) {
        throw Exception(ErrorCode::InvalidArgument, "there is no column \"" + column + "\"", "the columns are: " + listed(fields),
                        file);
    }
}

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

bool isBlank(const std::string& text)
{
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

/// Turns one record into a row and remembers the first thing that is wrong.
class Converter final {
public:
    explicit Converter(const Record& record) : m_record(record) {}

    Converted mapped(const ColumnMapping& columns)
    {
        Row row;
        row.instruction = required(columns.instruction);
        if (!columns.input.empty() && m_record.fields.contains(columns.input)) {
            row.input = text(columns.input);
        }
        row.output = required(columns.output);
        return result(std::move(row));
    }

    Converted fromMessages(const std::string& column)
    {
        const auto it = m_record.fields.find(column);
        if (it == m_record.fields.end() || !it->is_array() || it->empty()) {
            fail(column, "must be a list of messages {role, content}");
            return result({});
        }
        Row row;
        std::string expected = "user";
        for (const json& message : *it) {
            if (!message.is_object() || !message.contains("role") || !message.contains("content") ||
                !message["role"].is_string() || !message["content"].is_string()) {
                fail(column, "every message must hold role and content as text");
                return result({});
            }
            const std::string& role = message["role"].get_ref<const std::string&>();
            const std::string& content = message["content"].get_ref<const std::string&>();
            if (role == "system" && &message == &it->front()) {
                row.instruction = content + "\n\n"; // the templates have no system turn of their own
            } else if (role != expected) {
                fail(column, expected.empty() ? "holds more than one question and answer; split the conversation into rows"
                                              : "the next message must be of role " + expected + ", is " + role);
                return result({});
            } else if (role == "user") {
                row.instruction += content;
                expected = "assistant";
            } else {
                row.output = content;
                expected.clear();
            }
        }
        if (!expected.empty() || isBlank(row.output)) {
            fail(column, "holds no answer of role assistant");
        }
        return result(std::move(row));
    }

private:
    void fail(const std::string& field, const std::string& problem)
    {
        if (m_problem.problem.empty()) {
            m_problem = {m_record.line, field, problem};
        }
    }
    std::string text(const std::string& field)
    {
        auto value = textOf(m_record.fields.at(field));
        if (!value) {
            fail(field, std::string("must be text, is ") + m_record.fields.at(field).type_name());
        }
        return value.value_or("");
    }
    std::string required(const std::string& field)
    {
        if (!m_record.fields.contains(field)) {
            fail(field, "is missing");
            return {};
        }
        std::string value = text(field);
        if (isBlank(value)) {
            fail(field, "is empty");
        }
        return value;
    }
    Converted result(Row row)
    {
        Converted converted;
        if (m_problem.problem.empty()) {
            converted.row = std::move(row);
        } else {
            converted.problem = m_problem;
        }
        return converted;
    }

    const Record& m_record;
    RowProblem m_problem;
};

} // namespace

ColumnMapping completeMapping(const ColumnMapping& given, const std::vector<std::string>& fields, const std::string& file)
{
    for (const std::string* column : {&given.instruction, &given.input, &given.output, &given.messages}) {
        requireColumn(*column, fields, file);
    }
    if (!given.messages.empty()) {
        ColumnMapping chat;
        chat.messages = given.messages;
        return chat;
    }
    ColumnMapping found = given;
    const bool inputMayBeGuessed = found.instruction.empty() && found.output.empty();
    if (found.instruction.empty()) {
        found.instruction = guess(fields, kInstructionNames);
    }
    if (found.output.empty()) {
        found.output = guess(fields, kOutputNames);
    }
    if (found.input.empty() && inputMayBeGuessed) {
        found.input = guess(fields, kInputNames);
    }
    if (!found.instruction.empty() && !found.output.empty()) {
        return found;
    }
    if (const std::string messages = guess(fields, kMessagesNames); !messages.empty() && given == ColumnMapping{}) {
        ColumnMapping chat;
        chat.messages = messages;
        return chat;
    }
    throw Exception(ErrorCode::InvalidArgument,
                    found.instruction.empty() ? "no column for the instruction was recognized"
                                              : "no column for the answer was recognized",
                    "name it; the columns are: " + listed(fields), file);
}

Converted convert(const Record& record, const ColumnMapping& columns)
{
    if (!record.problem.empty()) {
        Converted converted;
        converted.problem = {record.line, {}, record.problem};
        return converted;
    }
    Converter converter(record);
    return columns.messages.empty() ? converter.mapped(columns) : converter.fromMessages(columns.messages);
}

} // namespace lori::tasks
