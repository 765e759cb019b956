// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/events.h"
#include "ui/widgets/plot_data.h"

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace lori::ui {

/// Where in a run something was measured: stage index (-1 = before the first) and step in the stage (from 1).
struct StepKey {
    std::int64_t stage = -1;
    std::int64_t step = 0;
    auto operator<=>(const StepKey&) const = default;
};

/// The curves of one run, gathered from its events. A step that is sent again after a resume replaces the older value.
/// Cost of absorb(): O(1) for a step at the end, O(steps) for one in the middle.
class RunCurves final {
public:
    enum class Metric : std::uint8_t { TrainLoss, HeldOutLoss, TokensPerSecond, GradientNorm, LearningRate, MemoryBytes };
    static constexpr std::size_t kMetrics = 6;
    struct Score {
        double value = 0;
        double low = 0;
        double high = 0;
        bool operator==(const Score&) const = default;
    };
    struct Stage {
        std::string name;
        std::string kind;
        std::int64_t steps = 0; ///< planned; grows when more were seen
        bool started = false;
    };
    /// (task, metric), e.g. ("safety", "refusal_rate").
    using ScoreName = std::pair<std::string, std::string>;

    void absorb(const std::vector<experiment::Event>& events);
    void clear();
    [[nodiscard]] bool empty() const;

    /// x = global step: the steps of all earlier stages plus the step in its own stage.
    [[nodiscard]] std::vector<PlotPoint> points(Metric metric) const;
    [[nodiscard]] std::vector<ScoreName> scoreNames() const;
    [[nodiscard]] std::vector<PlotPoint> scorePoints(const ScoreName& name) const;
    [[nodiscard]] std::vector<PlotInterval> scoreIntervals(const ScoreName& name) const;
    /// The score before training, nullptr when it was not measured.
    [[nodiscard]] const Score* baseScore(const ScoreName& name) const;
    [[nodiscard]] const std::map<std::int64_t, Stage>& stages() const { return m_stages; }
    [[nodiscard]] std::int64_t offsetOf(std::int64_t stage) const;
    /// The global steps at which a stage begins after another, rising.
    [[nodiscard]] std::vector<double> stageBreaks() const;
    /// The stage and its step that global step `x` belongs to.
    [[nodiscard]] StepKey keyAt(double x) const;
    /// The largest global step seen, 0 before the first.
    [[nodiscard]] double lastX() const;
    /// Global steps at which the run was paused.
    [[nodiscard]] std::vector<double> pauses() const;

private:
    struct Curve {
        std::vector<StepKey> keys; ///< sorted
        std::vector<double> values;
        void put(const StepKey& key, double value);
    };
    void absorbOne(const experiment::Event& event);
    void absorbPlan(const nlohmann::json& values);
    void put(Metric metric, const StepKey& key, const nlohmann::json& values, const char* field);

    Curve m_curves[kMetrics];
    std::map<ScoreName, std::map<StepKey, Score>> m_scores;
    std::map<std::int64_t, Stage> m_stages;
    std::vector<StepKey> m_pauses;
};

} // namespace lori::ui
