// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/program.h"

#include <algorithm>
#include <array>

namespace lori::tasks {

namespace {

constexpr std::array<std::string_view, 8> kStopWords{"\nclass", "\ndef", "\n#", "\n@", "\nprint", "\nif", "\n```", "<file_sep>"};
constexpr std::string_view kFence = "```";

std::string_view stripped(std::string_view text)
{
    constexpr std::string_view kBlank = " \t\r\n\f\v";
    const std::size_t first = text.find_first_not_of(kBlank);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

/// What stands between the first fence, its language word left out, and the next one; the whole text without a fence.
std::string_view codeOf(std::string_view answer)
{
    const std::size_t fence = answer.find(kFence);
    if (fence == std::string_view::npos) {
        return answer;
    }
    const std::size_t line = answer.find('\n', fence);
    if (line == std::string_view::npos) {
        return answer.substr(0, fence);
    }
    const std::string_view inside = answer.substr(line + 1);
    return inside.substr(0, std::min(inside.find(kFence), inside.size()));
}

/// Where a line "def NAME" begins, npos when there is none.
std::size_t definitionOf(std::string_view code, const std::string& name)
{
    for (const std::string& head : {"def " + name + "(", "def " + name + " (", "async def " + name + "("}) {
        for (std::size_t at = code.find(head); at != std::string_view::npos; at = code.find(head, at + 1)) {
            if (at == 0 || code[at - 1] == '\n') {
                return at;
            }
        }
    }
    return std::string_view::npos;
}

CandidateProgram withTests(std::string source, const ProgramTests& task)
{
    return {std::move(source), task.tests, task.entryPoint, task.code};
}

} // namespace

std::string_view untilStopWord(std::string_view answer)
{
    std::size_t end = answer.size();
    for (const std::string_view word : kStopWords) {
        end = std::min(end, answer.find(word));
    }
    return answer.substr(0, end);
}

CandidateProgram candidateProgram(const ProgramTests& task, const std::string& answer)
{
    const std::string_view code = codeOf(answer);
    if (task.code.empty()) {
        return withTests(std::string(code), task);
    }
    if (definitionOf(code, task.entryPoint) != std::string_view::npos) {
        const std::size_t head = std::min(definitionOf(task.code, task.entryPoint), task.code.size());
        return withTests(task.code.substr(0, head).append(code), task);
    }
    return withTests(task.code + std::string(untilStopWord(code)), task);
}

CandidateProgram referenceProgram(const ProgramTests& task, const std::string& answer)
{
    return withTests(std::string(stripped(task.code)).append(untilStopWord(answer)), task);
}

} // namespace lori::tasks
