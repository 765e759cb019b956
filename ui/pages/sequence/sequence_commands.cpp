// SPDX-License-Identifier: GPL-3.0-or-later
// What the sequence page does when it is asked to, by its own buttons, the Run menu or another page; and what it says of a
// sequence that has begun.
#include "core/jobs/run_folder.h"
#include "ui/frame/message_bar.h"
#include "ui/frame/second_start.h"
#include "ui/pages/sequence/flip_list.h"
#include "ui/pages/sequence/sequence_editor.h"
#include "ui/pages/sequence/sequence_page.h"
#include "ui/pages/sequence/sequence_view.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/error_text.h"
#include "ui/services/page_router.h"
#include "ui/services/run_progress.h"
#include "ui/services/run_service.h"
#include "ui/services/sequence_draft.h"
#include "ui/services/sequence_list.h"
#include "ui/services/worker_process.h"
#include "ui/text.h"

#include <QDateTime>

namespace lori::ui {

using jobs::JobState;

void SequencePage::take(const Intent& intent)
{
    const auto* plan = std::get_if<intents::PlanSequence>(&intent);
    if (plan == nullptr) {
        return;
    }
    m_wantedAdapter = QString::fromStdString(plan->adapter.string());
    showSequence(QString());
    takeWantedAdapter();
}

void SequencePage::takeWantedAdapter()
{
    if (m_wantedAdapter.isEmpty() || !m_context.adapters->isRead()) {
        return; // changed() comes when they were read
    }
    const QString folder = std::exchange(m_wantedAdapter, QString());
    if (!m_editor->beginFromAdapter(folder)) {
        m_context.messages->post(Tone::Caution, tr("There is no adapter in %1: the sequence begins as it was.").arg(folder));
    }
}

bool SequencePage::can(PageCommand command) const
{
    if (m_shown.isEmpty()) {
        return command == PageCommand::Start && m_ready;
    }
    const JobState state = m_context.runs->state(m_shown);
    switch (command) {
    case PageCommand::Pause:
        return state == JobState::Running;
    case PageCommand::Continue:
        return state == JobState::Paused;
    case PageCommand::StopAndKeep:
        return state == JobState::Running || state == JobState::Paused;
    case PageCommand::Resume:
        return !isLive(state) && state != JobState::Finished && !m_context.runs->progress(m_shown).isDiscarded();
    case PageCommand::Start:
    case PageCommand::Measure: // these three on the Runs page, where their outcome is seen
    case PageCommand::Checkpoint:
    case PageCommand::Discard:
        return false;
    }
    return false;
}

void SequencePage::perform(PageCommand command)
{
    if (!can(command)) {
        return;
    }
    switch (command) {
    case PageCommand::Start:
        start();
        break;
    case PageCommand::Pause:
        send(jobs::Command::Pause);
        break;
    case PageCommand::Continue:
        send(jobs::Command::Continue);
        break;
    case PageCommand::StopAndKeep:
        send(jobs::Command::StopAndKeep);
        break;
    case PageCommand::Resume:
        resume(false);
        break;
    case PageCommand::Measure:
    case PageCommand::Checkpoint:
    case PageCommand::Discard:
        break;
    }
}

void SequencePage::act(const QString& action)
{
    if (action == QLatin1String("startSequence")) {
        perform(PageCommand::Start);
    } else if (action == QLatin1String("pauseSequence")) {
        perform(PageCommand::Pause);
    } else if (action == QLatin1String("continueSequence")) {
        perform(PageCommand::Continue);
    } else if (action == QLatin1String("goBackSequence")) {
        goBack();
    } else if (action == QLatin1String("lowerRateSequence")) {
        lowerRate();
    } else if (action == QLatin1String("queueUnprotected")) {
        queueUnprotected();
    } else if (action == QLatin1String("stopSequence")) {
        perform(PageCommand::StopAndKeep);
    } else if (action == QLatin1String("resumeSequence")) {
        const auto failure = m_context.runs->failure(m_shown);
        resume(failure && RunService::isChangedData(*failure)); // the button says so then
    } else if (action == QLatin1String("openSequenceRun")) {
        m_context.pages->go(intents::OpenRun{m_shown});
    } else if (action == QLatin1String("trySequence")) {
        m_context.pages->go(intents::TryAdapters{{lastAdapter()}, m_shown});
    } else if (action == QLatin1String("sequenceAgain")) {
        const experiment::SequenceConfig again = *m_config;
        m_draft->edit(tr("taking over a sequence"), [&](experiment::SequenceConfig& config) { config = again; });
        showSequence(QString());
    }
}

void SequencePage::start()
{
    refresh(); // the disk may have filled since the last edit
    if (!m_ready) {
        return;
    }
    startOrAsk(m_context, {[this, config = m_draft->config()] { begin(config, false); },
                           [this, config = m_draft->config()] {
                               begin(config, true);
                           }});
}

void SequencePage::begin(const experiment::SequenceConfig& config, bool afterwards)
{
    const auto made = m_list->make(config);
    if (!made) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(made.error()));
        return;
    }
    if (afterwards) { // until it begins there is nothing to show of it
        waitInQueue(m_context, m_context.home.runs() / made->toStdString(), QString::fromStdString(config.run.name));
    } else {
        resumeNow(*made);
        showSequence(*made);
    }
    m_list->refresh();
}

void SequencePage::send(jobs::Command command)
{
    if (const auto sent = m_context.runs->send(m_shown, command); !sent) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(sent.error()));
    }
}

void SequencePage::resume(bool changedData)
{
    Starts starts{[this, run = m_shown, changedData] { resumeNow(run, changedData); },
                  [this, run = m_shown] {
                      waitInQueue(m_context, run);
                  }};
    if (changedData) {
        starts.afterwards = {}; // the queue's worker would refuse it
    }
    startOrAsk(m_context, std::move(starts));
}

void SequencePage::resumeNow(const QString& run, bool changedData)
{
    if (const auto resumed = m_context.runs->resume(run, changedData); !resumed) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(resumed.error()));
    }
    refresh();
}

std::filesystem::path SequencePage::lastAdapter() const
{
    const auto folder = m_context.runs->folder(m_shown);
    if (!folder) {
        return {};
    }
    std::filesystem::path newest;
    for (std::size_t task = 0; task < m_config->stages.size(); ++task) {
        const auto made = folder->adapterFolder(experiment::lastStageOfTask(*m_config, task), m_config->stages[task].method);
        std::error_code ignored;
        if (std::filesystem::exists(made / "adapter_config.json", ignored)) {
            newest = made;
        }
    }
    return newest;
}

QString SequencePage::taskAtWork() const
{
    const int stage = m_context.runs->progress(m_shown).stage();
    for (std::size_t task = 0; stage >= 0 && task < m_config->stages.size(); ++task) {
        if (stage <= experiment::lastStageOfTask(*m_config, task)) {
            return tr("task %1, %2").arg(task + 1).arg(QString::fromStdString(m_config->stages[task].name));
        }
    }
    return tr("measuring the base model");
}

QString SequencePage::detail() const
{
    const JobState state = m_context.runs->state(m_shown);
    if (!isLive(state)) {
        return {};
    }
    if (state == JobState::Waiting) {
        return tr("waiting for the worker");
    }
    const RunProgress& progress = m_context.runs->progress(m_shown);
    QStringList parts{taskAtWork()};
    if (progress.step() > 0 && progress.stageSteps() > 0) {
        parts.append(tr("step %1 of %2").arg(progress.step()).arg(progress.stageSteps()));
    }
    if (const double left = progress.etaSeconds(QDateTime::currentMSecsSinceEpoch()); left >= 0) {
        parts.append(tr("%1 left").arg(Text::about(left)));
    }
    return parts.join(QStringLiteral(" · "));
}

QString SequencePage::failureSentence() const
{
    switch (m_context.runs->state(m_shown)) {
    case JobState::Paused:
        return fallText();
    case JobState::Failed: {
        const auto failure = m_context.runs->failure(m_shown);
        return tr("Failed at %1: %2", "task; what happened")
            .arg(taskAtWork(), failure ? ErrorText::sentence(*failure) : QString());
    }
    case JobState::Lost:
        return tr("The program that worked on it is gone, at %1. Resume goes on from the last checkpoint.").arg(taskAtWork());
    case JobState::Stopped:
        return m_context.runs->progress(m_shown).isDiscarded()
                   ? tr("It was discarded; nothing is left to go on from.")
                   : tr("Stopped at %1. Resume goes on from there.").arg(taskAtWork());
    default:
        return {};
    }
}

SequenceSide::Content SequencePage::sideOfShown() const
{
    const JobState state = m_context.runs->state(m_shown);
    if (state == JobState::Paused && m_fall) {
        return sideOfFall();
    }
    SequenceSide::Content content;
    content.title = tr("What you can do");
    content.state = Text::state(state);
    content.stateIcon = Text::stateIcon(state);
    const SequenceSide::Action open{QStringLiteral("openSequenceRun"), tr("&Open run"), QStringLiteral("runs"), true,
                                    tr("Curves, answers and the log of this sequence")};
    const SequenceSide::Action again{QStringLiteral("sequenceAgain"), tr("A&gain …"), QStringLiteral("sequence"), true,
                                     tr("Takes its settings over into a new sequence")};
    if (state == JobState::Finished) {
        const bool there = !lastAdapter().empty();
        content.facts = {{tr("Next"), tr("Ask the last adapter something, look into the run, or set the same up again and change "
                                         "one thing.")}};
        content.actions = {
            {QStringLiteral("trySequence"), tr("Try &it"), QStringLiteral("try"), there,
             there ? tr("Puts the adapter of the last task beside the base model") : tr("The adapter’s folder is gone")},
            open,
            again};
    } else if (isLive(state)) {
        const bool paused = state == JobState::Paused;
        const bool hears = state != JobState::Waiting;
        const QString deaf = hears ? QString() : tr("The worker has not started yet");
        content.facts = {{tr("While it runs"),
                          tr("It goes on when this window is closed. A pause keeps everything in memory; a stop keeps the last "
                             "checkpoint, and Resume goes on from it.")}};
        content.actions = {{paused ? QStringLiteral("continueSequence") : QStringLiteral("pauseSequence"),
                            paused ? tr("&Continue") : tr("&Pause"), paused ? QStringLiteral("start") : QStringLiteral("pause"),
                            hears, deaf},
                           {QStringLiteral("stopSequence"), tr("Sto&p and keep"), QStringLiteral("stop"), hears, deaf},
                           open};
    } else {
        const auto failure = m_context.runs->failure(m_shown);
        const bool changed = failure && RunService::isChangedData(*failure);
        const bool possible = can(PageCommand::Resume);
        content.facts = {
            {tr("Next"), tr("Tasks that were done stay done. Resume goes on with the rest; Again sets the same up anew, to "
                            "change what was in the way.")}};
        content.actions = {{QStringLiteral("resumeSequence"), changed ? tr("Resume &with the changed data") : tr("Res&ume"),
                            QStringLiteral("start"), possible,
                            possible ? tr("Goes on from the last checkpoint") : tr("It was discarded")},
                           open,
                           again};
    }
    if (isProtected()) {
        content.actions.push_back(unprotectedAction());
    }
    return content;
}

std::vector<PageView> SequencePage::views(const QString& /*runId*/)
{
    const auto newest = [this] {
        showSequence(m_list->sequences().empty() ? QString() : m_list->sequences().front().runId);
    };
    return {{QString(),
             [this] {
                 showSequence(QString());
             }},
            {QStringLiteral("begun"), newest}};
}

bool SequencePage::isBusy() const
{
    return !m_list->isRead() || m_soon->isActive() || m_past.isReading() || m_view->flips().isReading();
}

} // namespace lori::ui
