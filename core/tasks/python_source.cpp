// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/python_source.h"

#include "core/tasks/answer_text.h"

#include <algorithm>
#include <array>

namespace lori::tasks {

namespace {

bool startsWithAny(std::string_view text, std::initializer_list<std::string_view> words)
{
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.starts_with(word); });
}

bool isNameByte(char c)
{
    return isAsciiLetter(c) || isAsciiDigit(c);
}

std::string_view nameAt(std::string_view text)
{
    const auto end = std::find_if_not(text.begin(), text.end(), isNameByte);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

/// A line without its comment and blanks; texts are not looked into, which is enough to see how a line ends.
std::string_view withoutComment(std::string_view line)
{
    return trimmed(line.substr(0, line.find(" #")));
}

bool isDefinition(std::string_view line)
{
    return startsWithAny(line, {"def ", "async def ", "class ", "@"}) &&
           (line.find('(') != std::string_view::npos || line.find(':') != std::string_view::npos || line.front() == '@');
}

bool isImport(std::string_view line)
{
    return (line.starts_with("import ") && line.find('.', 7) != line.size() - 1) ||
           (line.starts_with("from ") && line.find(" import ") != std::string_view::npos);
}

bool isBlock(std::string_view line)
{
    const std::string_view plain = withoutComment(line);
    const bool opens = plain.ends_with(':') || line.find(": ") != std::string_view::npos;
    return opens && (startsWithAny(line, {"if ", "while ", "match ", "elif ", "except "}) || plain == "try:" ||
                     plain == "else:" || plain == "except:" || plain == "finally:" ||
                     (startsWithAny(line, {"for ", "async for "}) && line.find(" in ") != std::string_view::npos) ||
                     (startsWithAny(line, {"with ", "async with "}) && line.find('(') != std::string_view::npos));
}

/// Where the "=" of an assignment is, npos when the line is none. What stands before it are names, indices and commas.
std::size_t assignmentOf(std::string_view line)
{
    if (line.empty() || !(isAsciiLetter(line.front()) || line.front() == '(')) {
        return std::string_view::npos;
    }
    bool annotated = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '=') {
            return i + 1 < line.size() && line[i + 1] == '=' ? std::string_view::npos : i;
        }
        annotated = annotated || c == ':';
        const bool isWordGap = c == ' ' && i > 0 && isNameByte(line[i - 1]) && i + 1 < line.size() && isNameByte(line[i + 1]);
        if (isWordGap && !annotated) {
            return std::string_view::npos; // two words side by side: prose
        }
        if (!isNameByte(c) && std::string_view(" ,.[]():'\"*+-/%&|^<>").find(c) == std::string_view::npos) {
            return std::string_view::npos;
        }
    }
    return std::string_view::npos;
}

bool isCall(std::string_view line)
{
    std::size_t end = 0;
    while (end < line.size() && (isNameByte(line[end]) || line[end] == '.')) {
        ++end;
    }
    return end > 0 && end < line.size() && line[end] == '(' && isAsciiLetter(line.front());
}

ChunkKind kindOf(std::string_view line, Surroundings around)
{
    if (startsWithAny(line, {">>>", "... ", "print(", "assert ", "if __name__", "input(", "main()"})) {
        return ChunkKind::Example;
    }
    if (isDefinition(line)) {
        return ChunkKind::Definition;
    }
    if (isImport(line)) {
        return ChunkKind::Import;
    }
    if (isBlock(line)) {
        return ChunkKind::Block;
    }
    if (line.starts_with('#') || startsWithAny(line, {"\"\"\"", "'''"})) {
        return ChunkKind::Comment;
    }
    if (assignmentOf(line) != std::string_view::npos) {
        return ChunkKind::Assignment;
    }
    if (isCall(line) &&
        (around == Surroundings::Code || withoutComment(line).ends_with(')') || withoutComment(line).ends_with('('))) {
        return ChunkKind::Example;
    }
    return around == Surroundings::Code ? ChunkKind::Block : ChunkKind::Prose;
}

/// Lines that belong to the statement before them although they are not indented.
bool goesOn(std::string_view line)
{
    return startsWithAny(line, {"elif ", "else:", "else :", "except", "finally:", ")", "]", "}"});
}

std::vector<std::string> importedNames(std::string_view line)
{
    std::vector<std::string> names;
    const std::size_t list = line.starts_with("from ") ? line.find(" import ") + 8 : 7;
    std::string_view rest = withoutComment(line).substr(std::min(list, withoutComment(line).size()));
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        std::string_view part = trimmed(rest.substr(0, comma));
        const std::size_t as = part.find(" as ");
        part = as == std::string_view::npos ? part : trimmed(part.substr(as + 4));
        part.remove_prefix(part.starts_with('(') ? 1 : 0);
        names.emplace_back(nameAt(part));
        rest = rest.substr(std::min(comma + 1, rest.size()));
    }
    return names;
}

std::vector<std::string> namesOf(ChunkKind kind, std::string_view text)
{
    if (kind == ChunkKind::Import) {
        return importedNames(linesOf(text).front());
    }
    if (kind == ChunkKind::Assignment) {
        return {std::string(nameAt(text))};
    }
    std::vector<std::string> names;
    for (const std::string_view line : kind == ChunkKind::Definition ? linesOf(text) : std::vector<std::string_view>()) {
        for (const std::string_view word : {"def ", "async def ", "class "}) {
            if (line.starts_with(word)) {
                names.emplace_back(nameAt(line.substr(word.size())));
            }
        }
    }
    return names;
}

/// A definition whose header ends and that has something behind it.
bool hasBody(std::string_view text)
{
    const std::vector<std::string_view> lines = linesOf(text);
    PythonState state;
    bool inHeader = false;
    bool behindHeader = false;
    for (const std::string_view line : lines) {
        if (behindHeader && !isBlankLine(line)) {
            return true;
        }
        inHeader = inHeader || startsWithAny(line, {"def ", "async def ", "class "});
        state.read(line);
        if (inHeader && state.isNeutral()) {
            const std::string_view plain = withoutComment(line);
            if (!plain.ends_with(':')) {
                return plain.find(": ") != std::string_view::npos ||
                       plain.find("):") != std::string_view::npos; // all in one line
            }
            behindHeader = true;
        }
    }
    return false;
}

} // namespace

void PythonState::read(std::string_view line)
{
    m_continues = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const std::string_view rest = line.substr(i);
        if (!m_quote.empty()) {
            if (rest.front() == '\\') {
                ++i;
            } else if (rest.starts_with(m_quote)) {
                i += 2;
                m_quote.clear();
            }
        } else if (rest.starts_with("\"\"\"") || rest.starts_with("'''")) {
            m_quote = rest.substr(0, 3);
            i += 2;
        } else if (rest.front() == '"' || rest.front() == '\'') {
            std::size_t end = i + 1;
            while (end < line.size() && line[end] != rest.front()) {
                end += line[end] == '\\' ? 2 : 1;
            }
            i = end;
        } else if (rest.front() == '#') {
            return;
        } else if (std::string_view("([{").find(rest.front()) != std::string_view::npos) {
            ++m_depth;
        } else if (std::string_view(")]}").find(rest.front()) != std::string_view::npos) {
            m_depth = std::max(0, m_depth - 1);
        }
    }
    m_continues = m_quote.empty() && line.ends_with('\\');
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        line.remove_suffix(line.ends_with('\r') ? 1 : 0);
        lines.push_back(line);
        at = end + 1;
    }
    return lines;
}

std::size_t indentOf(std::string_view line)
{
    std::size_t columns = 0;
    for (const char c : line) {
        if (c != ' ' && c != '\t') {
            break;
        }
        columns += c == '\t' ? 4 : 1;
    }
    return columns;
}

bool isBlankLine(std::string_view line)
{
    return trimmed(line).empty();
}

bool mentions(std::string_view text, std::string_view word)
{
    for (std::size_t at = text.find(word); !word.empty() && at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !isNameByte(text[at - 1])) && (end == text.size() || !isNameByte(text[end]))) {
            return true;
        }
    }
    return false;
}

bool looksLikePython(std::string_view line)
{
    const std::string_view plain = withoutComment(line);
    const bool isSimple = plain == "pass" || plain == "return" || plain == "break" || plain == "continue" ||
                          startsWithAny(line, {"return ", "raise ", "global ", "nonlocal ", "del ", "yield ", "yield("});
    return isSimple || kindOf(line, Surroundings::Text) != ChunkKind::Prose;
}

std::vector<PythonChunk> pythonChunks(std::string_view source, Surroundings around)
{
    std::vector<PythonChunk> chunks;
    PythonState state;
    bool decorates = false;
    for (const std::string_view line : linesOf(source)) {
        const bool starts = state.isNeutral() && !isBlankLine(line) && indentOf(line) == 0 && !goesOn(line);
        if (chunks.empty() || (starts && !decorates)) {
            chunks.push_back({starts                         ? kindOf(line, around)
                              : around == Surroundings::Code ? ChunkKind::Block
                                                             : ChunkKind::Prose,
                              {}});
        }
        if (starts) {
            decorates = line.starts_with('@') && chunks.back().kind == ChunkKind::Definition;
        }
        chunks.back().text.append(line).append("\n");
        if (chunks.back().kind != ChunkKind::Prose) { // an apostrophe of prose opens no text
            state.read(line);
        }
    }
    for (PythonChunk& chunk : chunks) {
        chunk.names = namesOf(chunk.kind, chunk.text);
        chunk.isComplete = chunk.kind != ChunkKind::Definition || hasBody(chunk.text);
    }
    if (!chunks.empty() && !state.isNeutral()) {
        chunks.back().isComplete = false;
    }
    return chunks;
}

} // namespace lori::tasks
