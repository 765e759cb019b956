// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/recipe.h"
#include "core/workers/graph_job.h"
#include "core/workers/graph_options.h"

namespace lori::workers {

/// A recipe: its steps as a graph of jobs, then the report, which is also written to recipes/<recipe>/. What older programs did
/// (runs/recipe-…, recipes/steps/…) is found and not done again. result.json: recipes::reportOf().
class RecipeJob final : public GraphJob {
public:
    /// Throws Exception: those of recipeFromJson().
    RecipeJob(Home home, const RecipeJobOptions& options);
    [[nodiscard]] jobs::JobResult work(jobs::JobContext& context) override;

protected:
    [[nodiscard]] std::unique_ptr<jobs::GraphWorkshop> workshop() const override;
    [[nodiscard]] std::vector<jobs::GraphNode> nodes() const override;
    [[nodiscard]] std::string title() const override { return "the recipe"; }

private:
    Home m_home;
    experiment::Recipe m_recipe;
};

} // namespace lori::workers
