// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/recipe.h"
#include "core/support/home.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lori::recipes {

/// Where the steps of a recipe have left what they made: the folder of each step's job. recipes/<recipe>/ holds the report.
class RecipePlaces final {
public:
    /// `folders` in the order of the recipe's steps.
    RecipePlaces(Home home, const experiment::Recipe& recipe, std::vector<std::filesystem::path> folders);

    [[nodiscard]] const experiment::Recipe& recipe() const { return *m_recipe; }
    [[nodiscard]] std::size_t indexOf(const std::string& step) const;
    [[nodiscard]] std::filesystem::path resultFile(std::size_t step) const { return m_folders[step] / "result.json"; }
    [[nodiscard]] std::filesystem::path reportFolder() const;

private:
    Home m_home;
    const experiment::Recipe* m_recipe;
    std::vector<std::filesystem::path> m_folders;
};

/// The folder in which an older program did the step of this key (experiment::stepKeys) or began to, under whatever name:
/// runs/recipe-<step>-<key> for trainings, recipes/steps/<step>-<key> for the others, which are done when result.json is there.
[[nodiscard]] std::optional<std::filesystem::path> oldStepFolder(const Home& home, const experiment::RecipeStep& step,
                                                                 const std::string& key);

} // namespace lori::recipes
