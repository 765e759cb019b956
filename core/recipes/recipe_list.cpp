// SPDX-License-Identifier: Apache-2.0
#include "core/recipes/recipe_list.h"

#include "core/tasks/task.h"

#include <algorithm>

namespace lori::recipes {

Result<std::vector<ShippedRecipe>> listRecipes()
{
    return guard([] {
        std::vector<ShippedRecipe> list;
        for (const auto& entry : std::filesystem::directory_iterator(tasks::resourceFolder().value() / "recipes")) {
            if (entry.path().extension() == ".json") {
                list.push_back({experiment::readRecipeInfo(entry.path().string()).value(), entry.path()});
            }
        }
        std::sort(list.begin(), list.end(), [](const ShippedRecipe& a, const ShippedRecipe& b) { return a.info.id < b.info.id; });
        return list;
    });
}

Result<std::filesystem::path> findRecipe(const std::string& idOrPath)
{
    return guard([&]() -> std::filesystem::path {
        std::string known;
        for (const ShippedRecipe& recipe : listRecipes().value()) {
            if (recipe.info.id == idOrPath) {
                return recipe.file;
            }
            known += (known.empty() ? "" : ", ") + recipe.info.id;
        }
        if (std::filesystem::is_regular_file(idOrPath)) {
            return idOrPath;
        }
        throw Exception(ErrorCode::NotFound, "there is no such recipe", "name a file or one of " + known, idOrPath);
    });
}

} // namespace lori::recipes
