// SPDX-License-Identifier: Apache-2.0
#include "core/recipes/recipe_claims.h"

namespace lori::recipes {

using experiment::RecipeClaim;

namespace {

constexpr double kClear = 0.05; // of McNemar's p, as in tasks::ComparisonVerdict

const StepScore& scoreOf(const std::map<std::string, StepScore>& scores, const experiment::ScoreSource& source)
{
    const auto it = scores.find(source.score);
    if (it == scores.end()) {
        throw Exception(ErrorCode::NotFound, "the step did not measure " + source.score, "add it to the step",
                        "step " + source.step);
    }
    return it->second;
}

/// Rows of one side; ids are kept apart by pair, and what counts as a hit is turned so that a hit is good.
void addRows(std::vector<tasks::ScoredItem>& rows, const StepScore& score, const experiment::ScoreSource& source,
             std::size_t pair)
{
    for (tasks::ScoredItem& item : itemsOf(score, source.score)) {
        item.id = std::to_string(pair) + "/" + item.id;
        item.hit = item.hit == score.higherIsBetter;
        rows.push_back(std::move(item));
    }
}

} // namespace

const char* verdictName(ClaimVerdict verdict)
{
    return verdict == ClaimVerdict::Agrees ? "agrees" : verdict == ClaimVerdict::Disagrees ? "disagrees" : "no clear difference";
}

JudgedClaim judgeClaim(const RecipeClaim& claim, const RecipePlaces& places)
{
    std::vector<tasks::ScoredItem> first;
    std::vector<tasks::ScoredItem> second;
    for (std::size_t i = 0; i < claim.pairs.size(); ++i) {
        const RecipeClaim::Pair& pair = claim.pairs[i];
        addRows(first, scoreOf(scoresOf(places, places.indexOf(pair.first.step)), pair.first), pair.first, i);
        addRows(second, scoreOf(scoresOf(places, places.indexOf(pair.second.step)), pair.second), pair.second, i);
    }
    JudgedClaim judged;
    judged.change = changeBetween(second, first);
    const PairedChange& change = judged.change;
    if (claim.expect == RecipeClaim::Expect::NotLower) {
        judged.verdict = change.low > -claim.margin    ? ClaimVerdict::Agrees
                         : change.high < -claim.margin ? ClaimVerdict::Disagrees
                                                       : ClaimVerdict::NoClearDifference;
    } else if (change.pValue < kClear) {
        judged.verdict = change.value > 0 ? ClaimVerdict::Agrees : ClaimVerdict::Disagrees;
    }
    return judged;
}

} // namespace lori::recipes
