// SPDX-License-Identifier: Apache-2.0
#include "core/recipes/recipe_relations.h"

#include "core/recipes/step_scores.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

namespace lori::recipes {

using experiment::RecipeRelation;
using nlohmann::json;

namespace {

constexpr std::size_t kFewestRanked = 4;
constexpr int kDraws = 2000;

double meanOf(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(std::max<std::size_t>(1, values.size()));
}

/// Student's t, two-sided 95 %, for 1 … 30 degrees of freedom; the normal quantile beyond.
double studentQuantile(std::size_t freedom)
{
    constexpr std::array kQuantiles{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                                    2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
                                    2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
    return freedom <= kQuantiles.size() ? kQuantiles.at(freedom - 1) : 1.96;
}

/// 1, 2, 3 …; equal values share their mean rank.
std::vector<double> ranksOf(const std::vector<double>& values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin + 1;
        while (end < order.size() && values[order[end]] == values[order[begin]]) {
            ++end;
        }
        for (std::size_t i = begin; i < end; ++i) {
            ranks[order[i]] = (static_cast<double>(begin + end) + 1) / 2;
        }
        begin = end;
    }
    return ranks;
}

/// The points of one merge.
struct Set {
    std::string group;
    double x = 0;
    std::vector<double> y;
};

Range95 rankRangeOf(const std::vector<double>& x, const std::vector<double>& y)
{
    std::mt19937_64 random(20250407); // NOLINT: the same draws each time, so that a report can be made again
    std::vector<double> found;
    for (int draw = 0; draw < kDraws; ++draw) {
        std::vector<double> some;
        std::vector<double> others;
        for (std::size_t i = 0; i < x.size(); ++i) {
            const std::size_t place = random() % x.size();
            some.push_back(x[place]);
            others.push_back(y[place]);
        }
        if (const auto rank = rankCorrelation(some, others)) {
            found.push_back(*rank);
        }
    }
    if (found.size() < kDraws / 2) {
        return std::nullopt;
    }
    std::sort(found.begin(), found.end());
    const auto at = [&](double share) {
        return found[static_cast<std::size_t>(share * static_cast<double>(found.size() - 1))];
    };
    return std::pair(at(0.025), at(0.975));
}

/// Reads each step once.
class ScoreReader final {
public:
    explicit ScoreReader(const RecipePlaces& places) : m_places(places) {}

    const StepScore& score(const std::string& step, const std::string& name)
    {
        auto known = m_scores.find(step);
        if (known == m_scores.end()) {
            known = m_scores.emplace(step, scoresOf(m_places, m_places.indexOf(step))).first;
        }
        const auto it = known->second.find(name);
        if (it == known->second.end()) {
            throw Exception(ErrorCode::NotFound, "the step did not measure " + name, "add it to the step", "step " + step);
        }
        return it->second;
    }

private:
    const RecipePlaces& m_places;
    std::map<std::string, std::map<std::string, StepScore>> m_scores;
};

void addGroups(Relation& relation, const std::vector<Set>& sets)
{
    for (const Set& set : sets) {
        const bool known = std::any_of(relation.groups.begin(), relation.groups.end(),
                                       [&](const Relation::Group& group) { return group.title == set.group; });
        if (known) {
            continue;
        }
        std::vector<double> xs;
        std::vector<double> ys;
        for (const Set& other : sets) {
            if (other.group == set.group) {
                xs.push_back(other.x);
                ys.push_back(meanOf(other.y));
            }
        }
        relation.groups.push_back({set.group, static_cast<std::int64_t>(xs.size()), meanOf(xs), meanOf(ys), meanRange(ys)});
    }
}

json rangeJson(const Range95& range)
{
    return range ? json::array({range->first, range->second}) : json();
}

} // namespace

std::optional<double> rankCorrelation(const std::vector<double>& x, const std::vector<double>& y)
{
    if (x.size() < 2) {
        return std::nullopt;
    }
    const std::vector<double> a = ranksOf(x);
    const std::vector<double> b = ranksOf(y);
    const double middle = (static_cast<double>(x.size()) + 1) / 2;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - middle) * (b[i] - middle);
        aa += (a[i] - middle) * (a[i] - middle);
        bb += (b[i] - middle) * (b[i] - middle);
    }
    return aa > 0 && bb > 0 ? std::optional(ab / std::sqrt(aa * bb)) : std::nullopt;
}

Range95 meanRange(const std::vector<double>& values)
{
    if (values.size() < 2) {
        return std::nullopt;
    }
    const double mean = meanOf(values);
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    const auto n = static_cast<double>(values.size());
    const double half = studentQuantile(values.size() - 1) * std::sqrt(squares / (n - 1) / n);
    return std::pair(mean - half, mean + half);
}

Relation relationOf(const RecipeRelation& relation, const RecipePlaces& places)
{
    ScoreReader reader(places);
    Relation found;
    std::vector<Set> sets;
    std::map<std::string, std::size_t> byStep;
    for (const RecipeRelation::Point& point : relation.points) {
        const double x = reader.score(point.xStep, relation.xScore).value;
        const StepScore& after = reader.score(point.yStep, point.score);
        const double change = after.value - reader.score(point.against, point.score).value;
        const double lost = after.higherIsBetter ? -change : change;
        found.points.push_back({point.group, point.score, x, lost});
        const auto [place, isNew] = byStep.emplace(point.group + "\n" + point.xStep, sets.size());
        if (isNew) {
            sets.push_back({point.group, x, {}});
        }
        sets[place->second].y.push_back(lost);
    }
    addGroups(found, sets);
    found.sets = static_cast<std::int64_t>(sets.size());
    if (sets.size() >= kFewestRanked) {
        std::vector<double> xs;
        std::vector<double> ys;
        for (const Set& set : sets) {
            xs.push_back(set.x);
            ys.push_back(meanOf(set.y));
        }
        found.rank = rankCorrelation(xs, ys);
        found.rankRange = found.rank ? rankRangeOf(xs, ys) : std::nullopt;
    }
    return found;
}

json relationJson(const RecipeRelation& relation, const Relation& found)
{
    json report{{"title", relation.title}, {"note", relation.note},   {"x", relation.xTitle},
                {"y", relation.yTitle},    {"points", json::array()}, {"groups", json::array()},
                {"sets", found.sets},      {"rank", nullptr},         {"rankRange", rangeJson(found.rankRange)}};
    if (found.rank) {
        report["rank"] = *found.rank;
    }
    for (const Relation::Point& point : found.points) {
        report["points"].push_back({{"group", point.group}, {"label", point.label}, {"x", point.x}, {"y", point.y}});
    }
    for (const Relation::Group& group : found.groups) {
        report["groups"].push_back(
            {{"title", group.title}, {"sets", group.sets}, {"x", group.x}, {"y", group.y}, {"range", rangeJson(group.range)}});
    }
    return report;
}

} // namespace lori::recipes
