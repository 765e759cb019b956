// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sandbox/sandbox.h"

#include <string>
#include <string_view>
#include <vector>

namespace lori::sandbox {

/// The strings at which a HumanEval completion ends (Source: bigcode-evaluation-harness, as method.md §1.9 states it), and the
/// model's end-of-text string when it is not empty.
[[nodiscard]] std::vector<std::string> humanEvalStopWords(std::string_view endOfText = {});

/// `text` up to the earliest place where any stop word begins; all of it when none does. Empty stop words are ignored.
[[nodiscard]] std::string cutAtStopWords(std::string_view text, const std::vector<std::string>& stopWords);

/// A HumanEval problem with one completion (already cut; without the prompt). The prompt is also what the tests may use besides
/// the function itself, so that a program cannot swap a helper that its own tests rely on.
[[nodiscard]] Program humanEvalProgram(const std::string& prompt, const std::string& completion, const std::string& test,
                                       const std::string& entryPoint);

/// The single text that the reference executes: candidate, two line feeds, test, a line feed, "check(entryPoint)". For records
/// and comparison only; nothing here runs it.
[[nodiscard]] std::string humanEvalText(const std::string& candidate, const std::string& test, const std::string& entryPoint);

/// A starter code task's function with its assert lines.
[[nodiscard]] Program unitTestProgram(std::string source, std::string tests, std::string entryPoint);

} // namespace lori::sandbox
