// SPDX-License-Identifier: Apache-2.0
#pragma once

// How validate() collects what is wrong. Internal to this room.

#include "core/experiment/config_issue.h"
#include "core/experiment/config_messages.h"
#include "core/experiment/number_text.h"
#include "core/experiment/run_config.h"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace lori::experiment {

inline constexpr std::int64_t kManySteps = 10'000'000;
inline constexpr std::int64_t kManyTokens = 1'000'000;

/// Collects what is wrong.
class Issues final {
public:
    void add(std::string path, const CodedMessage& message, std::vector<std::string> arguments = {})
    {
        m_list.push_back(issueOf(std::move(path), message, std::move(arguments)));
    }
    void inRange(const std::string& path, std::int64_t value, std::int64_t low, std::int64_t high)
    {
        if (value < low || value > high) {
            add(path, messages::kOutsideRange, {std::to_string(low), std::to_string(high), std::to_string(value)});
        }
    }
    /// NaN and infinities are outside every range.
    void inRange(const std::string& path, double value, double low, double high)
    {
        if (!(value >= low && value <= high)) {
            add(path, messages::kOutsideRange, {numberText(low), numberText(high), numberText(value)});
        }
    }
    void positive(const std::string& path, double value, const std::string& usual)
    {
        if (!(std::isfinite(value) && value > 0)) {
            add(path, messages::kNotPositive, {numberText(value), usual});
        }
    }
    [[nodiscard]] std::vector<ConfigIssue> take() { return std::move(m_list); }

private:
    std::vector<ConfigIssue> m_list;
};

/// "stages[2]"
[[nodiscard]] inline std::string place(const std::string& list, std::size_t index)
{
    return list + "[" + std::to_string(index) + "]";
}

/// evaluation.floors: each watches a task that is scored, and has an earlier score to compare with.
void checkFloors(Issues& issues, const RunConfig& config);
/// A data source of a run or of one of its stages.
void checkSource(Issues& issues, const std::string& path, const DataSource& source);
/// The chain of stages: what each starts from, its mask, its own data.
void checkStages(Issues& issues, const RunConfig& config);

} // namespace lori::experiment
