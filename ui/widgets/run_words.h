// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/run_curves.h"

#include <QString>

namespace lori::ui {

/// "LoRI-D" for "lori-d"; `name` or the kind itself when it is another one.
[[nodiscard]] QString stageTitle(const std::string& kind, const std::string& name);
/// A score in a person's words: ("safety", "refusal_rate") → "Harmful requests refused".
[[nodiscard]] QString scoreTitle(const RunCurves::ScoreName& name);
/// True for the two sides of the safety score.
[[nodiscard]] bool isSafetyScore(const RunCurves::ScoreName& name);

} // namespace lori::ui
