// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"
#include "core/support/result.h"
#include "core/vocabulary/projection.h"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace lori::analysis {

/// How two adapters meet in one module, one layer, or the whole model. ΔW = s·B·A with each adapter's own scaling s.
struct PairInterference {
    std::size_t first = 0; ///< places in the list of adapters
    std::size_t second = 0;
    double cosine = 0;        ///< <ΔW₁, ΔW₂> / (|ΔW₁|·|ΔW₂|), −1 to 1; 0 when one of them is zero
    double rowOverlap = 0;    ///< of A's row spaces: mean squared cosine of the principal angles, 0 to 1; 1 = one holds the other
    double rowChance = 0;     ///< what independent random A give: max(r₁, r₂) / in, r of the row spaces
    std::int64_t shared = 0;  ///< entries of B that neither adapter leaves at 0
    double jaccard = 0;       ///< shared ÷ entries that at least one uses
    double jaccardChance = 0; ///< of independent masks that are as dense as these in each module
    double containment = 0;   ///< shared ÷ entries of the smaller of the two
    double signConflicts = 0; ///< share of the shared entries with opposite signs; chance is one half
};

/// What a merge of all adapters at equal weight meets.
struct Interference {
    std::vector<PairInterference> pairs; ///< (0, 1), (0, 2), … (1, 2), …
    /// |Σ ΔW|² ÷ Σ |ΔW|²: 1 = orthogonal, n = the same n times, below 1 = they cancel. 0 when all are zero.
    double energyRatio = 0;
    /// |terms Bᵢ·Aⱼ, i ≠ j, that PEFT's `linear` adds| ÷ |Σ ΔW| (method.md §3). 0 when all ranks are not equal: there `linear` is
    /// impossible; or when the sum is zero.
    double linearCrossTerms = 0;
};
struct ModuleInterference {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    Interference values;
};
struct LayerInterference {
    std::int64_t layer = 0;
    Interference values;
};
struct InterferenceReport {
    std::vector<double> norms; ///< |ΔW| of each adapter over the whole model
    Interference total;
    std::vector<LayerInterference> layers;   ///< rising
    std::vector<ModuleInterference> modules; ///< by layer, then projection
    /// Pairs whose A are equal in every module that both have: their row spaces coincide, and only disjoint masks keep the tasks
    /// apart.
    std::vector<std::pair<std::size_t, std::size_t>> sameProjection;
    /// Pairs whose records say that their frozen A come from one seed (of different ranks or modules, perhaps), or have one hash.
    std::vector<std::pair<std::size_t, std::size_t>> sameSeed;
};

/// (done, total) modules; false stops the work with Error Stopped. Called from several threads, one at a time.
using InterferenceProgress = std::function<bool(std::int64_t done, std::int64_t total)>;

/// From rank × rank products alone, in f64; the base model is not needed. A module that an adapter lacks counts as zero there.
/// Cost: O((n·r)²·(in + out)) a module, memory of a few modules. `threads` 0 = all cores; the numbers do not depend on it.
/// Errors: InvalidArgument (fewer than two), Mismatch (other shapes, or records that name different base models), BadFile (A or B
/// missing), NonFinite (NaN or infinity, by module), Stopped.
[[nodiscard]] Result<InterferenceReport> measureInterference(const std::vector<formats::AdapterFiles>& adapters, int threads = 0,
                                                             const InterferenceProgress& progress = {});

} // namespace lori::analysis
