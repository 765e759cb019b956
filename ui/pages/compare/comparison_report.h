// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare/comparison.h"

#include <QString>

namespace lori::ui {

/// One page of HTML that needs no other file: scores with their differences, the settings that differ, how many answers flipped.
/// In the window's language.
[[nodiscard]] QString reportHtml(const Comparison& comparison);

/// The scores as a table for programs, plain numbers: task,metric,higher_is_better,run,name,moment,value,low,high,hits,rows,
/// difference,difference_low,difference_high,p,verdict – one line per score and side, empty fields where nothing is known.
[[nodiscard]] QString scoresCsv(const Comparison& comparison);

/// Writes the report: ".html" or ".csv" by the file's ending. Errors: InvalidArgument (another ending), Io.
[[nodiscard]] Result<void> saveReport(const Comparison& comparison, const QString& file);

} // namespace lori::ui
