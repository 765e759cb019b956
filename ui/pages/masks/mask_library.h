// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_analysis.h"
#include "core/jobs/run_folder.h"
#include "ui/models/b_matrix.h"

#include <QString>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lori::ui {

/// Something the masks page can show: an adapter whose B can be thresholded, a stored mask, or both.
struct MaskSource {
    std::string title;              ///< the run's name and the stage
    std::string runId;              ///< "" when opened from elsewhere
    std::filesystem::path adapter;  ///< empty when there is only a mask
    std::filesystem::path maskFile; ///< empty when there is only an adapter
    std::string name{};             ///< short, for a sentence: the run's, with the task where a run has several masks
};
/// Every LoRI-D adapter with the mask made from it, newest run first; masks without adapter too. Looks at folder names only.
[[nodiscard]] std::vector<MaskSource> findMaskSources(const Home& home);
/// "Capitals · 28 Nov, 12:40": with the time that a run's id begins with, when it does.
[[nodiscard]] QString titleWithDate(const QString& title, const std::string& runId);
/// An adapter folder, a run folder, or a mask file chosen by a person. Errors: NotFound, Unsupported (holds neither).
[[nodiscard]] Result<MaskSource> maskSourceFrom(const std::filesystem::path& path);

/// A source in memory. Immutable after loading, so it may be shared between threads.
struct LoadedMasks {
    MaskSource source;
    std::unique_ptr<formats::AdapterFiles> adapter;
    std::unique_ptr<analysis::MagnitudeIndex> index; ///< nullptr when there is only a mask
    std::optional<formats::Mask> mask;
    analysis::MaskSummary stored; ///< of `mask`
    std::int64_t rank = 0;
};
enum class LoadStage { OpeningAdapter, SortingMagnitudes, ReadingMask };
/// Cost: sorts |B|, about a second for five million entries. `report` is called from the caller's thread; when `cancelled`
/// becomes true the work stops before its next part with Error Stopped.
[[nodiscard]] Result<std::shared_ptr<const LoadedMasks>>
loadMasks(const MaskSource& source, const std::function<void(LoadStage)>& report, const std::atomic_bool& cancelled);

/// One B with the stored mask. Errors: NotFound (module not in it).
[[nodiscard]] Result<BMatrix> storedMatrix(const LoadedMasks& masks, std::int64_t layer, experiment::Projection projection);
/// One B with the entries that a preview keeps: its `kept` largest |b| and all that are equal to the smallest of them.
[[nodiscard]] Result<BMatrix> previewMatrix(const LoadedMasks& masks, const analysis::ModuleKept& module);

} // namespace lori::ui
