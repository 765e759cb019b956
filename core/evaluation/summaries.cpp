// SPDX-License-Identifier: Apache-2.0
#include "core/evaluation/summaries.h"

#include "core/tasks/pass_at_k.h"

#include <algorithm>
#include <cmath>

namespace lori::evaluation {

tasks::Rate meanRate(const std::vector<tasks::Rate>& rates)
{
    tasks::Rate mean = pooledRate(rates);
    const double k = static_cast<double>(std::max<std::size_t>(1, rates.size()));
    double value = 0;
    double below = 0;
    double above = 0;
    for (const tasks::Rate& rate : rates) {
        value += rate.value / k;
        below += std::pow((rate.value - rate.low) / k, 2);
        above += std::pow((rate.high - rate.value) / k, 2);
    }
    mean.value = value;
    mean.low = std::max(0.0, value - std::sqrt(below));
    mean.high = std::min(1.0, value + std::sqrt(above));
    return mean;
}

tasks::Rate pooledRate(const std::vector<tasks::Rate>& rates)
{
    std::int64_t hits = 0;
    std::int64_t n = 0;
    for (const tasks::Rate& rate : rates) {
        hits += rate.hits;
        n += rate.n;
    }
    return tasks::wilson(hits, n);
}

SideScore normalizedChoice(const SideScore& side)
{
    std::int64_t hits = 0;
    for (const Item& item : side.items) {
        const auto best =
            std::max_element(item.options.begin(), item.options.end(), [](const OptionScore& a, const OptionScore& b) {
                return a.logProbability / static_cast<double>(a.tokens) < b.logProbability / static_cast<double>(b.tokens);
            });
        hits += best != item.options.end() && best->option == item.expected ? 1 : 0;
    }
    const auto n = static_cast<std::int64_t>(side.items.size());
    return {side.metric + "_normalized", side.higherIsBetter, tasks::wilson(hits, n), {}, side.available};
}

std::vector<SideScore> passScores(const SideScore& side, const std::vector<std::int64_t>& passes, std::int64_t samples)
{
    const std::size_t place = side.metric.rfind('_'); // "boolq_accuracy" of nlu keeps its set's name
    const std::string prefix = side.metric == "pass_rate" || place == std::string::npos ? "" : side.metric.substr(0, place + 1);
    std::vector<SideScore> scores;
    for (const std::int64_t k : {1, 5, 10}) {
        if (k <= samples) {
            scores.push_back({prefix + "pass_at_" + std::to_string(k),
                              side.higherIsBetter,
                              tasks::meanPassAtK(passes, samples, k),
                              {},
                              side.available});
        }
    }
    return scores;
}

void addMeans(std::vector<SideScore>& scores)
{
    std::vector<SideScore> means;
    for (const std::string suffix : {"", "_normalized"}) {
        std::vector<tasks::Rate> rates;
        std::int64_t available = 0;
        for (const SideScore& score : scores) {
            if (score.metric.ends_with("_accuracy" + suffix)) {
                rates.push_back(score.rate);
                available += score.available;
            }
        }
        if (!rates.empty()) {
            means.push_back({"accuracy" + suffix, true, meanRate(rates), {}, available});
            means.push_back({"pooled_accuracy" + suffix, true, pooledRate(rates), {}, available});
        }
    }
    scores.insert(scores.begin(), std::make_move_iterator(means.begin()), std::make_move_iterator(means.end()));
}

} // namespace lori::evaluation
