// SPDX-License-Identifier: Apache-2.0
#include "core/recipes/recipe_places.h"

#include <algorithm>
#include <string_view>

namespace lori::recipes {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kRunPrefix = "recipe-";
constexpr std::size_t kKeyDigits = 12;

} // namespace

RecipePlaces::RecipePlaces(Home home, const experiment::Recipe& recipe, std::vector<fs::path> folders)
    : m_home(std::move(home)), m_recipe(&recipe), m_folders(std::move(folders))
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

fs::path RecipePlaces::reportFolder() const
{
    return m_home.root / "recipes" / m_recipe->id;
}

std::optional<fs::path> oldStepFolder(const Home& home, const experiment::RecipeStep& step, const std::string& key)
{
    const fs::path place = step.trains() ? home.runs() : home.root / "recipes" / "steps";
    const std::string_view prefix = step.trains() ? kRunPrefix : std::string_view();
    const std::string ending = std::string("-").append(key, 0, kKeyDigits); // GCC 12 warns of an overflow in "-" + string
    std::string own(prefix);
    own.append(step.id).append(ending);
    if (fs::exists(place / own)) {
        return place / own;
    }
    std::vector<fs::path> equal; // another recipe, or another name of the step
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(place, missing)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(prefix) && name.ends_with(ending)) {
            equal.push_back(entry.path());
        }
    }
    return equal.empty() ? std::nullopt : std::optional(*std::min_element(equal.begin(), equal.end()));
}

} // namespace lori::recipes
