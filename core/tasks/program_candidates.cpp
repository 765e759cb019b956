// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/program_candidates.h"

#include "core/tasks/answer_text.h"
#include "core/tasks/code_blocks.h"
#include "core/tasks/python_source.h"

#include <algorithm>
#include <array>
#include <vector>

namespace lori::tasks {

namespace {

/// A part of an answer that may hold the program.
struct Candidate {
    std::vector<PythonChunk> chunks;
    std::string wrapper{}; ///< the class that has the function as a method, "" when it stands alone
    bool isComplete = false;
    bool isCalledWrong = false;
};

bool definesLine(std::string_view line, const std::string& name)
{
    for (const std::string_view word : {"def ", "async def "}) {
        if (line.starts_with(word) && line.substr(word.size()).starts_with(name)) {
            const std::string_view rest = trimmed(line.substr(word.size() + name.size()));
            return rest.starts_with('(') || rest.starts_with('[');
        }
    }
    return false;
}

/// ">>> def f(x):" and its "..." lines without the prompts; other texts as they are.
std::string withoutPrompts(const std::string& code, const std::string& name)
{
    const std::vector<std::string_view> lines = linesOf(code);
    const bool isSession = std::any_of(lines.begin(), lines.end(), [&](std::string_view line) {
        line = trimmed(line);
        return line.starts_with(">>> ") && definesLine(line.substr(4), name);
    });
    if (!isSession) {
        return code;
    }
    std::string plain;
    for (std::string_view line : lines) {
        line = line.substr(std::min(indentOf(line), line.size()));
        if (line.starts_with(">>> ") || line.starts_with("... ")) {
            plain.append(line.substr(4)).append("\n");
        }
    }
    return plain;
}

/// The lines round an indented definition of `name`, as far as they are indented like it, moved to the left.
std::string unindented(const std::string& code, const std::string& name)
{
    const std::vector<std::string_view> lines = linesOf(code);
    const auto definition = std::find_if(lines.begin(), lines.end(), [&](std::string_view line) {
        return indentOf(line) > 0 && definesLine(trimmed(line), name);
    });
    if (definition == lines.end()) {
        return {};
    }
    const std::size_t indent = indentOf(*definition);
    const auto belongs = [&](std::string_view line) {
        return isBlankLine(line) || indentOf(line) >= indent;
    };
    auto begin = definition;
    while (begin != lines.begin() && belongs(*(begin - 1))) {
        --begin;
    }
    std::string plain;
    for (auto line = begin; line != lines.end() && belongs(*line); ++line) {
        std::size_t columns = 0;
        std::size_t at = 0;
        while (columns < indent && at < line->size()) {
            columns += (*line)[at++] == '\t' ? 4 : 1;
        }
        plain.append(line->substr(at)).append("\n");
    }
    return plain;
}

bool hasName(const PythonChunk& chunk, const std::string& name)
{
    return std::find(chunk.names.begin(), chunk.names.end(), name) != chunk.names.end();
}

bool definesMethod(const PythonChunk& chunk, const std::string& name)
{
    const std::vector<std::string_view> lines = linesOf(chunk.text);
    return chunk.text.find("class ") != std::string::npos && !chunk.names.empty() &&
           std::any_of(lines.begin(), lines.end(),
                       [&](std::string_view line) { return indentOf(line) > 0 && definesLine(trimmed(line), name); });
}

/// Fills `candidate` when the code defines the name.
bool readCode(Candidate& candidate, const std::string& code, Surroundings around, const std::string& name)
{
    candidate.chunks = pythonChunks(code, around);
    for (const PythonChunk& chunk : candidate.chunks) {
        const bool defines = hasName(chunk, name);
        const bool wraps = !defines && chunk.kind == ChunkKind::Definition && definesMethod(chunk, name);
        if (defines || wraps) {
            candidate.wrapper = wraps ? chunk.names.back() : std::string();
            candidate.isComplete = chunk.isComplete;
        }
    }
    return std::any_of(candidate.chunks.begin(), candidate.chunks.end(), [&](const PythonChunk& chunk) {
        return hasName(chunk, name) || (chunk.kind == ChunkKind::Definition && definesMethod(chunk, name));
    });
}

bool saysWrong(std::string_view proseBefore)
{
    constexpr std::array<std::string_view, 9> kWrong{"wrong",  "incorrect", "don't",         "do not",       "buggy",
                                                     "broken", "avoid",     "not like this", "does not work"};
    constexpr std::array<std::string_view, 4> kRight{"fix", "correct", "right", "instead"};
    std::string lead = lowerAscii(trimmed(proseBefore));
    lead = lead.substr(std::min(lead.rfind('\n') + 1, lead.size()));
    if (const std::size_t sentence = lead.rfind(". "); sentence != std::string::npos) {
        lead.erase(0, sentence + 2);
    }
    const auto isIn = [&](std::string_view word) {
        return lead.find(word) != std::string::npos;
    };
    const std::size_t incorrect = lead.find("incorrect");
    return std::any_of(kWrong.begin(), kWrong.end(), isIn) &&
           (incorrect != std::string::npos || std::none_of(kRight.begin(), kRight.end(), isIn));
}

bool isKept(ChunkKind kind)
{
    return kind == ChunkKind::Definition || kind == ChunkKind::Import || kind == ChunkKind::Assignment ||
           kind == ChunkKind::Block || kind == ChunkKind::Comment;
}

/// "x = f(3)", "n = int(input())": assignments that only show the function at work.
bool onlyShows(const PythonChunk& chunk, const std::string& name)
{
    return chunk.kind == ChunkKind::Assignment && !hasName(chunk, name) &&
           (mentions(chunk.text, name) || mentions(chunk.text, "input") || mentions(chunk.text, "argv"));
}

/// Loops and conditions that only show it: they call the function, or print.
bool blockShows(const PythonChunk& chunk, const std::string& name)
{
    return chunk.kind == ChunkKind::Block &&
           (mentions(chunk.text, name) || mentions(chunk.text, "print") || mentions(chunk.text, "input"));
}

std::string textOf(const Candidate& candidate, const std::string& name)
{
    std::string text;
    bool isDefined = false;
    for (const PythonChunk& chunk : candidate.chunks) {
        const bool cutOff = isDefined && !chunk.isComplete; // what the model was still writing
        if (isKept(chunk.kind) && !cutOff && !onlyShows(chunk, name) && !blockShows(chunk, name)) {
            text += chunk.text;
        }
        isDefined = isDefined || hasName(chunk, name) || !candidate.wrapper.empty();
    }
    if (!candidate.wrapper.empty()) {
        text += "\n\n" + name + " = " + candidate.wrapper + "()." + name + "\n";
    }
    return text;
}

/// Imports and helpers of the answer's other blocks that the program mentions and does not define.
std::string neededFrom(const std::vector<AnswerPart>& parts, const std::string& program, const std::string& name)
{
    const std::vector<PythonChunk> own = pythonChunks(program, Surroundings::Code);
    std::string needed;
    for (const AnswerPart& part : parts) {
        if (!part.isFenced || !mayBePython(part)) {
            continue;
        }
        for (const PythonChunk& chunk : pythonChunks(part.text, Surroundings::Code)) {
            const bool helps = (chunk.kind == ChunkKind::Definition || chunk.kind == ChunkKind::Import) && chunk.isComplete &&
                               !hasName(chunk, name);
            const bool isAsked = std::any_of(chunk.names.begin(), chunk.names.end(), [&](const std::string& helper) {
                return mentions(program, helper) &&
                       std::none_of(own.begin(), own.end(), [&](const PythonChunk& mine) { return hasName(mine, helper); });
            });
            needed += helps && isAsked ? chunk.text : "";
        }
    }
    return needed;
}

/// The part that is the answer: complete before cut, not called wrong, the last of such.
const Candidate* choose(const std::vector<Candidate>& candidates)
{
    const Candidate* chosen = nullptr;
    const auto worth = [](const Candidate& c) {
        return (c.isComplete ? 2 : 0) + (c.isCalledWrong ? 0 : 1);
    };
    for (const Candidate& candidate : candidates) {
        if (chosen == nullptr || worth(candidate) >= worth(*chosen)) {
            chosen = &candidate;
        }
    }
    return chosen;
}

} // namespace

std::optional<std::string> definitionIn(std::string_view answer, const std::string& name)
{
    const std::vector<AnswerPart> parts = partsOf(answer);
    std::vector<Candidate> candidates;
    std::string proseBefore;
    for (const AnswerPart& part : parts) {
        Candidate candidate;
        const std::string code = withoutPrompts(part.text, name);
        const Surroundings around = part.isFenced && code == part.text ? Surroundings::Code : Surroundings::Text;
        bool defines = readCode(candidate, code, around, name);
        if (!defines) {
            defines = readCode(candidate, unindented(code, name), around, name);
        }
        if (defines && (!part.isFenced || mayBePython(part))) {
            candidate.isCalledWrong = part.isFenced && saysWrong(proseBefore);
            candidates.push_back(std::move(candidate));
        }
        proseBefore = part.isFenced ? std::string() : part.text;
    }
    const Candidate* chosen = choose(candidates);
    if (chosen == nullptr) {
        return std::nullopt;
    }
    std::string program = textOf(*chosen, name);
    program.erase(program.find_last_not_of('\n') + 1);
    return neededFrom(parts, program, name) + program + '\n';
}

std::string firstCode(std::string_view answer)
{
    const std::vector<AnswerPart> parts = partsOf(answer);
    const auto isCode = [](const AnswerPart& part) {
        return part.isFenced && mayBePython(part);
    };
    auto part = std::find_if(parts.begin(), parts.end(), isCode);
    part = part != parts.end() ? part : std::find_if(parts.begin(), parts.end(), [](const AnswerPart& p) { return p.isFenced; });
    return part != parts.end() ? part->text : std::string(answer);
}

} // namespace lori::tasks
