// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_analysis.h"

#include <QString>

namespace lori::ui {

/// "q", "k" … "down".
[[nodiscard]] QString projectionTitle(experiment::Projection projection);
/// "q_proj" … "down_proj".
[[nodiscard]] QString moduleTitle(experiment::Projection projection);
/// One line for people who do not know the layers of a transformer: "q: what a token looks for in the others".
[[nodiscard]] QString projectionMeaning(experiment::Projection projection);
/// 0.234 → "23.4 %" in the person's language, with a digit more for small shares.
[[nodiscard]] QString percentText(double share);
/// "layer 11 · v_proj: 23.4 % kept (whole model 10 %)"
[[nodiscard]] QString moduleReadOut(const analysis::ModuleKept& module, double wholeShare);

} // namespace lori::ui
