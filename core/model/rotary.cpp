// SPDX-License-Identifier: Apache-2.0
#include "core/model/rotary.h"

#include <ATen/Functions.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace lori::model {

namespace {

/// llama3: slow frequencies are divided by the factor, fast ones stay, and between them it is blended.
double blended(double f, const formats::RopeScaling& s)
{
    const double wavelength = 2 * std::numbers::pi / f;
    const auto context = static_cast<double>(s.originalContext);
    if (wavelength > context / s.lowFrequencyFactor) {
        return f / s.factor;
    }
    if (wavelength >= context / s.highFrequencyFactor) {
        const double smooth = (context / wavelength - s.lowFrequencyFactor) / (s.highFrequencyFactor - s.lowFrequencyFactor);
        return (1 - smooth) * f / s.factor + smooth * f;
    }
    return f;
}

/// yarn: the index of the frequency that turns `times` times in the original context.
double frequencyThatTurns(double times, double theta, double size, const formats::RopeScaling& s)
{
    return size * std::log(static_cast<double>(s.originalContext) / (times * 2 * std::numbers::pi)) / (2 * std::log(theta));
}

void stretchYarn(std::vector<double>& frequencies, const formats::Rope& rope)
{
    const formats::RopeScaling& s = rope.scaling;
    const auto size = static_cast<double>(2 * frequencies.size());
    double low = frequencyThatTurns(s.betaFast, rope.theta, size, s);
    double high = frequencyThatTurns(s.betaSlow, rope.theta, size, s);
    if (s.roundsRange) {
        low = std::floor(low);
        high = std::ceil(high);
    }
    low = std::max(low, 0.0);
    high = std::min(high, size - 1);
    high += low == high ? 0.001 : 0; // one step, not a division by zero
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
        const double stretched = std::clamp((static_cast<double>(i) - low) / (high - low), 0.0, 1.0);
        frequencies[i] = frequencies[i] / s.factor * stretched + frequencies[i] * (1 - stretched);
    }
}

} // namespace

std::vector<double> inverseFrequencies(const formats::Rope& rope, std::int64_t rotated, std::int64_t rowLength)
{
    const formats::RopeScaling& s = rope.scaling;
    const auto size = static_cast<double>(rotated);
    double theta = rope.theta;
    if (s.kind == "dynamic" && rowLength > s.originalContext) {
        const double grown = s.factor * static_cast<double>(rowLength) / static_cast<double>(s.originalContext) - (s.factor - 1);
        theta *= std::pow(grown, size / (size - 2));
    }
    const std::vector<double>& divisors = s.kind == "longrope" && rowLength > s.originalContext ? s.longDivisors : s.divisors;
    std::vector<double> frequencies;
    for (std::int64_t i = 0; i < rotated / 2; ++i) {
        double f = std::pow(theta, -2.0 * static_cast<double>(i) / size);
        if (s.kind == "table" || s.kind == "longrope") {
            f /= divisors[static_cast<std::size_t>(i)];
        } else if (s.kind == "linear") {
            f /= s.factor;
        } else if (s.kind == "llama3") {
            f = blended(f, s);
        }
        frequencies.push_back(f);
    }
    if (s.kind == "yarn") {
        stretchYarn(frequencies, rope);
    }
    return frequencies;
}

Rotary::Rotary(formats::Rope rope, std::int64_t rotated, std::int64_t context, at::Device device)
    : m_rope(std::move(rope)), m_rotated(rotated), m_device(device)
{
    m_kept = lines(context, 0);
}

Rotary::Lines Rotary::lines(std::int64_t count, std::int64_t rowLength) const
{
    // transformers computes inverse frequencies and angles in f32; equal logits need the same rounding.
    const std::vector<double> frequencies = inverseFrequencies(m_rope, m_rotated, rowLength);
    const at::Tensor f = at::from_blob(const_cast<double*>(frequencies.data()), {static_cast<std::int64_t>(frequencies.size())},
                                       at::kDouble) // NOLINT
                             .to(at::kFloat);
    const at::Tensor angles = at::outer(at::arange(count, at::kFloat), f);
    Lines made{angles.cos(), angles.sin()};
    if (m_rope.scaling.attentionFactor != 1) {
        made.cos_PE.mul_(m_rope.scaling.attentionFactor);
        made.sin_PE.mul_(m_rope.scaling.attentionFactor);
    }
    return {made.cos_PE.to(m_device), made.sin_PE.to(m_device)};
}

bool Rotary::dependsOnLength(std::int64_t rowLength) const
{
    const formats::RopeScaling& s = m_rope.scaling;
    return (s.kind == "dynamic" || s.kind == "longrope") && rowLength > s.originalContext;
}

bool Rotary::changesAfter(std::int64_t length) const
{
    return m_rope.scaling.kind == "longrope" && length == m_rope.scaling.originalContext;
}

RotaryTable Rotary::of(const at::Tensor& positions_T, const std::vector<std::int64_t>& rowLengths,
                       const std::vector<std::int64_t>& tokensOfRow) const
{
    std::int64_t longest = 0;
    bool isPlain = true;
    for (const std::int64_t length : rowLengths) {
        longest = std::max(longest, length);
        isPlain = isPlain && !dependsOnLength(length);
    }
    if (isPlain && longest <= m_kept.cos_PE.size(0)) {
        return {m_kept.cos_PE, m_kept.sin_PE, positions_T};
    }
    if (isPlain) {
        const Lines longer = lines(longest, 0);
        return {longer.cos_PE, longer.sin_PE, positions_T};
    }
    // Rows that are long for themselves get lines of their own below the others'; longrope has one set for all of them.
    std::vector<Lines> sets{m_kept.cos_PE.size(0) >= longest ? m_kept : lines(longest, 0)};
    std::map<std::int64_t, std::int64_t> firstLine; // by what the frequencies depend on
    std::int64_t total = sets.front().cos_PE.size(0);
    std::vector<std::int64_t> shift;
    for (std::size_t row = 0; row < rowLengths.size(); ++row) {
        std::int64_t first = 0;
        if (dependsOnLength(rowLengths[row])) {
            const bool isLongRope = m_rope.scaling.kind == "longrope";
            const std::int64_t key = isLongRope ? longest : rowLengths[row];
            const auto [place, isNew] = firstLine.emplace(key, total);
            if (isNew) {
                sets.push_back(lines(key, key));
                total += key;
            }
            first = place->second;
        }
        shift.insert(shift.end(), static_cast<std::size_t>(tokensOfRow[row]), first);
    }
    std::vector<at::Tensor> cosines;
    std::vector<at::Tensor> sines;
    for (const Lines& set : sets) {
        cosines.push_back(set.cos_PE);
        sines.push_back(set.sin_PE);
    }
    return {at::cat(cosines), at::cat(sines), positions_T.add(at::tensor(shift, at::kLong).to(positions_T.device()))};
}

} // namespace lori::model
