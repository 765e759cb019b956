// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/recipe.h"

namespace lori::experiment {

/// What makes a recipe unfit to be done, whatever file it came from: ids, references, works that may not start, tables and claims
/// of steps that are not there. Throws Exception(InvalidArgument) with the place. Internal to this room.
void checkRecipe(const Recipe& recipe);

} // namespace lori::experiment
