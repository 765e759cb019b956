// SPDX-License-Identifier: Apache-2.0
#include "core/recipes/recipe_places.h"

#include "core/support/files.h"

namespace lori::recipes {

using experiment::RunConfig;
using experiment::StageKind;

namespace {

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

} // namespace

RecipePlaces::RecipePlaces(experiment::Home home, const experiment::Recipe& recipe)
    : m_home(std::move(home)), m_recipe(&recipe), m_keys(experiment::stepKeys(recipe))
{
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
    return "recipe-" + m_recipe->steps[step].id + "-" + m_keys[step].substr(0, kKeyDigits);
}

std::filesystem::path RecipePlaces::stepFolder(std::size_t step) const
{
    return m_home.root / "recipes" / "steps" / (m_recipe->steps[step].id + "-" + m_keys[step].substr(0, kKeyDigits));
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
    const experiment::RunFolder folder = experiment::RunFolder::open(m_home, (m_home.runs() / runId(step)).string()).value();
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
