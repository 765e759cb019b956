// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/columns.h"

#include "core/tasks/answer_text.h"
#include "core/tasks/messages.h"
#include "core/tasks/shown_text.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace lori::tasks {

namespace {

using experiment::ColumnMapping;
using nlohmann::json;

// In the order in which they are tried: a file may hold "output" (text) and "answer" (a bare label) side by side.
constexpr std::array<std::string_view, 6> kInstructionNames{"instruction", "question", "prompt", "query", "problem", "request"};
constexpr std::array<std::string_view, 3> kInputNames{"input", "context", "passage"};
constexpr std::array<std::string_view, 5> kOutputNames{"output", "answer", "response", "completion", "solution"};
constexpr std::array<std::string_view, 4> kSystemNames{"system", "system_prompt", "system_message", "system_instruction"};
constexpr std::array<std::string_view, 2> kHistoryNames{"history", "chat_history"};
constexpr std::array<std::string_view, 6> kMessagesNames{"messages", "conversation", "conversations",
                                                         "chat",     "dialogue",     "dialog"};
// Names that mean something only together.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kPairs{
    {{"input", "output"}, {"inputs", "targets"}, {"user", "assistant"}, {"human", "assistant"}, {"source", "target"}}};

/// A name for comparing: lower case, without blanks around it.
std::string plain(const std::string& name)
{
    const std::size_t start = name.find_first_not_of(" \t");
    std::string text = start == std::string::npos ? "" : name.substr(start, name.find_last_not_of(" \t") + 1 - start);
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::string guess(const std::vector<std::string>& fields, std::span<const std::string_view> names)
{
    for (const std::string_view name : names) {
        const auto it =
            std::find_if(fields.begin(), fields.end(), [&](const std::string& field) { return plain(field) == name; });
        if (it != fields.end()) {
            return *it;
        }
    }
    return {};
}

std::string guess(const std::vector<std::string>& fields, std::string_view name)
{
    return guess(fields, std::span(&name, 1));
}

void requireColumn(const std::string& column, const std::vector<std::string>& fields, const std::string& file)
{
    if (!column.empty() && std::find(fields.begin(), fields.end(), column) == fields.end()) {
        throw Exception(ErrorCode::InvalidArgument, messages::kNoColumn, {shown(column), listed(fields)}, file);
    }
}

[[noreturn]] void refuseColumns(const std::string& what, const std::string& hint, const std::string& file)
{
    throw Exception(ErrorCode::InvalidArgument, what, hint, file);
}

/// Sets that are known, and are not questions with one answer.
void refuseOtherKinds(const std::vector<std::string>& fields, const json& sample, const std::string& file)
{
    const std::string chosen = guess(fields, "chosen");
    if (!chosen.empty() && !guess(fields, "rejected").empty()) {
        const bool isList = sample.contains(chosen) && sample[chosen].is_array();
        const bool hasPrompt = !guess(fields, kInstructionNames).empty();
        refuseColumns("this is a preference set: each row holds a chosen and a rejected answer, not one to learn",
                      hasPrompt ? "to train on the chosen answers alone name the column \"" + chosen + "\" as the answer"
                      : isList  ? "to train on the chosen answers alone name the column \"" + chosen + "\" as the chat list"
                                : "write the chosen conversations as messages {role, content}",
                      file);
    }
    if (!guess(fields, "role").empty() && !guess(fields, "content").empty()) {
        refuseColumns("the rows are single turns {role, content}",
                      "put the turns of each conversation into a list \"messages\" of one row", file);
    }
    if (const std::string text = guess(fields, "text"); !text.empty() && guess(fields, kInstructionNames).empty() &&
                                                        guess(fields, kOutputNames).empty() &&
                                                        guess(fields, kMessagesNames).empty()) {
        refuseColumns("the column \"" + text + "\" is plain text, as for pretraining: no instruction and no answer",
                      "write each row as instruction and output, or as messages {role, content}", file);
    }
}

/// Whether a label says yes or no: a truth value, its word in a table, or KTO's 1 and 0 beside its column "completion".
bool isVerdict(const json& label, const std::vector<std::string>& fields)
{
    if (label.is_boolean()) {
        return true;
    }
    const std::string text = label.is_string() ? lowerAscii(label.get<std::string>()) : label.is_number() ? label.dump() : "";
    const bool isKto = !guess(fields, "completion").empty();
    return text == "true" || text == "false" || (isKto && (text == "1" || text == "0" || text == "1.0" || text == "0.0"));
}

/// KTO's sets: an answer and whether it is a good one. Learning the bad ones as well would be a silent mistake.
void refuseLabelledAnswers(const std::vector<std::string>& fields, const json& sample, const std::string& file)
{
    const std::string label = guess(fields, "label");
    if (!label.empty() && sample.contains(label) && isVerdict(sample[label], fields)) {
        refuseColumns("the column \"" + label +
                          "\" says whether an answer is a good one (a set for KTO), and bad ones would be learned as well",
                      "keep the rows that are true and leave the column out, or name the columns to use", file);
    }
}

} // namespace

ColumnMapping completeMapping(const ColumnMapping& given, const std::vector<std::string>& fields, const json& sample,
                              const std::string& file)
{
    for (const std::string* column :
         {&given.instruction, &given.input, &given.output, &given.system, &given.history, &given.messages}) {
        requireColumn(*column, fields, file);
    }
    if (!given.messages.empty()) {
        ColumnMapping chat;
        chat.messages = given.messages;
        chat.system = given.system;
        return chat;
    }
    ColumnMapping found = given;
    const bool nothingNamed = found.instruction.empty() && found.output.empty();
    if (found.instruction.empty()) {
        found.instruction = guess(fields, kInstructionNames);
    }
    if (found.output.empty()) {
        found.output = guess(fields, kOutputNames);
    }
    if (nothingNamed && (found.instruction.empty() || found.output.empty()) && guess(fields, kMessagesNames).empty()) {
        for (const auto& [instruction, output] : kPairs) {
            if (!guess(fields, instruction).empty() && !guess(fields, output).empty()) {
                found.instruction = guess(fields, instruction);
                found.output = guess(fields, output);
                break;
            }
        }
    }
    if (!found.instruction.empty() && !found.output.empty()) {
        if (nothingNamed) {
            refuseLabelledAnswers(fields, sample, file);
        }
        addLateColumns(found, given, fields);
        return found;
    }
    if (const std::string messages = guess(fields, kMessagesNames); !messages.empty() && nothingNamed) {
        ColumnMapping chat;
        chat.messages = messages;
        chat.system = given.system;
        addLateColumns(chat, given, fields);
        return chat;
    }
    refuseOtherKinds(fields, sample, file);
    refuseColumns(found.instruction.empty() ? "no column for the instruction was recognized"
                                            : "no column for the answer was recognized",
                  "name it; the columns are: " + listed(fields), file);
}

void addLateColumns(ColumnMapping& mapping, const ColumnMapping& given, const std::vector<std::string>& fields)
{
    if (!given.messages.empty() || !(given.instruction.empty() && given.output.empty())) {
        return; // what was named by hand is used alone
    }
    if (mapping.messages.empty()) {
        if (const std::string input = guess(fields, kInputNames); mapping.input.empty() && input != mapping.instruction) {
            mapping.input = input;
        }
        if (mapping.history.empty()) {
            mapping.history = guess(fields, kHistoryNames);
        }
    }
    if (mapping.system.empty()) {
        mapping.system = guess(fields, kSystemNames);
    }
}

std::vector<std::string> unusedFields(const ColumnMapping& mapping, const std::vector<std::string>& fields)
{
    std::vector<std::string> unused;
    for (const std::string& field : fields) {
        const std::array<const std::string*, 6> used{&mapping.instruction, &mapping.input,   &mapping.output,
                                                     &mapping.system,      &mapping.history, &mapping.messages};
        if (std::none_of(used.begin(), used.end(), [&](const std::string* name) { return *name == field; })) {
            unused.push_back(field);
        }
    }
    return unused;
}

} // namespace lori::tasks
