// SPDX-License-Identifier: Apache-2.0
#pragma once

// IA3 adapters, which multiply features instead of adding a low-rank change: l = 1 + Σ wᵢ·(lᵢ − 1) in exact mode, so that the
// changes W·(lᵢ − 1) add up; l = Σ wᵢ·lᵢ in peft mode (method.md §2.3). Internal to this room.

#include "core/merging/merge.h"

#include <filesystem>
#include <vector>

namespace lori::merging {

/// Whether these are IA3 adapters. Throws Mismatch when only some are, Unsupported for DoRA.
[[nodiscard]] bool areIa3(const std::vector<formats::AdapterFiles>& adapters);

/// As planMerge; only `linear` exists. Throws.
[[nodiscard]] MergePlan planIa3(const std::vector<formats::AdapterFiles>& adapters, const MergeOptions& options);

/// As mergeAdapters; `folder` is null when nothing is written. Norms and errors are those of l − 1. Throws.
[[nodiscard]] MergeReport mergeIa3(const std::vector<formats::AdapterFiles>& adapters, const MergeOptions& options,
                                   const std::filesystem::path* folder, const formats::AdapterToWrite& description,
                                   const MergeProgress& progress);

} // namespace lori::merging
