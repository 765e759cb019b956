// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/services.h"

namespace lori::ui {

Services::Services(const Home& home)
    : runs(home), history(home), jobs(home), queue(home, history), adapters(home, history), chat(home)
{
    context.home = home;
    context.runs = &runs;
    context.history = &history;
    context.preferences = &preferences;
    context.language = &language;
    context.undo = &undo;
    context.jobs = &jobs;
    context.queue = &queue;
    context.adapters = &adapters;
    context.chat = &chat;
}

} // namespace lori::ui
