// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace lori::experiment {

/// What people may change of a training stage while it is at work.
enum class Setting : std::uint8_t {
    LearningRate,  ///< > 0, before the schedule's factor
    Steps,         ///< length of the stage; never fewer than are done, so that a small one ends it
    EvaluateEvery, ///< steps between two checks; 0 = none before the stage's end
};

/// Another value of one setting from some step on.
struct StageChange {
    std::int64_t step = 0; ///< steps done before it: every later one has the new value
    Setting what = Setting::LearningRate;
    double value = 0;
    bool operator==(const StageChange&) const = default;
};

/// The value is one that its setting may have. `step` is not looked at.
[[nodiscard]] bool isPossible(const StageChange& change);

/// Puts a change in its place, by rising step; those of the same setting at the same step or later are forgotten, because this
/// one was made after they were planned.
void addChange(std::vector<StageChange>& changes, const StageChange& change);

/// The newest value of `what` after `done` steps; `first` when nobody changed it until then.
[[nodiscard]] double valueAfter(const std::vector<StageChange>& changes, Setting what, double first, std::int64_t done);

/// The most steps that a stage planned with `planned` of them can come to: at any moment, and in the end.
struct Lengths {
    std::int64_t longest = 0;
    std::int64_t last = 0;
};
[[nodiscard]] Lengths lengthsOf(const std::vector<StageChange>& changes, std::int64_t planned);

} // namespace lori::experiment
