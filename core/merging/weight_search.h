// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/merging/merge.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace lori::merging {

/// How good a merged adapter is: lower is better, for instance the loss of held-out rows. May throw Exception.
using MergeScorer = std::function<double(const std::filesystem::path& adapterFolder)>;

struct WeightSearchOptions {
    MergeOptions merge; ///< its weights are not used
    /// First sweep: all adapters at the same weight.
    std::vector<double> equalWeights{0.2, 0.3, 0.4, 0.5, 0.7, 1.0};
    /// Second sweep: one adapter's weight after the other times these, from the best so far.
    std::vector<double> factors{0.5, 1.5};
};
struct WeightTrial {
    std::vector<double> weights;
    double score = 0; ///< NaN when the scorer gave no finite number
};
struct WeightSearch {
    std::vector<WeightTrial> trials; ///< in the order tried
    std::size_t best = 0;            ///< place of the lowest score; the first of equal ones
};
/// (done, total) trials and the last one; false stops the search with Error Stopped.
using WeightSearchProgress = std::function<bool(std::int64_t done, std::int64_t total, const WeightTrial& trial)>;

/// A small search: equal weights first, then each adapter's own, |equalWeights| + adapters·|factors| merges in all. Each is
/// written to `scratch`/trial, scored and removed. Errors: those of mergeAdapters and of the scorer; InvalidArgument (nothing to
/// try); NonFinite (no trial has a finite score).
[[nodiscard]] Result<WeightSearch> searchWeights(const std::vector<formats::AdapterFiles>& adapters,
                                                 const WeightSearchOptions& options, const std::filesystem::path& scratch,
                                                 const MergeScorer& scorer, const WeightSearchProgress& progress = {});

} // namespace lori::merging
