// SPDX-License-Identifier: Apache-2.0
#include "core/workers/recipe_job.h"

#include "core/recipes/recipe_report.h"
#include "core/workers/job_options.h"
#include "core/workers/kinds_workshop.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace lori::workers {

namespace fs = std::filesystem;
using experiment::RecipeInterference;
using experiment::RecipeMeasure;
using experiment::RecipeMerge;
using experiment::RecipeStep;
using experiment::RunConfig;

namespace {

/// Finds also what the recipes of older programs did.
class RecipeWorkshop final : public KindsWorkshop {
public:
    RecipeWorkshop(Home home, const experiment::Recipe& recipe) : KindsWorkshop(std::move(home), "recipe")
    {
        const std::vector<std::string> keys = experiment::stepKeys(recipe);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (auto folder = oldStep(recipe.steps[i], keys[i])) {
                m_old.emplace(recipe.steps[i].id, std::move(*folder));
            }
        }
    }

    std::optional<fs::path> findDone(const jobs::GraphNode& node, const std::string& key) override
    {
        if (auto folder = KindsWorkshop::findDone(node, key)) {
            return folder;
        }
        const auto old = m_old.find(node.id);
        return old != m_old.end() && isDone(old->second) ? std::optional(old->second) : std::nullopt;
    }

private:
    [[nodiscard]] std::optional<fs::path> oldStep(const RecipeStep& step, const std::string& key) const
    {
        return recipes::oldStepFolder(home(), step, key);
    }

    std::map<std::string, fs::path> m_old; ///< by the step's id
};

MergeJobOptions optionsOf(const RecipeMerge& merge, const std::string& step)
{
    if (merge.preset.empty() && merge.weights.size() != merge.adapters.size()) {
        throw Exception(ErrorCode::InvalidArgument,
                        std::to_string(merge.weights.size()) + " weights for " + std::to_string(merge.adapters.size()) +
                            " adapters",
                        "give one for each", "step " + step + ", weights");
    }
    MergeJobOptions options;
    for (std::size_t i = 0; i < merge.adapters.size(); ++i) {
        options.adapters.push_back(
            {merge.adapters[i], merge.preset.empty() ? std::optional(merge.weights[i]) : std::optional<double>()});
    }
    options.method = merge.method;
    options.mode = merge.mode;
    options.preset = merge.preset;
    options.density = merge.density;
    options.svdRank = merge.svdRank;
    options.seed = static_cast<std::int64_t>(merge.seed);
    return options;
}

jobs::GraphNode nodeOf(const RecipeStep& step, const std::string& recipe)
{
    if (const auto* run = std::get_if<RunConfig>(&step.work)) {
        RunConfig config = *run;
        if (config.name == RunConfig{}.name) {
            config.name = step.id;
        }
        if (config.purpose.empty()) {
            config.purpose = "Step " + step.id + " of the recipe " + recipe + ".";
        }
        return {step.id, "train", config.name, experiment::toJson(config)};
    }
    const std::string name = step.id + " of the recipe " + recipe;
    if (const auto* merge = std::get_if<RecipeMerge>(&step.work)) {
        return {step.id, "merge", name, events::fieldsOf(optionsOf(*merge, step.id))};
    }
    if (const auto* measure = std::get_if<RecipeMeasure>(&step.work)) {
        return {step.id, "measure", name, experiment::toJson(*measure)};
    }
    const InterferenceOptions options{std::get<RecipeInterference>(step.work).adapters, {}};
    return {step.id, "interference", name, events::fieldsOf(options)};
}

} // namespace

RecipeJob::RecipeJob(Home home, const RecipeJobOptions& options)
    : m_home(std::move(home)), m_recipe(experiment::recipeFromJson(options.recipe, {options.data, options.model}).value())
{
}

std::unique_ptr<jobs::GraphWorkshop> RecipeJob::workshop() const
{
    return std::make_unique<RecipeWorkshop>(m_home, m_recipe);
}

std::vector<jobs::GraphNode> RecipeJob::nodes() const
{
    std::vector<jobs::GraphNode> nodes;
    std::transform(m_recipe.steps.begin(), m_recipe.steps.end(), std::back_inserter(nodes),
                   [&](const RecipeStep& step) { return nodeOf(step, m_recipe.id); });
    return nodes;
}

jobs::JobResult RecipeJob::work(jobs::JobContext& context)
{
    const auto shop = workshop();
    jobs::JobGraph graph(nodes(), *shop);
    const std::vector<jobs::NodeOutcome> outcomes = graph.work(context, false);
    std::map<std::string, fs::path> folders;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        folders[graph.nodes()[i].id] = outcomes[i].folder;
    }
    std::vector<fs::path> inOrder;
    std::transform(m_recipe.steps.begin(), m_recipe.steps.end(), std::back_inserter(inOrder),
                   [&](const RecipeStep& step) { return folders[step.id]; });
    const nlohmann::json report = recipes::writeReport(recipes::RecipePlaces(m_home, m_recipe, std::move(inOrder)));
    return {report, recipes::reportText(report)};
}

} // namespace lori::workers
