// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/recipes/recipe_places.h"

#include <nlohmann/json.hpp>

#include <string>

namespace lori::recipes {

/// What all steps found: {"recipe","title","source","tables":[{"title","note","columns","rows":[{"title","cells":[{"value","low",
/// "high","n","runs","change"}|null]}]}],"relations":[…],"interference":[…],"merges":[…],"claims":[{"paper","verdict","change"}],"steps":[{"id",
/// "seconds"}],"folder"}. Every step must be done. Throws as scoresOf and judgeClaim.
[[nodiscard]] nlohmann::json reportOf(const RecipePlaces& places);

/// The same for people, in Markdown.
[[nodiscard]] std::string reportText(const nlohmann::json& report);

/// Writes report.json and report.md into the recipe's folder and returns the first.
nlohmann::json writeReport(const RecipePlaces& places);

} // namespace lori::recipes
