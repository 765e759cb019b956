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

/// A program to run and what decides over it.
struct CandidateProgram {
    std::string source{};
    std::string tests{};
    std::string entryPoint{};
    std::string helpers{}; ///< definitions that the tests may use besides the entry point; "" when there are none
};

/// What became of a program. `reason` says in a few words why it failed: "AssertionError", "ran longer than 3 s".
struct ProgramOutcome {
    bool passed = false;
    std::string reason{};
};
/// Runs a Python program against its tests inside a sandbox. Empty = no sandbox at hand.
using ProgramRunner = std::function<ProgramOutcome(const CandidateProgram& program)>;

/// The program of an answer, ours. An answer that defines the function stands behind what the prompt has before it (imports,
/// helpers): of several definitions the last complete one, from a fence or from the text, with the imports and helpers it needs
/// and without what only shows it at work; a method of a class is taken out of its class. Any other answer is the body of the
/// prompt's function, up to the first line that belongs to something else. Thinking does not count.
[[nodiscard]] CandidateProgram candidateProgram(const ProgramTests& task, const std::string& answer);

/// The reference's program (method.md §1.9): stripped prompt + answer up to the earliest stop word.
[[nodiscard]] CandidateProgram referenceProgram(const ProgramTests& task, const std::string& answer);

/// The answer up to the earliest of LF + one of class, def, #, @, print, if, three backticks; or <file_sep>.
[[nodiscard]] std::string_view untilStopWord(std::string_view answer);

} // namespace lori::tasks
