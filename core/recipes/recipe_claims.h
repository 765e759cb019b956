// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/recipes/step_scores.h"

namespace lori::recipes {

/// What the measurements say of a claim of the paper.
enum class ClaimVerdict : std::uint8_t { Agrees, Disagrees, NoClearDifference };
[[nodiscard]] const char* verdictName(ClaimVerdict verdict); ///< "agrees", "disagrees", "no clear difference"

struct JudgedClaim {
    PairedChange change; ///< first − second over the pooled rows; positive = first is better, whichever way the score counts
    ClaimVerdict verdict = ClaimVerdict::NoClearDifference;
};

/// Pools the rows of all pairs and compares them. `Higher` agrees when McNemar's p < 0.05 and first is better, disagrees when it
/// is worse; `NotLower` agrees when the whole 95 % interval lies above −margin, disagrees when it lies below. Rows that stand in
/// several pairs (seeds) are counted in each: the interval then leaves the seeds' spread out. Throws as itemsOf, compareItems.
[[nodiscard]] JudgedClaim judgeClaim(const experiment::RecipeClaim& claim, const RecipePlaces& places);

} // namespace lori::recipes
