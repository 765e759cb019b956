// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/recipe.h"

#include <filesystem>
#include <vector>

namespace lori::recipes {

/// A recipe that the program ships.
struct ShippedRecipe {
    experiment::RecipeInfo info;
    std::filesystem::path file;
};

/// resources/recipes, by id. Errors: NotFound (no resources), those of reading a file.
[[nodiscard]] Result<std::vector<ShippedRecipe>> listRecipes();

/// The file of a shipped recipe's id, or the path itself when it is a file. Errors: NotFound with the known ids.
[[nodiscard]] Result<std::filesystem::path> findRecipe(const std::string& idOrPath);

} // namespace lori::recipes
