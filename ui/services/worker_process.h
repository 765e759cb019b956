// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/result.h"

#include <QString>
#include <QStringList>

#include <filesystem>

namespace lori::ui {

/// The worker program: $LORI_WORKER, else `lori` beside this program, else `lori` on the PATH; empty when there is none.
[[nodiscard]] QString workerProgram();
/// What is said when there is none.
[[nodiscard]] Error noWorkerProgram();
/// Starts the worker program with these arguments, detached: it outlives the window. Its output is appended to `log`, its input
/// is empty. Errors: NotFound without a worker program; Io when it does not start.
[[nodiscard]] Result<void> startWorker(const QStringList& arguments, const std::filesystem::path& log);

} // namespace lori::ui
