// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/recipe_checks.h"

#include "core/experiment/config_issue.h"
#include "core/experiment/config_issues.h"
#include "core/experiment/recipe_refusal.h"

#include <algorithm>
#include <set>

namespace lori::experiment {

namespace {

bool isPlainId(const std::string& id)
{
    const bool plain =
        std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    return plain && !id.empty() && id.size() <= 60 && id.front() != '-';
}

void checkReference(const Recipe& recipe, const std::set<std::string>& earlier, const std::string& text, const std::string& where)
{
    const auto reference = parseReference(text);
    if (!reference) {
        return;
    }
    if (earlier.count(reference->step) == 0) {
        refuseRecipe("\"" + text + "\" names no earlier step", "steps may refer only to those before them", where);
    }
    const RecipeStep& source = *recipe.find(reference->step);
    const auto* run = std::get_if<RunConfig>(&source.work);
    if (run == nullptr && (!std::holds_alternative<RecipeMerge>(source.work) || reference->stage >= 0)) {
        refuseRecipe("\"" + text + "\" makes no adapter or mask", "name a step that trains or merges", where);
    }
    if (run != nullptr && reference->stage >= static_cast<std::int64_t>(run->stages.size())) {
        refuseRecipe("\"" + text + "\" has only " + std::to_string(run->stages.size()) + " stages", "stages are counted from 0",
                     where);
    }
}

void checkWork(const RecipeStep& step, const std::string& where)
{
    if (const auto* run = std::get_if<RunConfig>(&step.work)) {
        if (const auto issues = validate(*run); !issues.empty()) {
            refuseRecipe(issues.front().problem, issues.front().hint, where + ".train." + issues.front().path);
        }
    } else if (const auto* merge = std::get_if<RecipeMerge>(&step.work)) {
        if (merge->adapters.empty()) {
            refuseRecipe("there is nothing to merge", "name adapters", where + ".merge.adapters");
        }
        if (merge->preset.empty() == merge->weights.empty()) {
            refuseRecipe(merge->preset.empty() ? "the weights are not said" : "weights and a preset are given",
                         "give one of the two", where + ".merge");
        }
    } else if (const auto* measure = std::get_if<RecipeMeasure>(&step.work)) {
        if (measure->tasks.empty() && measure->losses.empty()) {
            refuseRecipe("nothing is measured", "name tasks or losses", where + ".measure");
        }
    } else if (std::get<RecipeInterference>(step.work).adapters.size() < 2) {
        refuseRecipe("interference is between two adapters or more", "name them", where + ".interference.adapters");
    }
}

void checkSteps(const Recipe& recipe)
{
    if (recipe.steps.empty()) {
        refuseRecipe("there are no steps", "add at least one", "steps");
    }
    std::set<std::string> earlier;
    for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
        RecipeStep step = recipe.steps[i];
        const std::string where = place("steps", i) + " (" + step.id + ")";
        if (!isPlainId(step.id)) {
            refuseRecipe("an id holds up to 60 lower-case letters, digits and hyphens", "choose another", where + ".id");
        }
        visitReferences(step, [&](std::string& text) { checkReference(recipe, earlier, text, where); });
        checkWork(step, where);
        if (!earlier.insert(step.id).second) {
            refuseRecipe("two steps have this id", "give each its own", where + ".id");
        }
    }
}

void checkScore(const Recipe& recipe, const ScoreSource& source, const std::string& where)
{
    if (recipe.find(source.step) == nullptr) {
        refuseRecipe("there is no step \"" + source.step + "\"", "name a step of this recipe", where);
    }
}

void checkReport(const Recipe& recipe)
{
    for (std::size_t t = 0; t < recipe.tables.size(); ++t) {
        for (const RecipeTable::Row& row : recipe.tables[t].rows) {
            for (const auto& cell : row.cells) {
                for (const ScoreSource& source : cell) {
                    checkScore(recipe, source, place("tables", t) + " (" + row.title + ")");
                }
            }
            for (const std::string& step : row.against) {
                if (!step.empty()) {
                    checkScore(recipe, {step, ""}, place("tables", t) + " (" + row.title + ").against");
                }
            }
        }
    }
    for (std::size_t r = 0; r < recipe.relations.size(); ++r) {
        if (recipe.relations[r].points.empty()) {
            refuseRecipe("there are no points", "name at least one", place("relations", r) + ".points");
        }
        for (const RecipeRelation::Point& point : recipe.relations[r].points) {
            for (const std::string& step : {point.xStep, point.yStep, point.against}) {
                checkScore(recipe, {step, ""}, place("relations", r) + " (" + point.group + ")");
            }
        }
    }
    for (std::size_t c = 0; c < recipe.claims.size(); ++c) {
        for (const RecipeClaim::Pair& pair : recipe.claims[c].pairs) {
            checkScore(recipe, pair.first, place("claims", c));
            checkScore(recipe, pair.second, place("claims", c));
        }
    }
}

} // namespace

void checkRecipe(const Recipe& recipe)
{
    if (!isPlainId(recipe.id)) {
        refuseRecipe("an id holds up to 60 lower-case letters, digits and hyphens", "choose another", "id");
    }
    checkSteps(recipe);
    checkReport(recipe);
}

} // namespace lori::experiment
