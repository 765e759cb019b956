// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "ui/widgets/plot_data.h"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lori::ui {

/// Where in a run something was measured: stage index (-1 = before the first) and step in the stage (from 1).
struct StepKey {
    std::int64_t stage = -1;
    std::int64_t step = 0;
    auto operator<=>(const StepKey&) const = default;

    static constexpr unsigned kStepBits = 40;
    /// Events come from files: a place that no run has is no place on a curve.
    [[nodiscard]] bool isPossible() const
    {
        return stage >= -1 && stage < (1 << 20) && step >= 0 && step < (std::int64_t{1} << kStepBits);
    }
    /// In eight bytes and the same order; stages below -1 and steps beyond 2^40 do not exist.
    [[nodiscard]] std::uint64_t packed() const
    {
        return (static_cast<std::uint64_t>(stage + 1) << kStepBits) | static_cast<std::uint64_t>(step);
    }
    [[nodiscard]] static StepKey unpacked(std::uint64_t key)
    {
        return {static_cast<std::int64_t>(key >> kStepBits) - 1,
                static_cast<std::int64_t>(key & ((std::uint64_t{1} << kStepBits) - 1))};
    }
};

/// The curves of one run, gathered from its events. A step that is sent again after a resume replaces the older value.
/// Cost of absorb(): O(1) for a step at the end, O(steps) for one in the middle. Every step is kept up to kMostPoints a curve,
/// which is more than a screen shows; of longer runs the older part is thinned to the smallest and the largest value of every few
/// steps, so that a run of days costs no more than one of an hour and no peak is lost. The file has them all.
class RunCurves final {
public:
    enum class Metric : std::uint8_t {
        TrainLoss,   ///< as the run's reduction counts it
        HeldOutLoss, ///< the same of the rows kept aside
        TokensPerSecond,
        GradientNorm,
        LearningRate,
        MemoryBytes,
        TrainLossPerToken,
        HeldOutLossPerToken
    };
    static constexpr std::size_t kMetrics = 8;
    static constexpr std::size_t kMostPoints = 20'000;
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

    void absorb(const std::vector<events::Event>& events);
    void clear();
    [[nodiscard]] bool empty() const;
    /// Whether every loss here is known per token too; older programs wrote it only as trained. True of no losses at all.
    [[nodiscard]] bool knowsLossPerToken() const { return !m_lossWithoutTokens; }

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
    /// What was changed while a stage was at work, by the global step after which it holds; `what` as the event names it.
    struct Changed {
        double x = 0;
        std::string what;
        double value = 0;
    };
    [[nodiscard]] std::vector<Changed> changes() const;

private:
    struct Curve {
        std::vector<std::uint64_t> keys; ///< packed, sorted
        std::vector<double> values;
        bool isThinned = false;
        void put(const StepKey& key, double value);
        void thin();
    };
    void absorbOne(const events::Plan& e);
    void absorbOne(const events::StageStarted& e);
    void absorbOne(const events::Step& e);
    void absorbOne(const events::HeldOut& e);
    void absorbOne(const events::Heartbeat& e);
    void absorbOne(const events::Score& e);
    void absorbOne(const events::Paused& e);
    void absorbOne(const events::Changed& e);
    template <typename Other>
    void absorbOne(const Other& /*has no curve*/)
    {
    }
    void put(Metric metric, const StepKey& key, std::optional<double> value);

    Curve m_curves[kMetrics];
    std::map<ScoreName, std::map<StepKey, Score>> m_scores;
    std::map<std::int64_t, Stage> m_stages;
    std::vector<StepKey> m_pauses;
    std::map<std::pair<StepKey, std::string>, double> m_changes;
    bool m_lossWithoutTokens = false;
};

} // namespace lori::ui
