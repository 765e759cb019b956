// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/recipe.h"
#include "core/jobs/run_folder.h"

#include <filesystem>
#include <string>
#include <vector>

namespace lori::recipes {

/// Where the steps of a recipe leave what they make. Names hold the step's key, so that equal work is found again by whichever
/// recipe needs it, whatever it calls the step, and changed work never takes an old result for its own:
///   runs/recipe-<step>-<key>        a training, a run like any other
///   recipes/steps/<step>-<key>/     the others: result.json (there = done), adapter/, items/
///   recipes/<recipe>/               report.md, report.json
/// Which folders are there is looked up once, so names do not change while a recipe works.
class RecipePlaces final {
public:
    RecipePlaces(Home home, const experiment::Recipe& recipe);

    [[nodiscard]] const experiment::Recipe& recipe() const { return *m_recipe; }
    [[nodiscard]] const Home& home() const { return m_home; }
    [[nodiscard]] std::size_t indexOf(const std::string& step) const;
    [[nodiscard]] const std::string& key(std::size_t step) const { return m_keys[step]; }

    [[nodiscard]] std::string runId(std::size_t step) const;
    [[nodiscard]] std::filesystem::path stepFolder(std::size_t step) const;
    /// result.json of the step or of its run.
    [[nodiscard]] std::filesystem::path resultFile(std::size_t step) const;
    [[nodiscard]] std::filesystem::path reportFolder() const;
    /// True when the step's result is there and whole.
    [[nodiscard]] bool isDone(std::size_t step) const;

    /// The step with its references replaced by paths. Throws Exception(NotFound) when what a reference names is not there.
    [[nodiscard]] experiment::RecipeStep resolved(std::size_t step) const;

private:
    [[nodiscard]] std::filesystem::path stepsFolder() const;
    [[nodiscard]] std::filesystem::path outputOf(const experiment::StepReference& reference) const;

    Home m_home;
    const experiment::Recipe* m_recipe;
    std::vector<std::string> m_keys;
    std::vector<std::string> m_names; ///< of each step's folder
};

} // namespace lori::recipes
