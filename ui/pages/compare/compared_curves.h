// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare/comparison.h"
#include "ui/services/background_job.h"
#include "ui/widgets/plot_data.h"

#include <QImage>
#include <QString>

#include <filesystem>
#include <string>
#include <vector>

namespace lori::ui {

/// What is needed to read a run's curves.
struct CurveRun {
    QString title;
    std::string id;
    std::vector<std::int64_t> stageSteps;
};
[[nodiscard]] std::vector<CurveRun> curveRunsOf(const Comparison& comparison);

/// The curve `key` of each run, its stages one behind the other; before the first stage is x = 0. Empty for a run without it.
/// Errors: those of the database. Cost: call it in another thread.
[[nodiscard]] Result<std::vector<std::vector<PlotPoint>>> readCurves(const std::filesystem::path& historyFile,
                                                                     const std::vector<CurveRun>& runs, const std::string& key,
                                                                     const BackgroundJob::Cancelled& cancelled);

/// A chart for a report: on white, whatever the window looks like.
struct ReportCurve {
    QString title;
    QImage picture; ///< at twice the size it is meant for
};
inline constexpr int kReportCurveWidth = 640; ///< pixels of the page

/// Losses, and scores that were measured more than once, eight at most. Errors and cost: those of readCurves().
[[nodiscard]] Result<std::vector<ReportCurve>> reportCurves(const std::filesystem::path& historyFile,
                                                            const Comparison& comparison);

} // namespace lori::ui
