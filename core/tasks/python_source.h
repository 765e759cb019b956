// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

// As much of Python's grammar as is needed to find a function in an answer: lines, brackets, strings. Nothing is run.

enum class ChunkKind : std::uint8_t {
    Definition, ///< def, async def, class, with their decorators
    Import,
    Assignment,
    Block,   ///< if, for, while, with, try, match
    Comment, ///< or a text that stands alone
    Example, ///< what only shows or tests: print(…), assert, ">>>", the main guard, a call that stands alone
    Prose,   ///< no Python; only told apart outside of fences
};

/// A statement without indentation, with all the lines that belong to it.
struct PythonChunk {
    ChunkKind kind = ChunkKind::Prose;
    std::string text;
    std::vector<std::string> names{}; ///< that it defines
    bool isComplete = true;           ///< brackets and texts are closed, a definition has a body
};

enum class Surroundings : std::uint8_t { Code, Text }; ///< Text: lines between the statements may be prose

[[nodiscard]] std::vector<PythonChunk> pythonChunks(std::string_view source, Surroundings around);
/// Whether a line without indentation could be Python.
[[nodiscard]] bool looksLikePython(std::string_view line);
/// The lines of a text without their ends (LF or CRLF).
[[nodiscard]] std::vector<std::string_view> linesOf(std::string_view text);
/// Number of columns before the first character; a tab counts as four.
[[nodiscard]] std::size_t indentOf(std::string_view line);
[[nodiscard]] bool isBlankLine(std::string_view line);
/// Whether `word` stands in `text` as a name of its own.
[[nodiscard]] bool mentions(std::string_view text, std::string_view word);

/// Follows brackets, texts and line ends that are no ends through a source.
class PythonState final {
public:
    /// Reads one line; a text in single quotes ends with it.
    void read(std::string_view line);
    /// Between statements: no bracket, no long text and no backslash is open.
    [[nodiscard]] bool isNeutral() const { return m_depth == 0 && m_quote.empty() && !m_continues; }

private:
    int m_depth = 0;
    std::string m_quote; ///< three quotes that are open
    bool m_continues = false;
};

} // namespace lori::tasks
