// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare/comparison.h"
#include "ui/widgets/plot_style.h"

#include <QIcon>
#include <QString>

namespace lori::ui {

/// Words and looks that several parts of the page share, and the report.
namespace compare_words {

/// Points of a curve that are marked one by one; with more, markers would hide the curve.
inline constexpr std::size_t kFewPoints = 40;
/// "Safety: harmful requests refused"
[[nodiscard]] QString scoreTitle(const ScoreKey& key);
/// Which curve of a loss to show, of those there are: for "loss" or "heldOutLoss" the one per token if it is there, else itself.
[[nodiscard]] std::string lossKey(const std::vector<std::string>& keys, const std::string& asTrained);
/// The title of a curve by its key in the history: "Training loss as trained" for "loss"; the score's title for
/// "<task>.<metric>".
[[nodiscard]] QString quantity(const std::string& key);
/// Whether the curve is a score.
[[nodiscard]] bool isScore(const std::string& key);
/// How the run at this place is drawn: colour, dash and marker.
[[nodiscard]] PlotStyle style(std::size_t place);
/// The same as a swatch.
[[nodiscard]] QIcon swatch(std::size_t place, const QPalette& palette);

} // namespace compare_words
} // namespace lori::ui
