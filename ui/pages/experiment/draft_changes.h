// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/changes_dialog.h"

#include <vector>

namespace lori::ui {

class ExperimentDraft;

/// What differs from the beginning, a line for each field of the forms and not for each value of the recipe: a list of tasks is
/// one. Stages and sources that came or went are one line each kind.
[[nodiscard]] std::vector<ChangesDialog::Row> changesOf(const ExperimentDraft& draft);
/// The value of a field as it was at the beginning.
void setBack(ExperimentDraft& draft, const ChangesDialog::Row& row);

} // namespace lori::ui
