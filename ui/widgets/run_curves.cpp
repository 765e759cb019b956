// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_curves.h"

#include "core/experiment/config_words.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lori::ui {
void RunCurves::Curve::put(const StepKey& key, double value)
{
    const std::uint64_t packed = key.packed();
    if (keys.empty() || keys.back() < packed) {
        keys.push_back(packed);
        values.push_back(value);
        if (keys.size() > kMostPoints) {
            thin();
        }
        return;
    }
    const auto at = std::lower_bound(keys.begin(), keys.end(), packed) - keys.begin();
    if (keys[static_cast<std::size_t>(at)] == packed) {
        values[static_cast<std::size_t>(at)] = value;
    } else if (isThinned) { // a resumed run tells its last steps again, and the old ones can no longer be matched one by one
        keys.resize(static_cast<std::size_t>(at));
        values.resize(static_cast<std::size_t>(at));
        keys.push_back(packed);
        values.push_back(value);
    } else {
        keys.insert(keys.begin() + at, packed);
        values.insert(values.begin() + at, value);
    }
}

void RunCurves::Curve::thin()
{
    constexpr std::size_t kBucket = 4;
    constexpr std::size_t kRecent = 2000; // what a resume may tell again
    isThinned = true;
    std::size_t kept = 0;
    const auto keep = [&](std::size_t from) {
        keys[kept] = keys[from];
        values[kept] = values[from];
        ++kept;
    };
    std::size_t next = 0;
    for (; next + kBucket + kRecent <= keys.size(); next += kBucket) {
        const auto first = values.begin() + static_cast<std::ptrdiff_t>(next);
        const auto [low, high] = std::minmax_element(first, first + kBucket);
        const auto [left, right] = std::minmax({low - values.begin(), high - values.begin()});
        keep(static_cast<std::size_t>(left));
        if (left != right) {
            keep(static_cast<std::size_t>(right));
        }
    }
    for (; next < keys.size(); ++next) {
        keep(next);
    }
    keys.resize(kept);
    values.resize(kept);
}

void RunCurves::absorb(const std::vector<events::Event>& events)
{
    for (const events::Event& event : events) {
        const events::Place place = events::placeOf(event.payload);
        if (place.stage >= 0 && place.step > 0) {
            Stage& stage = m_stages[place.stage];
            stage.steps = std::max(stage.steps, place.step);
        }
        std::visit([this](const auto& e) { absorbOne(e); }, event.payload);
    }
}

void RunCurves::clear()
{
    *this = RunCurves();
}

bool RunCurves::empty() const
{
    return m_scores.empty() &&
           std::all_of(std::begin(m_curves), std::end(m_curves), [](const Curve& curve) { return curve.keys.empty(); });
}

void RunCurves::put(Metric metric, const StepKey& key, std::optional<double> value)
{
    if (value && std::isfinite(*value) && key.isPossible()) {
        m_curves[static_cast<std::size_t>(metric)].put(key, *value);
    }
}

void RunCurves::absorbOne(const events::Plan& e)
{
    for (const events::PlannedStage& planned : e.stages) {
        Stage& known = m_stages[planned.index];
        known.name = planned.name;
        known.kind = planned.kind;
        known.steps = planned.steps;
    }
}

void RunCurves::absorbOne(const events::StageStarted& e)
{
    if (e.stage >= 0) {
        Stage& stage = m_stages[e.stage];
        stage.started = true;
        stage.name = e.name;
        stage.kind = e.kind;
        stage.steps = std::max(stage.steps, e.steps);
    }
}

void RunCurves::absorbOne(const events::Step& e)
{
    const StepKey key{e.stage, e.step};
    put(Metric::TrainLoss, key, e.loss);
    put(Metric::TrainLossPerToken, key, e.lossPerToken);
    m_lossWithoutTokens = m_lossWithoutTokens || (e.loss && !e.lossPerToken);
    put(Metric::GradientNorm, key, e.gradNorm);
    if (e.tokensPerSecond > 0) { // else the event does not say these two
        put(Metric::TokensPerSecond, key, e.tokensPerSecond);
        put(Metric::LearningRate, key, e.learningRate);
    }
}

void RunCurves::absorbOne(const events::HeldOut& e)
{
    put(Metric::HeldOutLoss, {e.stage, e.step}, e.loss);
    put(Metric::HeldOutLossPerToken, {e.stage, e.step}, e.lossPerToken);
    m_lossWithoutTokens = m_lossWithoutTokens || (e.loss && !e.lossPerToken);
}

void RunCurves::absorbOne(const events::Heartbeat& e)
{
    put(Metric::MemoryBytes, {e.stage, e.step}, e.rssBytes ? std::optional(static_cast<double>(*e.rssBytes)) : std::nullopt);
}

void RunCurves::absorbOne(const events::Score& e)
{
    if (!e.second && e.value && std::isfinite(*e.value)) { // the Scores tab shows the second scorer
        m_scores[{e.task, e.metric}][{e.stage, e.step}] = {*e.value, e.low.value_or(*e.value), e.high.value_or(*e.value)};
    }
}

void RunCurves::absorbOne(const events::Paused& e)
{
    const StepKey key{e.stage, e.step};
    if (std::find(m_pauses.begin(), m_pauses.end(), key) == m_pauses.end()) {
        m_pauses.push_back(key);
    }
}

void RunCurves::absorbOne(const events::Changed& e)
{
    m_changes[{{e.stage, e.step}, e.what}] = e.value;
    if (e.what == wordOf(experiment::Setting::Steps) && e.stage >= 0) {
        m_stages[e.stage].steps = std::max(e.step, static_cast<std::int64_t>(e.value));
    }
}

std::vector<RunCurves::Changed> RunCurves::changes() const
{
    std::vector<Changed> result;
    for (const auto& [key, value] : m_changes) {
        result.push_back({static_cast<double>(offsetOf(key.first.stage) + key.first.step), key.second, value});
    }
    std::sort(result.begin(), result.end(), [](const Changed& a, const Changed& b) { return a.x < b.x; });
    return result;
}

std::int64_t RunCurves::offsetOf(std::int64_t stage) const
{
    std::int64_t offset = 0;
    for (const auto& [index, known] : m_stages) {
        if (index >= stage) {
            break;
        }
        offset += known.steps;
    }
    return offset;
}

std::vector<double> RunCurves::stageBreaks() const
{
    std::vector<double> breaks;
    double offset = 0;
    for (const auto& [index, stage] : m_stages) {
        if (stage.steps > 0 && offset > 0) {
            breaks.push_back(offset);
        }
        offset += static_cast<double>(stage.steps);
    }
    return breaks;
}

StepKey RunCurves::keyAt(double x) const
{
    std::int64_t offset = 0;
    StepKey key;
    for (const auto& [index, stage] : m_stages) {
        // A stage without steps (the mask) owns no x; the boundary step belongs to the stage that ends there.
        if (stage.steps > 0 && x > static_cast<double>(offset)) {
            key = {index, static_cast<std::int64_t>(std::llround(x)) - offset};
        }
        offset += stage.steps;
    }
    return key;
}

std::vector<PlotPoint> RunCurves::points(Metric metric) const
{
    const Curve& curve = m_curves[static_cast<std::size_t>(metric)];
    std::vector<PlotPoint> result;
    result.reserve(curve.keys.size());
    std::int64_t stage = std::numeric_limits<std::int64_t>::min();
    double offset = 0;
    for (std::size_t i = 0; i < curve.keys.size(); ++i) {
        const StepKey key = StepKey::unpacked(curve.keys[i]);
        if (key.stage != stage) {
            stage = key.stage;
            offset = static_cast<double>(offsetOf(stage));
        }
        const double x = offset + static_cast<double>(key.step);
        // The end of one stage and step 0 of the next share an x; the later measurement is the one to show.
        if (!result.empty() && result.back().x >= x) {
            result.back() = {result.back().x, curve.values[i]};
        } else {
            result.push_back({x, curve.values[i]});
        }
    }
    return result;
}

std::vector<RunCurves::ScoreName> RunCurves::scoreNames() const
{
    std::vector<ScoreName> names;
    for (const auto& [name, scores] : m_scores) {
        names.push_back(name);
    }
    return names;
}

std::vector<PlotInterval> RunCurves::scoreIntervals(const ScoreName& name) const
{
    std::vector<PlotInterval> result;
    const auto found = m_scores.find(name);
    if (found == m_scores.end()) {
        return result;
    }
    for (const auto& [key, score] : found->second) {
        const double x = static_cast<double>(offsetOf(key.stage) + key.step);
        if (!result.empty() && result.back().x >= x) {
            result.back() = {result.back().x, score.low, score.high};
        } else {
            result.push_back({x, score.low, score.high});
        }
    }
    return result;
}

std::vector<PlotPoint> RunCurves::scorePoints(const ScoreName& name) const
{
    std::vector<PlotPoint> result;
    const auto found = m_scores.find(name);
    if (found == m_scores.end()) {
        return result;
    }
    for (const auto& [key, score] : found->second) {
        const double x = static_cast<double>(offsetOf(key.stage) + key.step);
        if (!result.empty() && result.back().x >= x) {
            result.back() = {result.back().x, score.value};
        } else {
            result.push_back({x, score.value});
        }
    }
    return result;
}

const RunCurves::Score* RunCurves::baseScore(const ScoreName& name) const
{
    const auto found = m_scores.find(name);
    if (found == m_scores.end() || found->second.empty() || found->second.begin()->first.stage >= 0) {
        return nullptr;
    }
    return &found->second.begin()->second;
}

double RunCurves::lastX() const
{
    StepKey last{-1, 0};
    for (const Metric metric : {Metric::TrainLoss, Metric::HeldOutLoss}) {
        const Curve& curve = m_curves[static_cast<std::size_t>(metric)];
        last = curve.keys.empty() ? last : std::max(last, StepKey::unpacked(curve.keys.back()));
    }
    for (const auto& [name, scores] : m_scores) {
        last = scores.empty() ? last : std::max(last, scores.rbegin()->first);
    }
    return static_cast<double>(offsetOf(last.stage) + last.step);
}

std::vector<double> RunCurves::pauses() const
{
    std::vector<double> result;
    for (const StepKey& key : m_pauses) {
        result.push_back(static_cast<double>(offsetOf(key.stage) + key.step));
    }
    std::sort(result.begin(), result.end());
    return result;
}

} // namespace lori::ui
