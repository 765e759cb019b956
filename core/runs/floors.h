// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/runs/resume_state.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace lori::runs {

/// A score that fell further than its floor allows.
struct FloorFall {
    std::string task;
    std::string metric;
    double best = 0; ///< rate at the end of an earlier stage
    double now = 0;
    double points = 0; ///< percentage points lost
};

/// Watches evaluation.floors. A floor counts from the best score the task had at the end of an earlier stage (Prepare counts),
/// and compares like with like: a check of the first n rows with the same n rows then.
class Floors final {
public:
    explicit Floors(std::vector<experiment::ScoreFloor> floors) : m_floors(std::move(floors)) {}

    [[nodiscard]] bool any() const { return !m_floors.empty(); }
    /// Falls that began with the newest scores of `stage`. Each is named once, and again only after the score has recovered.
    /// `isCheck`: the newest scores are those of a check during the stage, not of its end.
    [[nodiscard]] std::vector<FloorFall> look(const ResumeState& state, std::int64_t stage, bool isCheck);
    /// Takes falls that an earlier attempt already named as known: whoever resumes the run goes on in spite of them. Only scores
    /// up to `step` of `stage` count, so after going back to an earlier checkpoint a fall is named anew.
    void remember(const ResumeState& state, std::int64_t stage, std::int64_t step);
    /// No floor is broken by what look() saw last.
    [[nodiscard]] bool allHold() const { return m_broken.empty(); }

private:
    std::vector<experiment::ScoreFloor> m_floors;
    std::set<std::string> m_broken; ///< "task.metric"
};

} // namespace lori::runs
