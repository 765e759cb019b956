// SPDX-License-Identifier: Apache-2.0
#include "app/lori/run_progress.h"

#include "core/experiment/number_text.h"

#include <array>
#include <cstdio>
#include <iostream>

namespace lori::app {

namespace {

std::string fixed(double value, int digits)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.*f", digits, value); // NOLINT: fixed width
    return text.data();
}

std::string scoreText(const events::Score& e)
{
    const double value = e.value.value_or(0);
    return e.task + " " + e.metric + " " + fixed(100 * value, 1) + " % [" + fixed(100 * e.low.value_or(value), 1) + "–" +
           fixed(100 * e.high.value_or(value), 1) + "], " + std::to_string(e.hits) + " of " + std::to_string(e.n);
}

} // namespace

/// Also where no terminal is: a line for each, for logs of long work.
void RunProgress::showChild(const events::Child& e)
{
    m_line.clear();
    if (e.state == "begins") {
        std::cerr << "[" << e.place << "/" << e.count << "] " << e.kind << " " << e.node << ", about "
                  << durationText(e.etaSeconds) << " left for all\n";
    } else if (e.state == "failed") {
        std::cerr << "[" << e.place << "/" << e.count << "] " << e.kind << " " << e.node << " failed: " << e.error << "\n";
    }
}

void RunProgress::show(const events::Event& event)
{
    std::visit(
        events::Overloaded{
            [&](const events::Started& e) {
                m_line.say(std::string(e.resumed ? "Going on" : "Started") + " on " + e.device + ", " +
                           std::to_string(e.threads) + " threads, matrices by " + e.gemm);
            },
            [&](const events::StageStarted& e) {
                m_stageName = e.name;
                m_stageSteps = e.steps;
                m_line.say(e.name + (e.steps > 0 ? ": " + std::to_string(e.steps) + " steps, " + std::to_string(e.trainable) +
                                                       " trained parameters"
                                                 : ""));
            },
            [&](const events::Step& e) {
                m_line.show(
                    m_stageName, e.step, m_stageSteps, e.etaSeconds,
                    (e.lossPerToken ? "loss/token " + fixed(*e.lossPerToken, 3) : "loss " + fixed(e.loss.value_or(0), 3)) + "  " +
                        fixed(e.tokensPerSecond, 0) + " tokens/s");
            },
            [&](const events::Progress& e) { m_line.show(e.what, e.done, e.total, e.etaSeconds); },
            [&](const events::Score& e) {
                m_line.say("  " + (e.stage < 0 ? "base" : m_stageName) + ", step " + std::to_string(e.step) + ": " +
                           scoreText(e));
            },
            [&](const events::Mask& e) {
                m_line.say("  kept " + std::to_string(e.kept) + " of " + std::to_string(e.total) + " entries");
            },
            [&](const events::Note& e) { m_line.say("  note: " + e.text); }, [&](const events::Child& e) { showChild(e); },
            [&](const events::Paused&) { m_line.say("Paused"); }, [&](const events::Continued&) { m_line.say("Continued"); },
            [&](const events::Changed& e) {
                m_line.say("  " + e.what + " " + experiment::numberText(e.value) + " after step " + std::to_string(e.step));
            },
            [](const auto&) {
            }},
        event.payload);
}

} // namespace lori::app
