// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/stage_change.h"

#include <algorithm>
#include <cmath>

namespace lori::experiment {

bool isPossible(const StageChange& change)
{
    constexpr double kMostSteps = 1e7;
    const bool isCount = std::trunc(change.value) == change.value && change.value <= kMostSteps;
    switch (change.what) {
    case Setting::LearningRate:
        return std::isfinite(change.value) && change.value > 0;
    case Setting::Steps:
        return isCount && change.value >= 1;
    case Setting::EvaluateEvery:
        return isCount && change.value >= 0;
    }
    return false;
}

void addChange(std::vector<StageChange>& changes, const StageChange& change)
{
    std::erase_if(changes, [&](const StageChange& old) { return old.what == change.what && old.step >= change.step; });
    const auto after =
        std::find_if(changes.begin(), changes.end(), [&](const StageChange& old) { return old.step > change.step; });
    changes.insert(after, change);
}

double valueAfter(const std::vector<StageChange>& changes, Setting what, double first, std::int64_t done)
{
    double value = first;
    for (const StageChange& change : changes) {
        value = change.what == what && change.step <= done ? change.value : value;
    }
    return value;
}

Lengths lengthsOf(const std::vector<StageChange>& changes, std::int64_t planned)
{
    Lengths lengths{planned, planned};
    for (const StageChange& change : changes) {
        // A change that lies behind the end at that time is never reached.
        if (change.what == Setting::Steps && change.step <= lengths.last) {
            lengths.last = std::max(change.step, static_cast<std::int64_t>(change.value));
            lengths.longest = std::max(lengths.longest, lengths.last);
        }
    }
    return lengths;
}

} // namespace lori::experiment
