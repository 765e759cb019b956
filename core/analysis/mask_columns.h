// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"
#include "core/vocabulary/projection.h"

#include <cstdint>
#include <vector>

namespace lori::analysis {

/// The same module of every mask; nullptr where one lacks it.
struct MaskColumn {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    std::int64_t out = 0;
    std::int64_t rank = 0;
    std::vector<const formats::ModuleMask*> parts; ///< one a mask, in their order; they live as long as the masks
};

/// Every module that any of the masks has, by layer, then projection.
/// Throws Exception(Mismatch) when a module has other shapes in two masks; both are said.
[[nodiscard]] std::vector<MaskColumn> maskColumns(const std::vector<formats::Mask>& masks);

} // namespace lori::analysis
