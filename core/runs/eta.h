// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>

namespace lori::runs {

/// Time left for the whole run: the training tokens still to come at the rate of the last 50 steps, and the evaluations still to
/// come at the pace measured so far.
class Eta final {
public:
    void setRemainingTokens(double tokens) { m_remainingTokens = tokens; }
    /// What a change of the length or of the checks adds, or takes away when negative.
    void addRemainingTokens(double tokens) { m_remainingTokens = std::max(0.0, m_remainingTokens + tokens); }
    void addRemainingPrompts(double prompts) { m_remainingPrompts = std::max(0.0, m_remainingPrompts + prompts); }
    void addStep(std::int64_t tokens, double seconds);
    /// Rows (prompts) of evaluations that are still to come, and one evaluation's outcome.
    void setRemainingPrompts(double prompts) { m_remainingPrompts = prompts; }
    void addEvaluation(std::int64_t prompts, double seconds);
    /// Tokens a second over the last 50 steps, 0 before the first.
    [[nodiscard]] double tokensPerSecond() const;
    /// Seconds, negative while nothing has been measured.
    [[nodiscard]] double seconds() const;

private:
    struct Sample {
        double tokens, seconds;
    };
    std::deque<Sample> m_steps;
    double m_stepTokens = 0;
    double m_stepSeconds = 0;
    double m_remainingTokens = 0;
    double m_remainingPrompts = 0;
    double m_secondsPerPrompt = 0;
};

} // namespace lori::runs
