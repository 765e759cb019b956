// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/formats/adapter_files.h"
#include "core/support/result.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace lori::analysis {

/// Kept entries of one module: a cell of the layers × projections map.
struct ModuleKept {
    std::int64_t layer = 0;
    experiment::Projection projection = experiment::Projection::Q;
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

/// The mask of an adapter's B: method.md §1.7. k = int((1 - sparsity) * n) in double arithmetic for each pool; Reference keeps
/// every |b| >= k-th largest; ExactK keeps max(1, k), lower index first. Reference with k == 0 is InvalidArgument.
/// Cost O(n) per pool.
[[nodiscard]] Result<formats::Mask> extractMask(const formats::AdapterFiles& adapter, const experiment::MaskConfig& config);

/// Sorted magnitudes of one adapter's B, so that a sparsity slider can answer at once.
class MagnitudeIndex {
public:
    /// Sorts once: O(n log n), about a second for five million entries. Errors as openAdapter.
    [[nodiscard]] static Result<std::unique_ptr<MagnitudeIndex>> build(const formats::AdapterFiles& adapter);
    virtual ~MagnitudeIndex() = default;
    /// What extractMask(…, Reference) would keep. Cost: a few hundred binary searches.
    [[nodiscard]] virtual Result<MaskSummary> preview(double sparsity, experiment::MaskScope scope) const = 0;
    /// |B| of one module as [out, rank] row-major f32, for the pixel view.
    [[nodiscard]] virtual std::vector<float> magnitudes(std::int64_t layer, experiment::Projection projection) const = 0;
};

} // namespace lori::analysis
