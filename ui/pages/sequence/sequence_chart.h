// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/sequence.h"
#include "ui/models/sequence_outcome.h"

namespace lori::ui {

class PlotView;

/// Draws every score over the ends of the tasks, with its interval, and the floors as dashed lines below the best so far.
void showScores(PlotView& plot, const SequenceOutcome& outcome, const experiment::SequenceConfig& config);

} // namespace lori::ui
