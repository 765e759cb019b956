// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/task.h"

namespace lori::tasks {

namespace {

using experiment::PromptTemplate;

constexpr std::string_view kAlpacaWithInput =
    "Below is an instruction that describes a task, paired with an input that provides further context. "
    "Write a response that appropriately completes the request.";
constexpr std::string_view kAlpacaWithoutInput =
    "Below is an instruction that describes a task. Write a response that appropriately completes the request.";
constexpr std::string_view kStepByStep = "Answer the above question. First think step by step and then answer the final number.";
constexpr std::string_view kReferenceIndent = "                    "; // 20 spaces: the source indentation of the reference's text
constexpr std::string_view kFinalAnswerWords = "The final answer is: ";

/// What a person would type: the instruction, and the input below it.
std::string userText(const Row& row)
{
    return row.input.empty() ? row.instruction : row.instruction + "\n\n" + row.input;
}

std::string alpaca(const Row& row, std::string_view indent, std::string_view afterSentenceWithoutInput)
{
    std::string text;
    const auto section = [&](std::string_view title, const std::string& body) {
        text.append("\n\n").append(indent).append("### ").append(title).append(":\n").append(indent).append(body);
    };
    if (row.input.empty()) {
        text.append(kAlpacaWithoutInput).append(afterSentenceWithoutInput);
    } else {
        text.append(kAlpacaWithInput);
    }
    section("Instruction", row.instruction);
    if (!row.input.empty()) {
        section("Input", row.input);
    }
    section("Response", "");
    return text;
}

} // namespace

std::string renderPrompt(const Row& row, PromptTemplate promptTemplate, const ChatFormatter& chat)
{
    switch (promptTemplate) {
    case PromptTemplate::Chat:
        if (!chat) {
            throw Exception(ErrorCode::InvalidArgument, "the chat template needs a model with one",
                            "choose another prompt template");
        }
        return chat(userText(row));
    case PromptTemplate::Alpaca:
        return alpaca(row, "", "");
    case PromptTemplate::AlpacaReference:
        return alpaca(row, kReferenceIndent, " ");
    case PromptTemplate::QuestionReference:
        return userText(row).append("\n").append(kStepByStep).append("\n");
    case PromptTemplate::Plain:
        return userText(row);
    }
    return {};
}

std::string renderResponse(const Row& row, PromptTemplate promptTemplate)
{
    if (promptTemplate != PromptTemplate::QuestionReference) {
        return row.output;
    }
    constexpr std::string_view kMark = "####";
    std::string text;
    std::size_t start = 0;
    for (std::size_t mark = row.output.find(kMark); mark != std::string::npos; mark = row.output.find(kMark, start)) {
        text.append(row.output, start, mark - start).append(kFinalAnswerWords);
        start = mark + kMark.size();
    }
    return text.append(row.output, start);
}

} // namespace lori::tasks
