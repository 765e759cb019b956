// SPDX-License-Identifier: Apache-2.0
#include "core/runs/floors.h"

#include <algorithm>
#include <optional>

namespace lori::runs {

namespace {

/// The rate over the first `n` rows when the score kept it, over all rows otherwise.
double rateOf(const events::Score& score, std::int64_t n)
{
    if (score.head && score.head->n == n && n > 0) {
        return static_cast<double>(score.head->hits) / static_cast<double>(n);
    }
    return score.value.value_or(0);
}

/// "task.metric" of a floor: the metric it names, or the task's one where more is better.
std::optional<std::string> keyOf(const experiment::ScoreFloor& floor, const Scores& scores)
{
    if (!floor.metric.empty()) {
        const std::string key = floor.task + "." + floor.metric;
        return scores.contains(key) ? std::optional(key) : std::nullopt;
    }
    for (const auto& [key, score] : scores) {
        if (key.rfind(floor.task + ".", 0) == 0 && score.higherIsBetter) {
            return key;
        }
    }
    return std::nullopt;
}

} // namespace

void Floors::remember(const ResumeState& state, std::int64_t stage, std::int64_t step)
{
    const auto upToHere = [&](const Scores& scores) {
        Scores kept;
        for (const auto& [key, score] : scores) {
            if (score.stage == stage && score.step <= step) {
                kept[key] = score;
            }
        }
        return kept;
    };
    ResumeState seen;
    seen.scores = state.scores;
    seen.checks = upToHere(state.checks);
    static_cast<void>(look(seen, stage, true));
    if (const auto atEnd = state.scores.find(stage); atEnd != state.scores.end()) {
        seen.scores[stage] = upToHere(atEnd->second);
        if (!seen.scores[stage].empty()) {
            static_cast<void>(look(seen, stage, false));
        }
    }
}

std::vector<FloorFall> Floors::look(const ResumeState& state, std::int64_t stage, bool isCheck)
{
    std::vector<FloorFall> falls;
    const auto atEnd = state.scores.find(stage);
    const Scores now = isCheck ? state.checks : atEnd != state.scores.end() ? atEnd->second : Scores();
    for (const experiment::ScoreFloor& floor : m_floors) {
        const auto key = keyOf(floor, now);
        if (!key) {
            continue;
        }
        const events::Score& score = now.at(*key);
        const double sign = score.higherIsBetter ? 1 : -1;
        const std::int64_t rows = isCheck ? score.n : 0;
        const double current = rateOf(score, 0);
        std::optional<double> best;
        for (const auto& [earlier, scores] : state.scores) {
            if (earlier < stage && scores.contains(*key)) {
                const double then = rateOf(scores.at(*key), rows);
                best = best ? (sign > 0 ? std::max(*best, then) : std::min(*best, then)) : then;
            }
        }
        const double lost = best ? 100 * sign * (*best - current) : 0;
        if (lost <= floor.points + 1e-9) {
            m_broken.erase(*key);
        } else if (m_broken.insert(*key).second) {
            falls.push_back({floor.task, key->substr(floor.task.size() + 1), *best, current, lost});
        }
    }
    return falls;
}

} // namespace lori::runs
