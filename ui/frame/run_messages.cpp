// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/run_messages.h"

#include "core/jobs/job_lock.h"
#include "ui/frame/message_bar.h"
#include "ui/frame/notifier.h"
#include "ui/services/error_text.h"
#include "ui/services/history_service.h"
#include "ui/services/home_check.h"
#include "ui/services/page_router.h"
#include "ui/services/run_progress.h"
#include "ui/services/run_service.h"

#include <QTimer>

namespace lori::ui {

namespace {

constexpr int kTrashTries = 50; // ten seconds
constexpr int kTrashPauseMs = 200;

} // namespace

RunMessages::RunMessages(AppContext& context, QObject* parent)
    : QObject(parent), m_context(context), m_notifier(new Notifier(*context.preferences, this))
{
    RunService* runs = m_context.runs;
    MessageBar* messages = m_context.messages;
    connect(runs, &RunService::runStarted, messages, &MessageBar::endTopic); // it runs again: how it ended is old news
    connect(runs, &RunService::runFinished, this, [this](const QString& id) {
        m_context.messages->post(Tone::Good, tr("“%1” is finished.").arg(nameOf(id)), {showIt(id)}, id);
    });
    connect(runs, &RunService::runFinished, this, [this](const QString& id) { notify(id, tr("“%1” is finished.")); });
    connect(runs, &RunService::runFailed, this, [this](const QString& id) { notify(id, tr("“%1” failed.")); });
    connect(runs, &RunService::runLost, this, [this](const QString& id) { notify(id, tr("The worker of “%1” is gone.")); });
    connect(runs, &RunService::runStopped, this, &RunMessages::tellStop);
    connect(runs, &RunService::runFailed, this, &RunMessages::tellFailure);
    connect(runs, &RunService::folderRemoved, this, &RunMessages::tellRemoval);
    connect(runs, &RunService::runLost, this, &RunMessages::tellLoss);
    connect(m_context.history, &HistoryService::failed, this, [this](const Error& error) {
        if (tryWriting(m_context.home.root)) { // else the window has said so, with a way out
            m_context.messages->post(Tone::Alarm, ErrorText::sentence(error));
        }
    });
}

/// Whoever works in another window learns of it from the desktop.
void RunMessages::notify(const QString& runId, const QString& text)
{
    m_notifier->tell(text.arg(nameOf(runId)), [this, runId] {
        Q_EMIT windowAsked();
        m_context.pages->go(intents::OpenRun{runId});
    });
}

QString RunMessages::nameOf(const QString& runId) const
{
    return QString::fromStdString(m_context.runs->progress(runId).config().name);
}

MessageAction RunMessages::showIt(const QString& runId) const
{
    return {tr("Show it"), [router = m_context.pages, runId] {
                router->go(intents::OpenRun{runId});
            }};
}

void RunMessages::resume(const QString& runId, bool changedData)
{
    if (const auto resumed = m_context.runs->resume(runId, changedData); !resumed) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(resumed.error()));
    }
}

void RunMessages::tellStop(const QString& runId, bool kept)
{
    if (kept) {
        m_context.messages->post(Tone::Quiet, tr("“%1” is stopped; what was done is kept and can be resumed.").arg(nameOf(runId)),
                                 {}, runId);
    } else {
        m_context.messages->post(Tone::Quiet, tr("“%1” is discarded; the record of it lies in the trash.").arg(nameOf(runId)), {},
                                 runId);
        trashDiscarded(runId, kTrashTries);
    }
}

void RunMessages::tellFailure(const QString& runId, const Error& error)
{
    if (RunService::isChangedData(error)) {
        m_context.messages->post(
            Tone::Caution,
            tr("Files that “%1” reads have changed since it began. Go on with what is there now, or duplicate it as "
               "a new experiment and start again.")
                .arg(nameOf(runId)),
            {{tr("Go on with the changed data"),
              [this, runId] {
                  resume(runId, true);
              }},
             showIt(runId)},
            runId);
        return;
    }
    m_context.messages->post(Tone::Alarm, tr("“%1” failed: %2").arg(nameOf(runId), ErrorText::sentence(error)), {showIt(runId)},
                             runId);
}

void RunMessages::tellRemoval(const QString& runId)
{
    RunService* runs = m_context.runs;
    const std::int64_t stray = runs->strayWorker(runId);
    if (stray == 0) {
        m_context.messages->post(Tone::Caution, tr("The folder of “%1” was removed.").arg(nameOf(runId)), {}, runId);
        return;
    }
    m_context.messages->post(
        Tone::Alarm,
        tr("The folder of “%1” was removed while it ran. Its worker (process %2) is still at work, and nothing that "
           "it does will be kept.")
            .arg(nameOf(runId))
            .arg(stray),
        {{tr("Stop the process"),
          [runs, runId] {
              runs->endStrayWorker(runId);
          }},
         showIt(runId)},
        runId);
}

void RunMessages::tellLoss(const QString& runId)
{
    m_context.messages->post(
        Tone::Caution,
        tr("The program that trained “%1” ended unexpectedly. Everything up to its last checkpoint is kept.").arg(nameOf(runId)),
        {{tr("Resume"),
          [this, runId] {
              resume(runId, false);
          }},
         showIt(runId)},
        runId);
}

/// A run that was thrown away lies with the others that were; its worker needs a moment to let go of it, and its last words are
/// being read.
void RunMessages::trashDiscarded(const QString& runId, int tries)
{
    const auto folder = m_context.runs->folder(runId);
    const bool held = folder && jobs::JobLock::holder(*folder);
    if (tries > 0 && (held || !m_context.history->find(runId))) {
        QTimer::singleShot(kTrashPauseMs, this, [this, runId, tries] { trashDiscarded(runId, tries - 1); });
        return;
    }
    m_context.runs->forget(runId);
    m_context.history->moveToTrash(runId);
}

} // namespace lori::ui
