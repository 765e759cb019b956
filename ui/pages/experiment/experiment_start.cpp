// SPDX-License-Identifier: GPL-3.0-or-later
// From the form to a run: at once, or when its turn comes.
#include "ui/pages/experiment/experiment_page.h"

#include "core/jobs/run_folder.h"
#include "ui/frame/message_bar.h"
#include "ui/services/error_text.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/page_router.h"
#include "ui/services/queue_service.h"
#include "ui/services/run_progress.h"
#include "ui/services/run_service.h"

#include <QTimer>

#include <algorithm>

namespace lori::ui {

void ExperimentPage::start()
{
    const QStringList live = m_context.runs->liveRuns();
    const auto isAtWork = [this](const QString& id) {
        return m_context.runs->state(id) == jobs::JobState::Running;
    };
    const auto busy = std::find_if(live.begin(), live.end(), isAtWork);
    if (busy == live.end()) {
        startNow();
        return;
    }
    const QString name = QString::fromStdString(m_context.runs->progress(*busy).config().name);
    m_context.messages->ask(Tone::Quiet, tr("%1 is at work, and two runs at once are slower together.").arg(name),
                            {{tr("Start after it"),
                              [this] {
                                  addToQueue();
                              }},
                             {tr("Start now all the same"),
                              [this] {
                                  startNow();
                              }},
                             {tr("Do not start"), {}}});
}

void ExperimentPage::startNow()
{
    m_refresh->stop();
    refresh(); // the disk may have filled since the last edit
    if (!m_ready) {
        return;
    }
    const auto started = m_context.runs->start(m_draft->config());
    if (!started) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(started.error()));
        return;
    }
    m_started = true;
    m_context.pages->go(intents::OpenRun{*started});
}

void ExperimentPage::addToQueue()
{
    m_refresh->stop();
    refresh();
    if (!m_ready) {
        return;
    }
    const auto folder = jobs::RunFolder::create(m_context.home, m_draft->config());
    if (!folder) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(folder.error()));
        return;
    }
    const QString id = QString::fromStdString(folder->id());
    if (const auto watched = m_context.runs->watch(id); !watched) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(watched.error()));
        return;
    }
    m_context.queue->add(folder->path());
    m_started = true;
    m_context.messages->post(Tone::Good, tr("%1 waits in the queue.").arg(QString::fromStdString(m_draft->config().name)),
                             {{tr("Show the queue"), [this] {
                                   m_context.pages->go(intents::ShowQueue{});
                               }}});
}

} // namespace lori::ui
