// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/stage_change.h"
#include "core/support/result.h"

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace lori::ui {

/// Where a new run begins in the past of another.
enum class BranchFrom {
    Newest, ///< at its newest checkpoint
    Good,   ///< at the last check of its stage at which every floor held
};

/// Makes a run that goes on from another one's checkpoint with `changes`, as `lori job branch` does, and hands over its id on the
/// event loop; nobody works in it yet. The other one stays as it is. `context`: when it goes, nothing is handed over.
/// Errors handed over: those of askLori() and of runs::branchRun().
void makeBranch(const QString& runId, const std::vector<experiment::StageChange>& changes, const QString& name, BranchFrom from,
                QObject* context, std::function<void(const Result<QString>&)> then);

} // namespace lori::ui
