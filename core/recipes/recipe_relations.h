// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/recipes/recipe_places.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lori::recipes {

using Range95 = std::optional<std::pair<double, double>>; ///< nothing where too little was measured to say

/// What a relation's points say. A set is all points of one x: the tasks of one merge. They are not independent of each other, so
/// intervals are over sets.
struct Relation {
    struct Point {
        std::string group;
        std::string label; ///< the score, "loss.maths"
        double x = 0;
        double y = 0; ///< positive = lost
    };
    struct Group {
        std::string title;
        std::int64_t sets = 0;
        double x = 0;  ///< mean over sets
        double y = 0;  ///< mean over sets of each set's mean
        Range95 range; ///< of y, Student's t; nothing for one set
    };
    std::vector<Point> points;
    std::vector<Group> groups; ///< in the order of their first point
    std::int64_t sets = 0;
    std::optional<double> rank; ///< Spearman's correlation of the sets' x and y; nothing below 4 sets or without spread
    Range95 rankRange;          ///< percentiles of 2,000 bootstrap draws of the sets, always the same draws
};

/// Throws as scoresOf; NotFound when a step did not measure what is asked.
[[nodiscard]] Relation relationOf(const experiment::RecipeRelation& relation, const RecipePlaces& places);
/// {"title","note","x","y","points":[{"group","label","x","y"}],"groups":[{"title","sets","x","y","range"}],"sets","rank",
/// "rankRange"}; unknown values are null.
[[nodiscard]] nlohmann::json relationJson(const experiment::RecipeRelation& relation, const Relation& found);

/// Spearman's rank correlation, ties at their mean rank; nothing for fewer than two values or without spread.
[[nodiscard]] std::optional<double> rankCorrelation(const std::vector<double>& x, const std::vector<double>& y);
/// Mean ± Student's t · standard error, 95 %; nothing below two values.
[[nodiscard]] Range95 meanRange(const std::vector<double>& values);

} // namespace lori::recipes
