// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/scorer.h"

#include "core/tasks/benchmarks.h"
#include "core/tasks/task_manifest.h"

#include <algorithm>

namespace lori::tasks {

std::string_view scoringModeName(ScoringMode mode)
{
    return mode == ScoringMode::Strict ? "strict" : "reference";
}

bool runsPrograms(const std::string& task)
{
    if (const auto sets = benchmarksOf(task); !sets.empty()) {
        return sets.front()->rows == BenchmarkRows::Program;
    }
    const std::vector<EvaluationFile> sides = readManifest(task).evaluation;
    return std::any_of(sides.begin(), sides.end(), [](const EvaluationFile& side) { return side.judge == Judge::UnitTests; });
}

Scorer::Scorer(ScoringOptions options) : m_options(std::move(options))
{
    if (m_options.phrases.empty()) {
        return;
    }
    if (m_options.mode == ScoringMode::Strict) {
        throw Exception(ErrorCode::InvalidArgument, "strict scoring uses the program's own phrases, not a file",
                        "leave --phrases out or choose --mode reference");
    }
    m_phrases = ReferencePhrases::fromFile(m_options.phrases);
}

void Scorer::requireJudgeable(const EvaluationSide& side) const
{
    if (side.judge == Judge::UnitTests && !m_options.runner) {
        throw Exception(ErrorCode::Unsupported,
                        "this task is judged by running programs, which needs a sandbox, and none is at hand",
                        "leave it out of the evaluation", side.set);
    }
    if (m_options.mode == ScoringMode::Strict) {
        return;
    }
    if (side.judge == Judge::Refusal && !m_phrases) {
        throw Exception(ErrorCode::InvalidArgument, "reference scoring of refusals needs the reference's list of phrases",
                        "name the file with --phrases, or score strictly");
    }
    if (side.judge == Judge::Choice && side.set.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "the reference has no such choice task", "score it strictly");
    }
}

Verdict Scorer::judge(Judge how, const EvaluationRow& row, const std::string& prompt, const std::string& answer) const
{
    return m_options.mode == ScoringMode::Strict ? tasks::judge(how, row, answer, m_options.runner)
                                                 : judgeAsReference(how, row, prompt, answer);
}

Verdict Scorer::judgeAsReference(Judge how, const EvaluationRow& row, const std::string& prompt, const std::string& answer) const
{
    const std::string text = prompt + answer;
    switch (how) {
    case Judge::Choice: {
        const std::string found = referenceLabel(text, row.options);
        return {found == referenceLabel(row.expected, row.options), found};
    }
    case Judge::FinalNumber: {
        const ReferenceNumber found = referenceNumber(text);
        const std::string& gold = row.row.output.empty() ? row.expected : row.row.output;
        const ReferenceNumber wanted =
            referenceNumber(renderResponse({{}, {}, gold}, experiment::PromptTemplate::QuestionReference));
        return {found.value == wanted.value, found.text};
    }
    case Judge::Refusal:
        return m_phrases.value().judge(text);
    case Judge::UnitTests: {
        const ProgramOutcome outcome = m_options.runner(row.program.code.empty() ? candidateProgram(row.program, answer)
                                                                                 : referenceProgram(row.program, answer));
        return {outcome.passed, outcome.passed ? "passed" : outcome.reason};
    }
    }
    return {};
}

} // namespace lori::tasks
