// SPDX-License-Identifier: Apache-2.0
// lori recipe: whole experiments as graphs of steps.
#include "app/lori/job_session.h"
#include "app/lori/progress_line.h"
#include "app/lori/queueing.h"
#include "core/recipes/recipe_list.h"
#include "core/support/files.h"
#include "core/workers/recipe_job.h"

namespace lori::app {

namespace {

struct RecipeArguments {
    std::string recipe;
    experiment::RecipeVariables variables;
    bool plan = false;
};

Answer list()
{
    Answer answer;
    answer.json["recipes"] = nlohmann::ordered_json::array();
    for (const recipes::ShippedRecipe& recipe : recipes::listRecipes().value()) {
        const experiment::RecipeInfo& info = recipe.info;
        answer.json["recipes"].push_back({{"id", info.id},
                                          {"title", info.title},
                                          {"explanation", info.explanation},
                                          {"source", info.source},
                                          {"needsData", info.needsData},
                                          {"file", recipe.file.string()}});
        answer.text += info.id + std::string(info.id.size() < 24 ? 24 - info.id.size() : 1, ' ') + info.title +
                       (info.needsData ? "  (needs --data)" : "") + "\n";
    }
    return answer;
}

Answer planAnswer(const std::vector<workers::PlannedStep>& plan)
{
    Answer answer;
    answer.json["steps"] = nlohmann::ordered_json::array();
    double left = 0;
    for (const workers::PlannedStep& step : plan) {
        answer.json["steps"].push_back({{"id", step.id}, {"kind", step.kind}, {"done", step.done}, {"seconds", step.seconds}});
        answer.text += std::string(step.done ? "done  " : "      ") + step.kind +
                       std::string(step.kind.size() < 14 ? 14 - step.kind.size() : 1, ' ') + step.id +
                       (step.done ? "" : "  about " + durationText(step.seconds)) + "\n";
        left += step.seconds;
    }
    answer.json["secondsLeft"] = left;
    answer.text += std::to_string(plan.size()) + " steps, about " + durationText(left) + " left\n";
    return answer;
}

Answer run(const Context& context, const RecipeArguments& a)
{
    const auto file = recipes::findRecipe(a.recipe).value();
    const workers::RecipeJobOptions read{{}, absolutePath(a.variables.data), absolutePath(a.variables.model)};
    const experiment::Recipe recipe = experiment::readRecipe(file.string(), {read.data, read.model}).value();
    const workers::RecipeJobOptions options{nlohmann::json::parse(readTextFile(file).value()), read.data, read.model};
    if (a.plan) {
        return planAnswer(workers::RecipeJob(context.home, options).steps());
    }
    Answer answer = goOnAsJob(context, "recipe", recipe.id, events::fieldsOf(options)).value();
    if (!context.queue.asked) {
        answer.text += "\nReport: " + answer.json.at("folder").get<std::string>() + "/report.md\n";
    }
    return answer;
}

} // namespace

void addRecipeCommand(CLI::App& app, Context& context)
{
    CLI::App* recipe = app.add_subcommand("recipe", "Whole experiments of the paper as graphs of steps");
    recipe->require_subcommand(1);
    addCommand(*recipe, context, "list", "Recipes that the program brings", [] { return guard([] { return list(); }); });
    const auto a = std::make_shared<RecipeArguments>();
    CLI::App* command = addCommand(*recipe, context, "run", "Do a recipe, or go on with it; what is done is not done again",
                                   [a, &context] { return guard([&] { return run(context, *a); }); });
    command->add_option("recipe", a->recipe, "Id of a recipe (lori recipe list), or a file")->required();
    command->add_option("--data", a->variables.data, "Folder of the published sets, for recipes that need it")
        ->check(CLI::ExistingDirectory);
    command->add_option("--model", a->variables.model, "Base model instead of the recipe's");
    command->add_flag("--plan", a->plan, "Only say what would be done and how long it would take");
    addQueueOptions(*command, context);
}

} // namespace lori::app
