// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_folder.h"

class QUndoStack;

namespace lori::ui {

class RunService;
class HistoryService;
class MessageBar;

/// What every page is given by reference: `explicit SomePage(AppContext& context, QWidget* parent)`. All pointers are set and
/// outlive the pages. Pages talk to the outside only through these and through their own signals, which the main window routes:
///   MasksPage    showRun(const QString& runId)
///   HistoryPage  openRunRequested(runId), duplicateRequested(config), masksRequested(runId)
/// A page re-translates itself on QEvent::LanguageChange and re-reads colours on QEvent::PaletteChange.
struct AppContext {
    experiment::Home home;
    RunService* runs = nullptr;
    HistoryService* history = nullptr;
    MessageBar* messages = nullptr; ///< inline messages; never a message box for success
    QUndoStack* undo = nullptr;     ///< form edits, notes, tags, trash; never training
};

} // namespace lori::ui
