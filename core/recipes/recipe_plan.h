// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/recipes/recipe_places.h"

#include <string>
#include <vector>

namespace lori::recipes {

/// A step as it will be done.
struct PlannedStep {
    std::string id;
    std::string kind; ///< "train", "merge", "measure", "interference"
    bool done = false;
    double seconds = 0; ///< estimated from what this machine achieved in earlier runs, 150 tokens a row assumed
};

/// Everything that can be checked before the first step: models and their shapes, tasks and their files, the sandbox, merge types
/// and weights. Throws Exception with the step in its place, or what the part says.
[[nodiscard]] std::vector<PlannedStep> planSteps(const RecipePlaces& places);

} // namespace lori::recipes
