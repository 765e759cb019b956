// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"
#include "core/support/result.h"
#include "core/vocabulary/projection.h"

#include <cstdint>
#include <vector>

namespace lori::analysis {

/// Which masks keep each entry of one B. Entries are [out, rank], row-major, as those of B.
struct EntryOwners {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    std::int64_t out = 0;
    std::int64_t rank = 0;
    std::vector<std::uint32_t> keptBy; ///< bit i is 1 when mask i keeps the entry
    [[nodiscard]] std::uint32_t at(std::int64_t output, std::int64_t column) const
    {
        return keptBy[static_cast<std::size_t>(output * rank + column)];
    }
    [[nodiscard]] bool empty() const { return out <= 0 || rank <= 0; }
    /// Entries that exactly these masks keep.
    [[nodiscard]] std::int64_t count(std::uint32_t owners) const;
};

inline constexpr std::size_t kMostOwners = 32;

/// A mask that lacks the module keeps nothing of it. Cost O(masks · entries of the module).
/// Errors: NotFound (no mask has the module), Mismatch (other shapes), InvalidArgument (more than kMostOwners masks).
[[nodiscard]] Result<EntryOwners> entryOwners(const std::vector<formats::Mask>& masks, std::int64_t layer, Projection projection);

} // namespace lori::analysis
