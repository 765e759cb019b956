// SPDX-License-Identifier: GPL-3.0-or-later
// From the form to a run: at once, or when its turn comes.
#include "ui/pages/experiment/experiment_page.h"

#include "core/jobs/run_folder.h"
#include "ui/frame/message_bar.h"
#include "ui/frame/second_start.h"
#include "ui/services/error_text.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/page_router.h"
#include "ui/services/run_service.h"

#include <QTimer>

namespace lori::ui {

void ExperimentPage::start()
{
    startOrAsk(m_context, {[this] { startNow(); },
                           [this] {
                               addToQueue();
                           }});
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
    waitInQueue(m_context, QString::fromStdString(folder->id()));
    m_started = true;
}

} // namespace lori::ui
