// SPDX-License-Identifier: Apache-2.0
#pragma once

// What makes a merge impossible or silently wrong; each check throws an Exception with one sentence. Internal to this room.

#include "core/merging/merge.h"

#include <vector>

namespace lori::merging {

/// Number of adapters, weights, density, svd rank.
void checkOptions(std::size_t adapters, const MergeOptions& options);
/// Records that name different base models.
void checkBases(const std::vector<formats::AdapterFiles>& adapters);
/// Shapes of modules that two adapters share; adapters whose B is 0 everywhere.
void checkShapes(const std::vector<formats::AdapterFiles>& adapters);
/// What a mode or type cannot hold: rsLoRA in peft mode, other modules in exact mode, other ranks where A and B are merged apart.
void checkKinds(const std::vector<formats::AdapterFiles>& adapters, const MergePlan& plan);
/// An svd rank that no module can have.
void checkRank(const std::vector<formats::AdapterFiles>& adapters, const MergePlan& plan);

} // namespace lori::merging
