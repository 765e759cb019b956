// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/program.h"

#include "core/tasks/answer_text.h"
#include "core/tasks/program_body.h"
#include "core/tasks/program_candidates.h"

#include <algorithm>
#include <array>

namespace lori::tasks {

namespace {

constexpr std::array<std::string_view, 8> kStopWords{"\nclass", "\ndef", "\n#", "\n@", "\nprint", "\nif", "\n```", "<file_sep>"};

CandidateProgram withTests(std::string source, const ProgramTests& task)
{
    return {std::move(source), task.tests, task.entryPoint, task.code};
}

/// What a prompt has before the function that is asked for: imports, helpers.
std::string_view headOf(const ProgramTests& task)
{
    std::size_t head = task.code.size();
    for (const std::string_view word : {"def ", "async def "}) {
        const std::string line = std::string(word) + task.entryPoint;
        for (std::size_t at = task.code.find(line); at != std::string::npos; at = task.code.find(line, at + 1)) {
            if (at == 0 || task.code[at - 1] == '\n') {
                head = std::min(head, at);
            }
        }
    }
    return std::string_view(task.code).substr(0, head);
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
    const std::string text = spokenAnswer(answer);
    if (const auto definition = definitionIn(text, task.entryPoint)) {
        return withTests(std::string(headOf(task)).append(*definition), task);
    }
    if (task.code.empty()) {
        return withTests(firstCode(text), task);
    }
    std::string program = task.code + bodyIn(text);
    program.erase(program.find_last_not_of('\n') + 1);
    return withTests(program + '\n', task);
}

CandidateProgram referenceProgram(const ProgramTests& task, const std::string& answer)
{
    return withTests(std::string(trimmed(task.code)).append(untilStopWord(answer)), task);
}

} // namespace lori::tasks
