// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare/compared_curves.h"
#include "ui/pages/compare/compared_masks.h"

#include <QString>

#include <optional>
#include <vector>

namespace lori::ui {

/// What a report shows beside the comparison itself.
struct ReportParts {
    std::vector<ReportCurve> curves;
    std::optional<ComparedMasks> masks;
};

/// One page of HTML that needs no other file: scores with their differences, the settings that differ, how many answers flipped,
/// curves, and how the masks overlap. In the window's language.
[[nodiscard]] QString reportHtml(const Comparison& comparison, const ReportParts& parts);

/// Writes the report (".html", ".pdf": the same page on paper) or its scores (".csv", ".tex") by the file's ending. Errors:
/// InvalidArgument (another ending), Io, those of reading the curves. Cost: reads curves and masks; call it in another thread.
[[nodiscard]] Result<void> saveReport(const Comparison& comparison, const std::filesystem::path& historyFile,
                                      const QString& file);

} // namespace lori::ui
