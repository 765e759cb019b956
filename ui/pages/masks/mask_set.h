// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_comparison.h"
#include "core/analysis/mask_territory.h"
#include "ui/pages/masks/mask_library.h"

#include <QStringList>

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace lori::ui {

inline constexpr std::size_t kMostMasks = 8; ///< compared at once: as many as there are colours

/// Some masks with what can be said of them together. Immutable after reading, so it may be shared between threads.
struct MaskSet {
    std::vector<MaskSource> sources;
    QStringList names;
    std::vector<formats::Mask> masks;
    std::optional<analysis::MaskComparison> comparison; ///< of two masks or more
    analysis::MaskTerritory territory;
};
/// Reads the mask files of the sources. For another thread than the window's: O(pairs · entries).
/// Errors: those of formats::readMask; InvalidArgument (no source), Mismatch (masks of other models or ranks), Stopped.
[[nodiscard]] Result<std::shared_ptr<const MaskSet>> readMaskSet(const std::vector<MaskSource>& sources,
                                                                 const std::atomic_bool& cancelled);

} // namespace lori::ui
