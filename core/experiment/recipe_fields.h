// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/config_fields.h"
#include "core/experiment/recipe.h"

namespace lori::experiment {

template <typename Visitor>
void visitFields(Visitor& visit, RecipeMerge& c)
{
    visit("adapters", c.adapters);
    visit("method", c.method);
    visit("mode", c.mode);
    visit("preset", c.preset);
    visit("weights", c.weights);
    visit("density", c.density);
    visit("svdRank", c.svdRank);
    visit("seed", c.seed);
}

template <typename Visitor>
void visitFields(Visitor& visit, LossSet& c)
{
    visit("name", c.name);
    visit("sources", c.sources);
    visit("rows", c.rows);
}

template <typename Visitor>
void visitFields(Visitor& visit, RecipeMeasure& c)
{
    visit("model", c.model);
    visit("device", c.device);
    visit("weights", c.weights);
    visit("adapter", c.adapter);
    visit("folder", c.folder);
    visit("promptTemplate", c.promptTemplate);
    visit("tasks", c.tasks);
    visit("losses", c.losses);
    visit("heldOutShare", c.heldOutShare);
    visit("maxTokens", c.maxTokens);
    visit("maxNewTokens", c.maxNewTokens);
    visit("batchRows", c.batchRows);
    visit("seed", c.seed);
}

template <typename Visitor>
void visitFields(Visitor& visit, RecipeInterference& c)
{
    visit("adapters", c.adapters);
}

} // namespace lori::experiment
