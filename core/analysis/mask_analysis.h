// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/mask_config.h"
#include "core/formats/adapter_files.h"
#include "core/support/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace lori::analysis {

/// Kept entries of one module: a cell of the layers × projections map.
struct ModuleKept {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    std::int64_t kept = 0;
    std::int64_t total = 0;
    double normKept = 0; ///< ||masked B||_F / ||B||_F; 0 when B is zero or unknown
};
struct MaskSummary {
    std::int64_t kept = 0;
    std::int64_t total = 0;
    double threshold = 0;            ///< smallest kept |b|; NaN when the scope has several pools
    double normKept = 0;             ///< over the whole model
    std::vector<ModuleKept> modules; ///< sorted by layer, then projection
};
[[nodiscard]] MaskSummary summarize(const formats::Mask& mask);

/// Kept entries of one pool of a scope.
struct PoolKept {
    std::string name; ///< "layer 3", "q_proj", "attention", …: poolName()
    std::int64_t kept = 0;
    std::int64_t total = 0;
};
/// The same counts added up by layer, by projection, or by attention and MLP.
[[nodiscard]] std::vector<PoolKept> keptByPool(const MaskSummary& summary, MaskScope scope);

/// The mask of an adapter's B: method.md §1.7. k = int((1 - sparsity) * n) in double arithmetic for each pool; Reference keeps
/// every |b| >= k-th largest; ExactK keeps max(1, k), lower index first. Reference with k == 0 is InvalidArgument.
/// Entries that a mask of `avoid` uses count in n and k, but with the value 0, and are never kept (the cumulative masks of
/// method.md §1.7 as they are meant): k free entries where so many are free, else all that are. Under AvoidRule::Remove they are
/// chosen like the others and then given up. `config.avoid` and `avoidStages` are the caller's to read. See extractFreeMask().
/// Cost O(n) per pool.
[[nodiscard]] Result<formats::Mask> extractMask(const formats::AdapterFiles& adapter, const experiment::MaskConfig& config,
                                                const std::vector<formats::Mask>& avoid = {});

/// What a pool had to give.
struct PoolOutcome {
    std::string name; ///< poolName()
    std::int64_t entries = 0;
    std::int64_t used = 0;   ///< by the masks to avoid
    std::int64_t wanted = 0; ///< k
    std::int64_t kept = 0;   ///< more than k by ties, fewer when too few were free
};
struct FreeMask {
    formats::Mask mask;
    std::vector<PoolOutcome> pools;
    std::int64_t used = 0;       ///< entries of the adapter that the masks to avoid use
    std::int64_t shortPools = 0; ///< pools with fewer free entries than wanted
    std::int64_t missing = 0;    ///< entries that those pools lack; both 0 under AvoidRule::Remove, which wants no more
    /// One sentence for people about the shortage, with its numbers; "" when every pool had enough.
    [[nodiscard]] std::string warning() const;
};
/// extractMask() with its numbers. Errors: those of extractMask; Mismatch (a mask of other shapes, or of none of the adapter's
/// modules); InvalidArgument when not one entry is free.
[[nodiscard]] Result<FreeMask> extractFreeMask(const formats::AdapterFiles& adapter, const experiment::MaskConfig& config,
                                               const std::vector<formats::Mask>& avoid);

/// Sorted magnitudes of one adapter's B, so that a sparsity slider can answer at once.
class MagnitudeIndex {
public:
    /// Sorts once: O(n log n), about a second for five million entries. Errors as openAdapter.
    [[nodiscard]] static Result<std::unique_ptr<MagnitudeIndex>> build(const formats::AdapterFiles& adapter);
    virtual ~MagnitudeIndex() = default;
    /// What extractMask(…, Reference) would keep. Cost: a few hundred binary searches.
    [[nodiscard]] virtual Result<MaskSummary> preview(double sparsity, MaskScope scope) const = 0;
    /// |B| of one module as [out, rank] row-major f32, for the pixel view.
    [[nodiscard]] virtual std::vector<float> magnitudes(std::int64_t layer, Projection projection) const = 0;
};

} // namespace lori::analysis
