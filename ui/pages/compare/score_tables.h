// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare/comparison.h"

#include <QString>

namespace lori::ui {

/// The scores as a table for programs, plain numbers: task,metric,higher_is_better,run,name,moment,value,low,high,hits,rows,
/// difference,difference_low,difference_high,p,verdict – one line per score and side, empty fields where nothing is known.
[[nodiscard]] QString scoresCsv(const Comparison& comparison);

/// The scores as a tabular for LaTeX (UTF-8, no packages): a line per score, a column per side, percent with the 95 % interval,
/// and the difference to the baseline in points, with a star where it is clear. In the window's language.
[[nodiscard]] QString scoresLatex(const Comparison& comparison);

} // namespace lori::ui
