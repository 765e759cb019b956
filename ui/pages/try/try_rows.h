// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/home.h"

#include <QString>

#include <vector>

namespace lori::ui {

/// A question with the answer that is right, where there is one.
struct TryRow {
    QString prompt;
    QString expected; ///< "" when none is known
};

/// Some rows that the run never trained on, at most six: those of its own files that were set aside, then those that its tasks
/// are measured by. Empty when it has none, or the files are not there. Reads files: for another thread.
[[nodiscard]] std::vector<TryRow> measuredRows(const Home& home, const QString& runId);

} // namespace lori::ui
