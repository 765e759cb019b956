// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/run_folder.h"

class QUndoStack;

namespace lori::ui {

class AdapterCatalog;
class ChatService;
class HistoryService;
class JobService;
class Language;
class MessageBar;
class PageRouter;
class Preferences;
class QueueService;
class RunService;

/// What every page is given by reference: `explicit SomePage(AppContext& context, QWidget* parent)`. All pointers are set before
/// the pages are made and outlive them. Pages talk to the outside only through these. A page re-translates itself on
/// QEvent::LanguageChange and re-reads colours on QEvent::PaletteChange.
struct AppContext {
    Home home;
    RunService* runs = nullptr;
    HistoryService* history = nullptr;
    Preferences* preferences = nullptr;
    Language* language = nullptr;
    MessageBar* messages = nullptr; ///< made by the window; inline messages, never a message box for success
    QUndoStack* undo = nullptr;     ///< form edits, notes, tags, trash; never training
    PageRouter* pages = nullptr;    ///< made by the window; asks other pages without knowing them
    JobService* jobs = nullptr;     ///< jobs of every kind: merges, reports, sequences, imports
    QueueService* queue = nullptr;
    AdapterCatalog* adapters = nullptr; ///< what can be merged, compared and tried
    ChatService* chat = nullptr;        ///< the model that answers
};

} // namespace lori::ui
