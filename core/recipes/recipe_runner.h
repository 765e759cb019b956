// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/recipes/measure_step.h"
#include "core/recipes/recipe_plan.h"
#include "core/support/home.h"

#include <functional>
#include <string>

namespace lori::recipes {

/// How whoever runs a recipe takes part.
struct RecipeOptions {
    Home home;
    /// Does the run of a folder to its end, or goes on with it: runs::runWorker, with whatever shows and records it.
    std::function<Result<nlohmann::json>(const jobs::RunFolder&)> train;
    /// Before each step that is still to be done: its place (from 1), how many there are, and the seconds left for all of them.
    std::function<void(std::size_t place, std::size_t steps, const PlannedStep& step, double secondsLeft)> onStep;
    WorkProgress progress; ///< of merges and measurements; false stops
};

/// Does every step that is not done yet, in order, and writes the report: report.json, which is returned, and report.md. What an
/// earlier attempt or another recipe did is not done again; a run that was killed goes on from its last checkpoint. One recipe
/// works in a home at a time.
/// Errors: those of planSteps before anything is done; Busy; Stopped (what was done is kept); and every failure of a step.
[[nodiscard]] Result<nlohmann::json> runRecipe(const experiment::Recipe& recipe, const RecipeOptions& options);

/// The same without doing anything.
[[nodiscard]] Result<std::vector<PlannedStep>> planRecipe(const experiment::Recipe& recipe, const Home& home);

} // namespace lori::recipes
