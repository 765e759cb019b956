// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/adapter_catalog.h"
#include "ui/services/app_context.h"
#include "ui/services/chat_service.h"
#include "ui/services/history_service.h"
#include "ui/services/job_service.h"
#include "ui/services/language.h"
#include "ui/services/preferences.h"
#include "ui/services/queue_service.h"
#include "ui/services/run_service.h"

#include <QUndoStack>

namespace lori::ui {

/// Every service of one window, in the order they need each other. Outlives the window.
struct Services final {
    explicit Services(const Home& home);

    Preferences preferences;
    Language language;
    QUndoStack undo;
    RunService runs;
    HistoryService history;
    JobService jobs;
    QueueService queue;
    AdapterCatalog adapters;
    ChatService chat;
    AppContext context; ///< of all of these; the window adds what it makes
};

} // namespace lori::ui
