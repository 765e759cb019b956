// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/second_start.h"

#include "ui/frame/message_bar.h"
#include "ui/services/job_service.h"
#include "ui/services/page_router.h"
#include "ui/services/queue_service.h"
#include "ui/services/run_progress.h"
#include "ui/services/run_service.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace lori::ui {

namespace {

/// Of the Start questions, for lupdate and the tests.
struct SecondStart {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::SecondStart)
};

/// Jobs that only move files: nothing is slower beside them.
bool isLight(const std::string& kind)
{
    static constexpr std::array<std::string_view, 3> kLight{"download", "import", "export"};
    return std::find(kLight.begin(), kLight.end(), kind) != kLight.end();
}

/// The name of what is at work; nothing while nothing is.
std::optional<QString> nameAtWork(const AppContext& context)
{
    const QStringList runs = context.runs->liveRuns();
    for (const QString& id : runs) {
        if (context.runs->state(id) == jobs::JobState::Running) {
            return QString::fromStdString(context.runs->progress(id).config().name);
        }
    }
    const QStringList jobs = context.jobs->liveJobs();
    for (const QString& id : jobs) {
        const auto record = context.jobs->record(id);
        if (record && !isLight(record->kind) && context.jobs->state(id) != jobs::JobState::Paused) {
            return QString::fromStdString(record->name);
        }
    }
    return std::nullopt;
}

} // namespace

void startOrAsk(AppContext& context, Starts starts)
{
    const auto busy = nameAtWork(context);
    if (!busy) {
        starts.now();
        return;
    }
    std::vector<MessageAction> answers;
    answers.reserve(3);
    if (starts.afterwards) {
        answers.push_back({SecondStart::tr("Start after it"), std::move(starts.afterwards)});
    }
    answers.push_back({SecondStart::tr("Start now all the same"), std::move(starts.now)});
    answers.push_back({SecondStart::tr("Do not start"), {}});
    context.messages->ask(Tone::Quiet, SecondStart::tr("%1 is at work, and two at once are slower together.").arg(*busy),
                          std::move(answers));
}

void waitInQueue(AppContext& context, const std::filesystem::path& folder, const QString& name)
{
    context.queue->add(folder);
    PageRouter* pages = context.pages;
    context.messages->post(Tone::Good, SecondStart::tr("%1 waits in the queue.").arg(name),
                           {{SecondStart::tr("Show the queue"), [pages] {
                                 pages->go(intents::ShowQueue{});
                             }}});
}

void waitInQueue(AppContext& context, const QString& runId)
{
    const auto folder = context.runs->folder(runId);
    if (const auto watched = folder ? context.runs->watch(runId) : Result<void>(folder.error()); !watched) {
        context.messages->post(watched.error());
        return;
    }
    waitInQueue(context, folder->path(), QString::fromStdString(context.runs->progress(runId).config().name));
}

} // namespace lori::ui
