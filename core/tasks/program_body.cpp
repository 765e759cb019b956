// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/program_body.h"

#include "core/tasks/answer_text.h"
#include "core/tasks/code_blocks.h"
#include "core/tasks/python_source.h"

#include <algorithm>
#include <vector>

namespace lori::tasks {

namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t kIndent = 4;

/// The body's lines without what stands before them: blank lines, a language word, prose in front of an indented body.
Lines bodyLines(std::string_view text)
{
    Lines lines = linesOf(text);
    auto first = std::find_if_not(lines.begin(), lines.end(), isBlankLine);
    if (first != lines.end() && (lowerAscii(trimmed(*first)) == "python" || lowerAscii(trimmed(*first)) == "python3")) {
        first = std::find_if_not(first + 1, lines.end(), isBlankLine);
    }
    if (first != lines.end() && indentOf(*first) == 0 && !looksLikePython(*first)) {
        const auto body = std::find_if(first, lines.end(), [](std::string_view line) {
            return !isBlankLine(line) && (indentOf(line) >= kIndent || looksLikePython(line));
        });
        first = body;
    }
    lines.erase(lines.begin(), first);
    return lines;
}

/// Whether only the first line lost its blanks: the second one stands where a body's second line would, or a later one returns to
/// an indentation that the first must have had.
bool lostFirstIndent(const Lines& lines)
{
    const auto isCode = [](std::string_view line) {
        return !isBlankLine(line);
    };
    const auto second = std::find_if(lines.begin() + 1, lines.end(), isCode);
    if (second == lines.end() || indentOf(lines.front()) > 0) {
        return false;
    }
    if (!trimmed(lines.front()).ends_with(':')) {
        return indentOf(*second) >= kIndent;
    }
    std::size_t least = indentOf(*second);
    for (auto line = second; line != lines.end() && (isBlankLine(*line) || indentOf(*line) > 0); ++line) {
        least = isBlankLine(*line) ? least : std::min(least, indentOf(*line));
    }
    return indentOf(*second) >= 2 * kIndent || (least > 0 && least < indentOf(*second));
}

std::string bodyOf(std::string_view text)
{
    const Lines lines = bodyLines(text);
    if (lines.empty()) {
        return {};
    }
    const bool onlyFirst = lostFirstIndent(lines);
    const bool isFlat = indentOf(lines.front()) == 0 && !onlyFirst;
    std::string body;
    PythonState state;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view line = lines[i];
        const bool isOutside = state.isNeutral() && !isBlankLine(line) && indentOf(line) == 0;
        const bool isOther = line.starts_with("def ") || line.starts_with("class ") || line.starts_with("print(") ||
                             line.starts_with(">>>") || line.starts_with("assert ") || line.starts_with("if __name__") ||
                             line.starts_with("import ");
        const bool ends = isFlat ? isOther || !(looksLikePython(line) || line.starts_with("else") ||
                                                line.starts_with("finally:") || line.starts_with(")"))
                                 : i > 0;
        if (isOutside && ends && !(i == 0 && line.starts_with("import "))) {
            break;
        }
        const bool moves = !isBlankLine(line) && (isFlat || (onlyFirst && i == 0));
        body.append(moves ? kIndent : 0, ' ').append(line).append("\n");
        state.read(line);
    }
    return body;
}

/// A fence's text that is code and no output or remark.
bool holdsBody(const AnswerPart& part)
{
    const Lines lines = linesOf(part.text);
    const auto first = std::find_if_not(lines.begin(), lines.end(), isBlankLine);
    return first != lines.end() && mayBePython(part) && (indentOf(*first) > 0 || looksLikePython(*first));
}

} // namespace

std::string bodyIn(std::string_view answer)
{
    std::string_view text = trimmed(answer);
    if (text.size() > 2 && text.front() == '`' && text.back() == '`' && text.find('`', 1) == text.size() - 1) {
        return bodyOf(text.substr(1, text.size() - 2)); // `return x`
    }
    const std::vector<AnswerPart> parts = partsOf(answer);
    for (const AnswerPart& part : parts) {
        // A closing fence alone makes the body the text before it.
        const bool isFirstText = !part.isFenced && &part == parts.data() && holdsBody(part);
        if ((part.isFenced || isFirstText) && holdsBody(part)) {
            return bodyOf(part.text);
        }
    }
    return bodyOf(answer);
}

} // namespace lori::tasks
