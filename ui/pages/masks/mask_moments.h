// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_comparison.h"
#include "core/support/home.h"

#include <QString>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace lori::ui {

/// A mask stage of a run that has masks from while its LoRI-D was trained.
struct MomentsSource {
    std::string runId;
    std::int64_t maskStage = 0;
    QString title;
    bool operator==(const MomentsSource&) const = default;
};
/// Newest run first. Looks at folder names only.
[[nodiscard]] std::vector<MomentsSource> findMoments(const Home& home);

/// What calibration would have kept after a step, against the mask at the end.
struct MaskMoment {
    std::int64_t step = 0;
    std::filesystem::path file;
    analysis::MaskPair pair; ///< first: this moment's; second: the end's
};
/// A mask on its way. Immutable after reading, so it may be shared between threads.
struct MaskCourse {
    MomentsSource source;
    bool ended = false;              ///< the mask stage has made its mask; else the newest moment stands for it
    std::int64_t steps = 0;          ///< of LoRI-D, as it ended or up to the newest moment
    std::filesystem::path end;       ///< the mask at the end
    std::vector<MaskMoment> moments; ///< by step, without the end; empty while there is but one
};
/// For another thread than the window's: O(moments · entries). Errors: those of formats::readMask and of the run's events;
/// NotFound (no moment), Mismatch (masks of another shape), Stopped.
[[nodiscard]] Result<std::shared_ptr<const MaskCourse>> readMoments(const Home& home, const MomentsSource& source,
                                                                    const std::atomic_bool& cancelled);

/// Place of the first moment from which on every one has at least this share of the entries of the end; moments.size() when
/// none has.
[[nodiscard]] std::size_t settledFrom(const MaskCourse& course, double share);

} // namespace lori::ui
