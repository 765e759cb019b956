// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/support/result.h"
#include "ui/services/run_past.h"

#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <vector>

namespace lori::ui {

class RunOverlays;
class RunService;

/// Fills the curves of the runs that are laid over another's: a long past is read in another thread and is never held as events,
/// and a run at work goes on in the charts. Both outlive it.
class OverlayReader final : public QObject {
    Q_OBJECT

public:
    OverlayReader(RunService& runs, RunOverlays& overlays, QObject* parent);
    /// Adds the run, called `name` in legends, and begins to read it. Nothing happens when it is there or there are too many.
    /// Errors: those of RunFolder::open.
    [[nodiscard]] Result<void> add(const QString& runId, const QString& name);
    [[nodiscard]] bool isReading() const;

private:
    struct Reading {
        RunPast past;
        std::vector<events::Event> waiting; ///< told while the past was being read
    };
    RunService& m_runs;
    RunOverlays& m_overlays;
    std::map<QString, std::unique_ptr<Reading>> m_readings; ///< of every run in the charts
};

} // namespace lori::ui
