// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/machine_speed.h"

#include "core/experiment/config_words.h"

#include <cmath>

namespace lori::experiment {

namespace {

constexpr std::int64_t kLeastSteps = 10;  // the first steps warm up
constexpr double kLeastAnswerSeconds = 1; // of answers: shorter ones are mostly overhead
constexpr double kChoiceTokens = 120;     // a choice row with its options' last tokens

double headParameters(const ModelShape& shape)
{
    return static_cast<double>(shape.vocabulary) * static_cast<double>(shape.hidden);
}

/// The nearest power of four.
std::int64_t sizeClass(std::int64_t size)
{
    const double power = std::round(std::log2(static_cast<double>(std::max<std::int64_t>(1, size))) / 2);
    return static_cast<std::int64_t>(std::exp2(2 * power));
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

double choiceFlops(const ModelShape& shape, double rows)
{
    return 2 * static_cast<double>(linearParameters(shape)) * kChoiceTokens * rows;
}

std::string modelKey(const ModelShape& shape, WeightType weights, Products products)
{
    std::string key;
    for (const std::int64_t part :
         {shape.layers, shape.hidden, shape.heads, shape.kvHeads, shape.headSize, shape.feedForward, shape.vocabulary}) {
        key += std::to_string(part) + "-";
    }
    key += wordOf(weights);
    return products == Products::F32 ? key : key.append("-").append(wordOf(products)); // as it was before there were others
}

void SpeedMeter::add(WorkKind work, std::int64_t size, double flops, double seconds)
{
    Sum& sum = m_sums[{work, sizeClass(size)}];
    ++sum.count;
    sum.flops += flops;
    sum.seconds += seconds;
}

void SpeedMeter::addStep(std::int64_t tokens, std::int64_t responseTokens, double seconds)
{
    add(WorkKind::Train, tokens, trainingFlops(m_shape, static_cast<double>(tokens), static_cast<double>(responseTokens)),
        seconds);
}

void SpeedMeter::addGeneration(std::int64_t answers, std::int64_t maxNewTokens, std::int64_t rows, double seconds)
{
    const double tokens = static_cast<double>(answers) * static_cast<double>(maxNewTokens);
    add(WorkKind::Generate, std::min(rows, answers), generationFlops(m_shape, tokens), seconds);
}

void SpeedMeter::addChoices(std::int64_t answers, std::int64_t rows, double seconds)
{
    add(WorkKind::Choose, std::min(rows, answers), choiceFlops(m_shape, static_cast<double>(answers)), seconds);
}

std::vector<SpeedEntry> SpeedMeter::entries(const std::string& device, std::int64_t threads, const std::string& model,
                                            std::int64_t nowMs) const
{
    std::vector<SpeedEntry> found;
    for (const auto& [key, sum] : m_sums) {
        const auto& [work, size] = key;
        const bool isFounded = work == WorkKind::Train ? sum.count >= kLeastSteps : sum.seconds >= kLeastAnswerSeconds;
        if (isFounded && sum.seconds > 0 && sum.flops > 0) {
            found.push_back({device, threads, model, work, size, sum.flops, sum.seconds, nowMs});
        }
    }
    return found;
}

} // namespace lori::experiment
