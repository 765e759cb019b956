// SPDX-License-Identifier: Apache-2.0
#include "core/runs/eta.h"

#include <algorithm>

namespace lori::runs {

void Eta::addStep(std::int64_t tokens, double seconds)
{
    constexpr std::size_t kWindow = 50;
    m_steps.push_back({static_cast<double>(tokens), seconds});
    m_stepTokens += static_cast<double>(tokens);
    m_stepSeconds += seconds;
    if (m_steps.size() > kWindow) {
        m_stepTokens -= m_steps.front().tokens;
        m_stepSeconds -= m_steps.front().seconds;
        m_steps.pop_front();
    }
    m_remainingTokens = std::max(0.0, m_remainingTokens - static_cast<double>(tokens));
}

void Eta::addEvaluation(std::int64_t prompts, double seconds)
{
    if (prompts > 0) {
        m_secondsPerPrompt = seconds / static_cast<double>(prompts);
        m_remainingPrompts = std::max(0.0, m_remainingPrompts - static_cast<double>(prompts));
    }
}

double Eta::tokensPerSecond() const
{
    return m_stepSeconds > 0 ? m_stepTokens / m_stepSeconds : 0;
}

double Eta::seconds() const
{
    const double rate = tokensPerSecond();
    if (rate <= 0) {
        return -1;
    }
    return m_remainingTokens / rate + m_remainingPrompts * m_secondsPerPrompt;
}

} // namespace lori::runs
