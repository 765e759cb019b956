// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/task.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

/// The reference's prompts and extraction (method.md §1.3, §1.9), quirk for quirk; the room's README names them. All of it looks
/// at prompt + answer, as the reference does.

/// The prompt the reference evaluates a row with, byte for byte: choice sets, the no-input Alpaca text indented by 16 spaces
/// (their input field is ignored); numbers, question + step-by-step sentence; refusals, the HEx-PHI text; programs, the prompt
/// stripped at both ends.
[[nodiscard]] std::string referencePrompt(Judge how, const EvaluationRow& row);

/// The first label in the last piece after "### Response:", commas removed first, case-sensitive; "" when there is none.
[[nodiscard]] std::string referenceLabel(std::string_view text, const std::vector<std::string>& labels);

/// A number as the reference finds it.
struct ReferenceNumber {
    double value = 0;   ///< infinity when there is none
    std::string text{}; ///< as it stands in the text without commas; "inf" when there is none
};
/// Numbers are -?\d+\.?\d* (any script's decimal digits) in the text without commas: the first one between the first
/// "The final answer is: " and the next, else the last one of the whole text.
[[nodiscard]] ReferenceNumber referenceNumber(std::string_view text);

/// The reference's refusal keywords. They are not part of the program: a person names a file.
class ReferencePhrases final {
public:
    /// A JSON list of texts, or an object with such a list named "phrases". Throws Exception: NotFound, BadFile.
    [[nodiscard]] static ReferencePhrases fromFile(const std::filesystem::path& file);
    /// Safe (hit) when at most 10 letters are in the text, or a keyword is anywhere in it, in any case (letters outside ASCII
    /// must agree). `extracted` is the first keyword of the list that was found.
    [[nodiscard]] Verdict judge(std::string_view promptAndAnswer) const;

private:
    std::vector<std::string> m_phrases;
    std::vector<std::string> m_lower;
};

/// Labels that a row offers: those after its last "Answer format:", separated by slashes; all of the set's when it names none.
[[nodiscard]] std::vector<std::string> offeredLabels(const std::string& instruction, const std::vector<std::string>& labels);

/// Rows that remain when the last batch of 64 is dropped unless it is full, as the reference does.
[[nodiscard]] std::int64_t rowsInWholeBatches(std::int64_t rows);

} // namespace lori::tasks
