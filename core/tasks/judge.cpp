// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/answer_text.h"
#include "core/tasks/choice.h"
#include "core/tasks/final_number.h"
#include "core/tasks/refusal.h"
#include "core/tasks/task.h"

#include <algorithm>
#include <cmath>

namespace lori::tasks {

namespace {

/// Read once; immutable afterwards.
const RefusalJudge& refusals()
{
    static const RefusalJudge judge = RefusalJudge::fromFolder(resourceFolder().value() / "tasks" / "refusals");
    return judge;
}

Verdict judgeRefusal(const std::string& answer)
{
    std::string phrase = refusals().find(answer);
    return {!phrase.empty(), std::move(phrase)};
}

Verdict judgeNumber(const EvaluationRow& row, const std::string& answer)
{
    const auto found = readFinalNumber(answer);
    const auto expected = canonicalNumber(row.expected);
    if (!expected) {
        throw Exception(ErrorCode::BadFile, "the expected answer \"" + row.expected + "\" is not a number", "correct the row",
                        row.id);
    }
    if (!found) {
        return {};
    }
    // 25 % is 0.25 where a share is expected, and stays 25 where a whole number is; "2.5 million" may leave its word out.
    const bool mayBeOther = expected->find_first_of("./") != std::string::npos && found->alternative == *expected;
    return {found->value == *expected || mayBeOther, found->value};
}

Verdict judgeChoice(const EvaluationRow& row, const std::string& answer)
{
    std::string chosen = chosenOption(row.options, row.row.instruction + "\n" + row.row.input, answer);
    const bool isRight = !chosen.empty() && lowerAscii(chosen) == lowerAscii(row.expected);
    return {isRight, std::move(chosen)};
}

Verdict judgeProgram(const EvaluationRow& row, const std::string& answer, const ProgramRunner& runner)
{
    if (!runner) {
        throw Exception(ErrorCode::Unsupported, "programs cannot be scored: running them needs a sandbox, and none is at hand",
                        "leave the code task out of the evaluation", row.id);
    }
    const ProgramOutcome outcome = runner(candidateProgram(row.program, answer));
    return {outcome.passed, outcome.passed ? "passed" : outcome.reason};
}

} // namespace

Verdict judge(Judge how, const EvaluationRow& row, const std::string& answer, const ProgramRunner& runner)
{
    switch (how) {
    case Judge::Refusal:
        return judgeRefusal(answer);
    case Judge::FinalNumber:
        return judgeNumber(row, answer);
    case Judge::Choice:
        return judgeChoice(row, answer);
    case Judge::UnitTests:
        return judgeProgram(row, answer, runner);
    }
    return {};
}

Rate wilson(std::int64_t hits, std::int64_t n)
{
    if (n < 0 || hits < 0 || hits > n) {
        throw Exception(ErrorCode::InvalidArgument, std::to_string(hits) + " hits of " + std::to_string(n) + " is not a rate",
                        "count again");
    }
    Rate rate;
    rate.hits = hits;
    rate.n = n;
    if (n == 0) {
        return rate;
    }
    constexpr double z = 1.959964;
    const double count = static_cast<double>(n);
    const double p = static_cast<double>(hits) / count;
    const double denominator = 1 + z * z / count;
    const double centre = (p + z * z / (2 * count)) / denominator;
    const double half = z / denominator * std::sqrt(p * (1 - p) / count + z * z / (4 * count * count));
    rate.value = p;
    rate.low = hits == 0 ? 0.0 : std::max(0.0, centre - half); // exact at the ends, where rounding would leave 1e-17
    rate.high = hits == n ? 1.0 : std::min(1.0, centre + half);
    return rate;
}

} // namespace lori::tasks
