// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/fields.h"

#include <string>
#include <vector>

// The options of kinds that are made of other jobs.
namespace lori::workers {

// NOLINTBEGIN(readability-redundant-member-init): GCC warns of a designated initializer that leaves out a member without one.

/// A recipe as its file says it, so that the job does the same when the file has changed.
struct RecipeJobOptions {
    nlohmann::json recipe = nlohmann::json::object();
    std::string data{};
    std::string model{};
};

template <typename Visitor, typename T>
requires std::is_same_v<std::remove_const_t<T>, RecipeJobOptions>
void visitFields(Visitor& visit, T& o)
{
    visit("recipe", o.recipe, "what the recipe's file holds (core/experiment/recipe.h)");
    visit("data", o.data, "folder of the published sets, for recipes that need it");
    visit("model", o.model, "base model instead of the recipe's");
}

/// A field of a configuration and the values it takes.
struct SweepAxis {
    std::string key{};
    std::vector<nlohmann::json> values{};
};

template <typename Visitor, typename T>
requires std::is_same_v<std::remove_const_t<T>, SweepAxis>
void visitFields(Visitor& visit, T& o)
{
    visit("key", o.key, "a field's path, or a short name: rank, alpha, sparsity, learningRate, steps, epochs, batchRows");
    visit("values", o.values, "one or more");
}

struct SweepOptions {
    nlohmann::json config = nlohmann::json::object();
    std::vector<SweepAxis> over{};
    bool continueOnError = false;
};

template <typename Visitor, typename T>
requires std::is_same_v<std::remove_const_t<T>, SweepOptions>
void visitFields(Visitor& visit, T& o)
{
    visit("config", o.config, "a run's configuration");
    visit("over", o.over, "fields and their values; every combination is a point");
    visit("continueOnError", o.continueOnError, "a point that fails does not end the others");
}

// NOLINTEND(readability-redundant-member-init)

} // namespace lori::workers
