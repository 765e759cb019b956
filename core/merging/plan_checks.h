// SPDX-License-Identifier: Apache-2.0
#pragma once

// What makes a merge impossible or silently wrong; each check throws an Exception with one sentence. Internal to this room.

#include "core/merging/merge.h"

#include <optional>
#include <string>
#include <vector>

namespace lori::merging {

/// Number of adapters, weights, density, svd rank.
void checkOptions(std::size_t adapters, const MergeOptions& options);
/// Embeddings and the like that were saved along and are not the base model's own.
void checkSaved(const std::vector<formats::AdapterFiles>& adapters, const MergeOptions& options);
/// Shapes of modules that two adapters share; adapters whose B is 0 everywhere.
void checkShapes(const std::vector<formats::AdapterFiles>& adapters);
/// What a mode or type cannot hold: modules that some adapters lack, other ranks where A and B are merged apart.
void checkKinds(const std::vector<formats::AdapterFiles>& adapters, const MergePlan& plan);
/// An svd rank that no module can have.
void checkRank(const std::vector<formats::AdapterFiles>& adapters, const MergePlan& plan);
/// The largest rank of a module, or what the configuration gives modules without one of their own.
[[nodiscard]] std::int64_t largestRank(const formats::AdapterFiles& adapter);
/// A module that one of the adapters has and another lacks, named; nothing when all have the same.
[[nodiscard]] std::optional<std::string> unsharedModule(const std::vector<formats::AdapterFiles>& adapters);

} // namespace lori::merging
