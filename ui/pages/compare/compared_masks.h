// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_comparison.h"
#include "ui/pages/compare/comparison.h"
#include "ui/services/background_job.h"
#include "ui/widgets/heat_map.h"

#include <QStringList>

#include <filesystem>
#include <vector>

namespace lori::ui {

/// A mask of a compared run.
struct RunMask {
    QString title; ///< the run's, with the stage when the run has several masks
    std::filesystem::path file;
    bool operator==(const RunMask&) const = default;
};

/// The masks of the compared runs, in their order and that of their stages. Looks at no file.
[[nodiscard]] std::vector<RunMask> masksOf(const Comparison& comparison);

/// How they overlap.
struct ComparedMasks {
    QStringList titles;
    analysis::MaskComparison overlap; ///< no pair with fewer than two masks
    QStringList unread;               ///< one sentence for each mask that was left out

    /// `row` ≠ `column`; the pair's own first mask may be either.
    [[nodiscard]] const analysis::MaskPair& pairAt(std::size_t row, std::size_t column) const;
    /// Places that no mask, or every mask, keeps: 0–1.
    [[nodiscard]] double keptByNone() const;
    [[nodiscard]] double keptByAll() const;
};

/// Reads and compares them. Errors: Mismatch (masks of different models), those of reading when every one fails; Stopped.
/// Cost: reads every file; call it in another thread.
[[nodiscard]] Result<ComparedMasks> compareRunMasks(const std::vector<RunMask>& masks, const BackgroundJob::Cancelled& cancelled);

/// Words of the comparison that the tab and the report share.
namespace mask_pair_words {

/// "Of all places, 81.0 % are kept by no mask and free for another task; 1.0 % by all."
[[nodiscard]] QString summary(const ComparedMasks& masks);
/// Titles of the columns of a pair's row.
[[nodiscard]] QStringList columns();
/// A row: both titles, kept by both, overlap, overlap by chance, times chance, how much of each lies in the other.
[[nodiscard]] QStringList row(const ComparedMasks& masks, const analysis::MaskPair& pair);
/// One sentence about a pair.
[[nodiscard]] QString readOut(const ComparedMasks& masks, const analysis::MaskPair& pair);
/// Overlap as a picture, with what chance would give marked in the legend.
[[nodiscard]] HeatGrid grid(const ComparedMasks& masks);

} // namespace mask_pair_words
} // namespace lori::ui
