// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/command.h"
#include "core/analysis/mask_analysis.h"
#include "core/analysis/mask_comparison.h"

namespace lori::app {

/// What `lori mask` prints, as JSON and as text.
[[nodiscard]] Answer answerFor(const formats::Mask& mask);
[[nodiscard]] Answer answerFor(const analysis::MaskComparison& comparison, const std::vector<std::string>& names);

/// Adds what the masks to avoid meant for each pool.
void addAvoided(Answer& answer, const analysis::FreeMask& found);
/// Adds which tensors of an adapter's file are no part of it.
void addIgnored(Answer& answer, const std::vector<std::string>& tensors);

} // namespace lori::app
