// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_life.h"

#include <QString>
#include <QStringList>

namespace lori::ui {

class RunProgress;

/// What somebody is told who shall understand what became of a run.
struct ReportedRun {
    QString id;
    QString name;
    jobs::JobState state = jobs::JobState::Waiting;
    QString recipe;  ///< as the page shows it
    QStringList log; ///< newest sentences, oldest first
};

/// Everything about the run as plain text in the window's language: the program and machine (`diagnostics`), name and state, how
/// it failed, its scores, its recipe and its log. It holds the paths of the recipe: a person reads it before sending it on.
[[nodiscard]] QString runReport(const QString& diagnostics, const ReportedRun& run, const RunProgress& progress);

} // namespace lori::ui
