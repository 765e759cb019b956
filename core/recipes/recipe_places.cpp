// SPDX-License-Identifier: Apache-2.0
#include "core/recipes/recipe_places.h"
#include "core/support/home.h"

#include "core/support/files.h"

#include <map>

namespace lori::recipes {

using experiment::RunConfig;
using experiment::StageKind;

namespace {

constexpr const char* kRunPrefix = "recipe-";
constexpr std::size_t kKeyDigits = 12; // 48 bits: two different steps of one name never meet

/// The last stage that makes an adapter.
std::int64_t lastTraining(const RunConfig& run)
{
    auto stage = static_cast<std::int64_t>(run.stages.size()) - 1;
    while (stage > 0 && run.stages[static_cast<std::size_t>(stage)].kind == StageKind::Mask) {
        --stage;
    }
    return stage;
}

/// Names of the folders of equal work that another recipe, or another name of the step, has left: by their key.
std::map<std::string, std::string> namesByKey(const std::filesystem::path& folder, const std::string& prefix)
{
    std::map<std::string, std::string> names;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(folder, missing)) {
        const std::string name = entry.path().filename().string();
        const std::size_t dash = name.rfind('-');
        if (dash != std::string::npos && name.rfind(prefix, 0) == 0) {
            std::string& known = names[name.substr(dash + 1)];
            known = known.empty() ? name : std::min(known, name);
        }
    }
    return names;
}

} // namespace

RecipePlaces::RecipePlaces(Home home, const experiment::Recipe& recipe)
    : m_home(std::move(home)), m_recipe(&recipe), m_keys(experiment::stepKeys(recipe))
{
    const auto runs = namesByKey(m_home.runs(), kRunPrefix);
    const auto steps = namesByKey(stepsFolder(), "");
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        const std::string key = m_keys[i].substr(0, kKeyDigits);
        const experiment::RecipeStep& step = recipe.steps[i];
        const std::string own = (step.trains() ? kRunPrefix : "") + step.id + "-" + key;
        const auto& names = step.trains() ? runs : steps;
        const auto equal = names.find(key);
        const bool isThere = std::filesystem::exists((step.trains() ? m_home.runs() : stepsFolder()) / own);
        m_names.push_back(isThere || equal == names.end() ? own : equal->second);
    }
}

std::filesystem::path RecipePlaces::stepsFolder() const
{
    return m_home.root / "recipes" / "steps";
}

std::size_t RecipePlaces::indexOf(const std::string& step) const
{
    for (std::size_t i = 0; i < m_recipe->steps.size(); ++i) {
        if (m_recipe->steps[i].id == step) {
            return i;
        }
    }
    throw Exception(ErrorCode::NotFound, "the recipe has no such step", "", step);
}

std::string RecipePlaces::runId(std::size_t step) const
{
    return m_names[step];
}

std::filesystem::path RecipePlaces::stepFolder(std::size_t step) const
{
    return stepsFolder() / m_names[step];
}

std::filesystem::path RecipePlaces::resultFile(std::size_t step) const
{
    return (m_recipe->steps[step].trains() ? m_home.runs() / runId(step) : stepFolder(step)) / "result.json";
}

std::filesystem::path RecipePlaces::reportFolder() const
{
    return m_home.root / "recipes" / m_recipe->id;
}

bool RecipePlaces::isDone(std::size_t step) const
{
    const auto text = readTextFile(resultFile(step));
    if (!text) {
        return false;
    }
    const nlohmann::json result = nlohmann::json::parse(*text, nullptr, false);
    return result.is_object() && (!m_recipe->steps[step].trains() || result.value("state", "") == "finished");
}

std::filesystem::path RecipePlaces::outputOf(const experiment::StepReference& reference) const
{
    const std::size_t step = indexOf(reference.step);
    const auto* run = std::get_if<RunConfig>(&m_recipe->steps[step].work);
    if (run == nullptr) {
        return stepFolder(step) / "adapter";
    }
    const std::int64_t stage = reference.stage >= 0 ? reference.stage : lastTraining(*run);
    const jobs::RunFolder folder = jobs::RunFolder::open(m_home, (m_home.runs() / runId(step)).string()).value();
    const StageKind kind = run->stages[static_cast<std::size_t>(stage)].kind;
    return kind == StageKind::Mask ? folder.masks() / (std::to_string(stage) + "-mask.safetensors")
                                   : folder.adapterFolder(stage, kind);
}

experiment::RecipeStep RecipePlaces::resolved(std::size_t step) const
{
    experiment::RecipeStep copy = m_recipe->steps[step];
    experiment::visitReferences(copy, [&](std::string& text) {
        if (const auto reference = experiment::parseReference(text)) {
            const std::filesystem::path output = outputOf(*reference);
            if (!std::filesystem::exists(output)) {
                throw Exception(ErrorCode::NotFound, "what the step \"" + reference->step + "\" made is no longer there",
                                "move its run to the trash, so that it is done again", output.string());
            }
            text = output.string();
        }
    });
    return copy;
}

} // namespace lori::recipes
