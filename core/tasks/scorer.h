// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/reference_scoring.h"
#include "core/tasks/task.h"

#include <filesystem>
#include <optional>
#include <string>

namespace lori::tasks {

using experiment::ScoringMode;
/// "strict", "reference".
[[nodiscard]] std::string_view scoringModeName(ScoringMode mode);

struct ScoringOptions {
    ScoringMode mode = ScoringMode::Strict;
    std::filesystem::path phrases{}; ///< Reference and refusals: the file of keywords
    ProgramRunner runner{};          ///< for tasks judged by running programs
};

/// Whether a task is judged by running programs, so that a sandbox can be looked for first. Throws Exception(NotFound).
[[nodiscard]] bool runsPrograms(const std::string& task);

/// Judges answers in one of the two modes.
class Scorer final {
public:
    /// Throws Exception: NotFound or BadFile of the phrase file; InvalidArgument when phrases are named in strict mode.
    explicit Scorer(ScoringOptions options);

    [[nodiscard]] ScoringMode mode() const { return m_options.mode; }
    /// Throws Exception when this side cannot be judged this way: Unsupported (programs without a runner), InvalidArgument
    /// (reference refusals without phrases; choice tasks that the reference does not have). Call it before generating.
    void requireJudgeable(const EvaluationSide& side) const;
    /// `prompt` is the text the model saw; strict mode does not look at it.
    [[nodiscard]] Verdict judge(Judge how, const EvaluationRow& row, const std::string& prompt, const std::string& answer) const;

private:
    [[nodiscard]] Verdict judgeAsReference(Judge how, const EvaluationRow& row, const std::string& prompt,
                                           const std::string& answer) const;

    ScoringOptions m_options;
    std::optional<ReferencePhrases> m_phrases;
};

} // namespace lori::tasks
