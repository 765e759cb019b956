// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_curves.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lori::ui {
namespace {

/// NaN for what is absent or not a number (JSON writes NaN and infinity as null).
double numberIn(const nlohmann::json& values, const char* field)
{
    const auto found = values.find(field);
    return found != values.end() && found->is_number() ? found->get<double>() : std::numeric_limits<double>::quiet_NaN();
}

std::int64_t integerIn(const nlohmann::json& values, const char* field, std::int64_t fallback)
{
    const auto found = values.find(field);
    return found != values.end() && found->is_number_integer() ? found->get<std::int64_t>() : fallback;
}

std::string textIn(const nlohmann::json& values, const char* field)
{
    const auto found = values.find(field);
    return found != values.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

void RunCurves::Curve::put(const StepKey& key, double value)
{
    if (keys.empty() || keys.back() < key) {
        keys.push_back(key);
        values.push_back(value);
        return;
    }
    const auto at = std::lower_bound(keys.begin(), keys.end(), key) - keys.begin();
    if (keys[static_cast<std::size_t>(at)] == key) {
        values[static_cast<std::size_t>(at)] = value;
    } else {
        keys.insert(keys.begin() + at, key);
        values.insert(values.begin() + at, value);
    }
}

void RunCurves::absorb(const std::vector<experiment::Event>& events)
{
    for (const experiment::Event& event : events) {
        if (event.values.is_object()) {
            absorbOne(event);
        }
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

void RunCurves::put(Metric metric, const StepKey& key, const nlohmann::json& values, const char* field)
{
    const double value = numberIn(values, field);
    if (std::isfinite(value)) {
        m_curves[static_cast<std::size_t>(metric)].put(key, value);
    }
}

void RunCurves::absorbPlan(const nlohmann::json& values)
{
    const auto stages = values.find("stages");
    if (stages == values.end() || !stages->is_array()) {
        return;
    }
    for (const nlohmann::json& stage : *stages) {
        if (stage.is_object()) {
            Stage& known = m_stages[integerIn(stage, "index", static_cast<std::int64_t>(m_stages.size()))];
            known.name = textIn(stage, "name");
            known.kind = textIn(stage, "kind");
            known.steps = integerIn(stage, "steps", 0);
        }
    }
}

void RunCurves::absorbOne(const experiment::Event& event)
{
    const nlohmann::json& values = event.values;
    const StepKey key{integerIn(values, "stage", -1), integerIn(values, "step", 0)};
    if (key.stage >= 0 && key.step > 0) {
        Stage& stage = m_stages[key.stage];
        stage.steps = std::max(stage.steps, key.step);
    }
    if (event.type == "step") {
        put(Metric::TrainLoss, key, values, "loss");
        put(Metric::TokensPerSecond, key, values, "tokensPerSecond");
        put(Metric::GradientNorm, key, values, "gradNorm");
        put(Metric::LearningRate, key, values, "learningRate");
    } else if (event.type == "heldout") {
        put(Metric::HeldOutLoss, key, values, "loss");
    } else if (event.type == "heartbeat") {
        put(Metric::MemoryBytes, key, values, "rssBytes");
    } else if (event.type == "score" && !values.contains("second")) { // the Scores tab shows the second scorer
        const double value = numberIn(values, "value");
        if (std::isfinite(value)) {
            const double low = numberIn(values, "low");
            const double high = numberIn(values, "high");
            m_scores[{textIn(values, "task"), textIn(values, "metric")}][key] = {value, std::isfinite(low) ? low : value,
                                                                                 std::isfinite(high) ? high : value};
        }
    } else if (event.type == "plan") {
        absorbPlan(values);
    } else if (event.type == "stage_started" && key.stage >= 0) {
        Stage& stage = m_stages[key.stage];
        stage.started = true;
        stage.name = textIn(values, "name");
        stage.kind = textIn(values, "kind");
        stage.steps = std::max(stage.steps, integerIn(values, "steps", 0));
    } else if (event.type == "paused" && std::find(m_pauses.begin(), m_pauses.end(), key) == m_pauses.end()) {
        m_pauses.push_back(key);
    }
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
        if (curve.keys[i].stage != stage) {
            stage = curve.keys[i].stage;
            offset = static_cast<double>(offsetOf(stage));
        }
        const double x = offset + static_cast<double>(curve.keys[i].step);
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
        last = curve.keys.empty() ? last : std::max(last, curve.keys.back());
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
