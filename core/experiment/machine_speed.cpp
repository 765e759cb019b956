// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/machine_speed.h"

#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace lori::experiment {

namespace {

constexpr std::int64_t kLeastSteps = 10; // the first steps warm up

double headParameters(const ModelShape& shape)
{
    return static_cast<double>(shape.vocabulary) * static_cast<double>(shape.hidden);
}

bool isRate(double value)
{
    return std::isfinite(value) && value > 0;
}

} // namespace

std::int64_t linearParameters(const ModelShape& shape)
{
    std::int64_t sum = 0;
    for (const Projection p : kAllProjections) {
        const ProjectionShape one = projectionShape(shape, p);
        sum += one.in * one.out;
    }
    return shape.layers * sum;
}

double trainingFlops(const ModelShape& shape, double tokens, double responseTokens)
{
    return 4 * (static_cast<double>(linearParameters(shape)) * tokens + headParameters(shape) * responseTokens);
}

double generationFlops(const ModelShape& shape, double newTokens)
{
    return 2 * (static_cast<double>(linearParameters(shape)) + headParameters(shape)) * newTokens;
}

void SpeedMeter::addStep(std::int64_t tokens, std::int64_t responseTokens, double seconds)
{
    ++m_steps;
    m_trainFlops += trainingFlops(m_shape, static_cast<double>(tokens), static_cast<double>(responseTokens));
    m_trainSeconds += seconds;
}

void SpeedMeter::addEvaluation(std::int64_t answers, std::int64_t maxNewTokens, double seconds)
{
    m_generateFlops += generationFlops(m_shape, static_cast<double>(answers) * static_cast<double>(maxNewTokens));
    m_generateSeconds += seconds;
}

MachineSpeed SpeedMeter::speed(MachineSpeed before, const std::string& device, std::int64_t nowMs) const
{
    if (m_steps < kLeastSteps || !(m_trainSeconds > 0)) {
        return before;
    }
    before.trainFlopsPerSecond = m_trainFlops / m_trainSeconds;
    if (m_generateSeconds > 0) {
        before.generateFlopsPerSecond = m_generateFlops / m_generateSeconds;
    }
    before.device = device;
    before.measuredMs = nowMs;
    return before;
}

MachineSpeed loadMachineSpeed(const Home& home)
{
    const auto text = readTextFile(home.speedFile());
    if (!text) {
        return {};
    }
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object()) {
        return {};
    }
    const auto number = [&](const char* key) {
        const auto found = json.find(key);
        return found != json.end() && found->is_number() ? found->get<double>() : 0.0;
    };
    const auto device = json.find("device");
    MachineSpeed speed;
    speed.trainFlopsPerSecond = number("trainFlopsPerSecond");
    speed.generateFlopsPerSecond = number("generateFlopsPerSecond");
    speed.measuredMs = static_cast<std::int64_t>(number("measuredMs"));
    if (!isRate(speed.trainFlopsPerSecond) || !isRate(speed.generateFlopsPerSecond) || device == json.end() ||
        !device->is_string()) {
        return {};
    }
    speed.device = device->get<std::string>();
    return speed;
}

Result<void> saveMachineSpeed(const Home& home, const MachineSpeed& speed)
{
    const nlohmann::json json{{"version", 1},
                              {"trainFlopsPerSecond", speed.trainFlopsPerSecond},
                              {"generateFlopsPerSecond", speed.generateFlopsPerSecond},
                              {"device", speed.device},
                              {"measuredMs", speed.measuredMs}};
    return writeFileAtomically(home.speedFile(), json.dump(2) + "\n");
}

} // namespace lori::experiment
