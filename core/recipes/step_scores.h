// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/recipes/recipe_places.h"
#include "core/tasks/comparison.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lori::recipes {

/// A number that a step measured.
struct StepScore {
    bool isRate = true; ///< else a loss per token, which has no bounds
    double value = 0;
    double low = 0; ///< 95 %
    double high = 0;
    std::int64_t n = 0; ///< rows
    bool higherIsBetter = true;
    std::vector<std::filesystem::path> items; ///< judged rows; those of all parts for a mean over sets
};

/// Scores by "task.metric" and losses by "loss.name" of a step that is done: of a run those of its last stage that was scored; of
/// an interference "interference.cosine" (mean |cos| of ΔW over the pairs), ".rowOverlap", ".jaccard" and ".energyRatio".
/// Empty for steps that measure nothing. Throws Exception: NotFound, BadFile.
[[nodiscard]] std::map<std::string, StepScore> scoresOf(const RecipePlaces& places, std::size_t step);

/// The judged rows of a score. Throws as runs::readItems; InvalidArgument when it has none.
[[nodiscard]] std::vector<tasks::ScoredItem> itemsOf(const StepScore& score, const std::string& name);

/// A change on the same rows, −1 … 1, better = positive where higher is better.
struct PairedChange {
    double value = 0;
    double low = 0;
    double high = 0;
    double pValue = 1;
    std::int64_t rows = 0;
};
/// From `before` to `after`, rows paired by id. Throws as tasks::compareItems.
[[nodiscard]] PairedChange changeBetween(const std::vector<tasks::ScoredItem>& before,
                                         const std::vector<tasks::ScoredItem>& after);

} // namespace lori::recipes
