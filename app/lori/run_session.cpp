// SPDX-License-Identifier: Apache-2.0
#include "app/lori/run_session.h"

#include "app/lori/history_feed.h"
#include "app/lori/run_progress.h"
#include "core/runs/worker.h"

#include <csignal>

namespace lori::app {

namespace {

// Signal handlers reach nothing but a global; everybody else gets it by pointer.
std::atomic<bool> interruptRequested{false};

void onSignal(int)
{
    interruptRequested.store(true);
}

} // namespace

const std::atomic<bool>& catchInterrupts()
{
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    std::signal(SIGPIPE, SIG_IGN);
    return interruptRequested;
}

Result<SessionResult> workInFolder(const Context& context, const jobs::RunFolder& folder, bool acceptChangedData)
{
    const std::atomic<bool>& interrupt = catchInterrupts();
    RunProgress progress;
    HistoryFeed history(context.home, folder);
    runs::WorkerOptions options{context.home, [&](const events::Event& event) { progress.show(event); }, &interrupt,
                                acceptChangedData};
    const auto result = runs::runWorker(folder, options);
    progress.finish();
    history.finish();
    if (!result) {
        return result.error();
    }
    return SessionResult{*result, history.description()};
}

} // namespace lori::app
