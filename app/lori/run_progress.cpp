// SPDX-License-Identifier: Apache-2.0
#include "app/lori/run_progress.h"

#include <array>
#include <cstdio>

namespace lori::app {

namespace {

std::string fixed(double value, int digits)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.*f", digits, value); // NOLINT: fixed width
    return text.data();
}

std::string scoreText(const nlohmann::json& v)
{
    return v.value("task", "") + " " + v.value("metric", "") + " " + fixed(100 * v.value("value", 0.0), 1) + " % [" +
           fixed(100 * v.value("low", 0.0), 1) + "–" + fixed(100 * v.value("high", 0.0), 1) + "], " +
           std::to_string(v.value("hits", 0)) + " of " + std::to_string(v.value("n", 0));
}

} // namespace

void RunProgress::show(const experiment::Event& event)
{
    const nlohmann::json& v = event.values;
    if (event.type == "started") {
        m_line.say(std::string(v.value("resumed", false) ? "Going on" : "Started") + " on " + v.value("device", "") + ", " +
                   std::to_string(v.value("threads", 0)) + " threads, matrices by " + v.value("gemm", ""));
    } else if (event.type == "stage_started") {
        m_stageName = v.value("name", "");
        m_stageSteps = v.value("steps", std::int64_t{0});
        const auto trainable = v.value("trainable", std::int64_t{0});
        m_line.say(m_stageName + (m_stageSteps > 0 ? ": " + std::to_string(m_stageSteps) + " steps, " +
                                                         std::to_string(trainable) + " trained parameters"
                                                   : ""));
    } else if (event.type == "step") {
        m_line.show(m_stageName, v.value("step", std::int64_t{0}), m_stageSteps, v.value("etaSeconds", -1.0),
                    "loss " + fixed(v.value("loss", 0.0), 3) + "  " + fixed(v.value("tokensPerSecond", 0.0), 0) + " tokens/s");
    } else if (event.type == "progress") {
        m_line.show(v.value("what", ""), v.value("done", std::int64_t{0}), v.value("total", std::int64_t{1}),
                    v.value("etaSeconds", -1.0));
    } else if (event.type == "score") {
        m_line.say("  " + std::string(v.value("stage", -1) < 0 ? "base" : m_stageName) + ", step " +
                   std::to_string(v.value("step", 0)) + ": " + scoreText(v));
    } else if (event.type == "mask") {
        m_line.say("  kept " + std::to_string(v.value("kept", std::int64_t{0})) + " of " +
                   std::to_string(v.value("total", std::int64_t{0})) + " entries");
    } else if (event.type == "note") {
        m_line.say("  note: " + v.value("text", ""));
    } else if (event.type == "paused" || event.type == "continued") {
        m_line.say(event.type == "paused" ? "Paused" : "Continued");
    }
}

} // namespace lori::app
