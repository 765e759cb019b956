// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"
#include "core/support/result.h"
#include "core/vocabulary/projection.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lori::analysis {

/// What an overlap says of two masks.
enum class OverlapVerdict : std::uint8_t {
    Nothing,     ///< one of them keeps no entry here
    Dense,       ///< they keep so much that they must meet: the overlap says little
    Apart,       ///< they meet less than independent masks would
    Independent, ///< practically as independent masks would
    Alike,       ///< they meet more than independent masks would
};

/// How two masks overlap, in one module or summed over some.
struct MaskOverlap {
    std::int64_t entries = 0; ///< n
    std::int64_t first = 0;   ///< kept by the first mask, k₁
    std::int64_t second = 0;  ///< k₂
    std::int64_t shared = 0;  ///< kept by both
    /// Of independent masks that keep as many entries in each module: Σ k₁·k₂/n and
    /// Σ k₁·k₂·(n − k₁)·(n − k₂) / (n²·(n − 1)), mean and variance of the hypergeometric distribution.
    double expected = 0;
    double variance = 0;

    [[nodiscard]] double jaccard() const;       ///< shared ÷ entries that at least one keeps; 0 when neither keeps any
    [[nodiscard]] double jaccardChance() const; ///< the same with `expected` for `shared`
    [[nodiscard]] double firstInSecond() const; ///< shared ÷ k₁: containment of the first in the second, 0 to 1
    [[nodiscard]] double secondInFirst() const; ///< shared ÷ k₂
    [[nodiscard]] double ratio() const;         ///< shared ÷ expected: 1 = chance, 0 = disjoint
    [[nodiscard]] double z() const;             ///< (shared − expected) / √variance; 0 when chance leaves no choice
    /// Dense where Jaccard by chance is over one half. Else Alike when Jaccard is over 1.5 times its chance, Apart when chance is
    /// over 1.5 times Jaccard, each only with |z| > 2, so that few entries prove nothing; the factor is that of the Merge page.
    /// z alone would call any two real masks alike: millions of entries make the smallest difference certain, not large.
    [[nodiscard]] OverlapVerdict verdict() const;
    void add(const MaskOverlap& other);
};

/// A pool and its overlap: "layer 3 q_proj", "layer 3", "q_proj".
struct NamedOverlap {
    std::string name;
    std::int64_t layer = -1;               ///< −1 for projections
    Projection projection = Projection::Q; ///< no meaning for layers
    MaskOverlap overlap;
};
struct MaskPair {
    std::size_t first = 0; ///< places in the list of masks
    std::size_t second = 0;
    MaskOverlap total;
    std::vector<NamedOverlap> modules;     ///< by layer, then projection
    std::vector<NamedOverlap> layers;      ///< rising
    std::vector<NamedOverlap> projections; ///< q, k, v, o, gate, up, down
};
struct MaskComparison {
    std::vector<MaskPair> pairs; ///< (0, 1), (0, 2), … (1, 2), …
    /// [i] = entries that exactly i masks keep; [0] is what is still free for another task.
    std::vector<std::int64_t> keptBy;
};

/// Modules that one mask lacks count as kept nowhere in it. Cost O(pairs · entries / 8).
/// Errors: InvalidArgument (fewer than two masks), Mismatch (other shapes, both said).
[[nodiscard]] Result<MaskComparison> compareMasks(const std::vector<formats::Mask>& masks);

} // namespace lori::analysis
