// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_sets.h"
#include "core/vocabulary/projection.h"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace lori::analysis {

/// Sums that a pair contributes; they add up over modules, and the measures are taken of the sums.
struct PairSums {
    double inner = 0;          ///< <ΔW₁, ΔW₂>
    double overlap = 0;        ///< Σ of squared cosines of the principal angles between A's row spaces
    double overlapRank = 0;    ///< how many angles there are
    double chance = 0;         ///< Σ of what independent A would give
    double expectedShared = 0; ///< entries that independent masks with each module's densities would share
    std::int64_t firstUsed = 0;
    std::int64_t secondUsed = 0;
    std::int64_t shared = 0;
    std::int64_t opposite = 0;
    std::int64_t modulesInBoth = 0;
    std::int64_t modulesWithSameA = 0;
    void add(const PairSums& other);
};
/// Everything of one module, or summed over some.
struct InterferenceSums {
    std::vector<double> squaredNorms; ///< |ΔW|² of each adapter
    std::vector<PairSums> pairs;      ///< (0, 1), (0, 2), … as in Interference
    double crossTerms = 0;            ///< |Σ_{i≠j} of `linear`|²
    bool linearIsPossible = true;
    void add(const InterferenceSums& other);
};

using formats::SharedModule;

/// Throws Exception: BadFile, Mismatch, NonFinite; see measureInterference().
[[nodiscard]] InterferenceSums sumsOf(const SharedModule& module, const std::vector<formats::AdapterFiles>& adapters);

} // namespace lori::analysis
