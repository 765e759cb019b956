// SPDX-License-Identifier: Apache-2.0
// lori recipe: whole experiments as graphs of steps.
#include "app/lori/progress_line.h"
#include "app/lori/run_session.h"
#include "core/recipes/recipe_list.h"
#include "core/recipes/recipe_report.h"
#include "core/recipes/recipe_runner.h"

#include <iostream>

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

Answer planAnswer(const std::vector<recipes::PlannedStep>& plan)
{
    Answer answer;
    answer.json["steps"] = nlohmann::ordered_json::array();
    double left = 0;
    for (const recipes::PlannedStep& step : plan) {
        answer.json["steps"].push_back({{"id", step.id}, {"kind", step.kind}, {"done", step.done}, {"seconds", step.seconds}});
        answer.text += std::string(step.done ? "done  " : "      ") + step.kind +
                       std::string(step.kind.size() < 14 ? 14 - step.kind.size() : 1, ' ') + step.id +
                       (step.done ? "" : "  about " + durationText(step.seconds)) + "\n";
        left += step.done ? 0 : step.seconds;
    }
    answer.json["secondsLeft"] = left;
    answer.text += std::to_string(plan.size()) + " steps, about " + durationText(left) + " left\n";
    return answer;
}

Answer run(const Context& context, RecipeArguments a)
{
    if (!a.variables.data.empty()) {
        a.variables.data = std::filesystem::absolute(a.variables.data).lexically_normal().string();
    }
    const auto file = recipes::findRecipe(a.recipe).value();
    const experiment::Recipe recipe = experiment::readRecipe(file.string(), a.variables).value();
    if (a.plan) {
        return planAnswer(recipes::planRecipe(recipe, context.home).value());
    }
    const std::atomic<bool>& interrupt = catchInterrupts();
    ProgressLine line;
    recipes::RecipeOptions options;
    options.home = context.home;
    options.train = [&](const jobs::RunFolder& folder) -> Result<nlohmann::json> {
        auto session = workInFolder(context, folder);
        return session ? Result<nlohmann::json>(std::move(session->result)) : session.error();
    };
    options.onStep = [&](std::size_t place, std::size_t steps, const recipes::PlannedStep& step, double left) {
        line.clear();
        std::cerr << "[" << place << "/" << steps << "] " << step.kind << " " << step.id << ", about " << durationText(left)
                  << " left for all\n";
    };
    options.progress = [&](const std::string& what, std::int64_t done, std::int64_t total, double left) {
        line.show(what, done, total, left);
        return !interrupt;
    };
    const nlohmann::json report = recipes::runRecipe(recipe, options).value();
    line.clear();
    Answer answer;
    answer.json = nlohmann::ordered_json::parse(report.dump());
    answer.text = recipes::reportText(report) + "\nReport: " + report.at("folder").get<std::string>() + "/report.md\n";
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
}

} // namespace lori::app
