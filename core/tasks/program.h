// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace lori::tasks {

/// How one generated program is tested.
struct ProgramTests {
    std::string code{};       ///< what the answer continues (HumanEval's prompt); "" when the answer is the whole program
    std::string entryPoint{}; ///< the function that is asked for
    std::string tests{};      ///< Python statements that fail when the program is wrong
};

/// What became of a program. `reason` says in a few words why it failed: "AssertionError", "longer than 3 s", "killed".
struct ProgramOutcome {
    bool passed = false;
    std::string reason{};
};
/// Runs a whole Python program, tests at its end, inside a sandbox. Empty = no sandbox at hand.
using ProgramRunner = std::function<ProgramOutcome(const std::string& program)>;

/// The program of an answer, ours: the first fenced block, else the whole text. An answer that defines the function stands behind
/// what the prompt has before it (imports, helpers); any other answer continues the prompt up to the first line of new top-level
/// text. The tests come last.
[[nodiscard]] std::string programText(const ProgramTests& task, const std::string& answer);

/// The reference's program (method.md §1.9): stripped prompt + answer up to the earliest stop word, LF LF, tests.
[[nodiscard]] std::string referenceProgramText(const ProgramTests& task, const std::string& answer);

/// The answer up to the earliest of LF + one of class, def, #, @, print, if, three backticks; or <file_sep>.
[[nodiscard]] std::string_view untilStopWord(std::string_view answer);

} // namespace lori::tasks
