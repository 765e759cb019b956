// SPDX-License-Identifier: GPL-3.0-or-later
// What the Runs page does with its run when it is asked to, by its own buttons, the menu or another page.
#include "core/jobs/control.h"
#include "core/jobs/job_life.h"
#include "ui/dialogs/change_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/frame/second_start.h"
#include "ui/pages/runs/run_header.h"
#include "ui/pages/runs/run_list.h"
#include "ui/pages/runs/run_log.h"
#include "ui/pages/runs/run_report.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/branching.h"
#include "ui/services/diagnostics.h"
#include "ui/services/error_text.h"
#include "ui/services/history_service.h"
#include "ui/services/page_router.h"
#include "ui/services/run_progress.h"
#include "ui/services/run_service.h"
#include "ui/services/run_settings.h"
#include "ui/widgets/run_words.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QTabWidget>

namespace lori::ui {

using jobs::JobState;

void RunsPage::take(const Intent& intent)
{
    if (const auto* open = std::get_if<intents::OpenRun>(&intent)) {
        showRun(open->runId);
        m_list->setFocus(); // not on a button that would act on the run: a key pressed in haste only moves in the list
    }
}

namespace {

bool takes(JobState state, PageCommand command)
{
    switch (command) {
    case PageCommand::Pause:
        return state == JobState::Running;
    case PageCommand::Continue:
        return state == JobState::Paused;
    case PageCommand::StopAndKeep: // before its start a worker hears nothing
        return isLive(state) && state != JobState::Waiting;
    case PageCommand::Measure: // a paused one would do it only when it goes on
    case PageCommand::Checkpoint:
        return state == JobState::Running;
    default:
        return false;
    }
}

} // namespace

QString RunsPage::runFor(PageCommand command) const
{
    const QString shown = shownRun();
    if (!shown.isEmpty() && isLive(m_context.runs->state(shown))) {
        return takes(m_context.runs->state(shown), command) ? shown : QString();
    }
    QStringList working = m_context.runs->liveRuns();
    working.removeIf([this](const QString& id) { return m_context.runs->state(id) == JobState::Waiting; });
    return working.size() == 1 && takes(m_context.runs->state(working.front()), command) ? working.front() : QString();
}

QString RunsPage::subject(PageCommand command) const
{
    const QString id = runFor(command);
    return id.isEmpty() || id == shownRun() ? QString() : nameOf(id);
}

bool RunsPage::can(PageCommand command) const
{
    const QString id = shownRun();
    switch (command) {
    case PageCommand::Start:
        return false;
    case PageCommand::Pause:
    case PageCommand::Continue:
    case PageCommand::StopAndKeep:
        return !runFor(command).isEmpty();
    case PageCommand::Measure:
    case PageCommand::Checkpoint: { // what a stage does between two steps
        const QString run = runFor(command);
        const RunProgress& progress = m_context.runs->progress(run);
        return !run.isEmpty() && progress.stageNow() && progress.step() > 0 &&
               (command == PageCommand::Checkpoint || !progress.config().evaluation.tasks.empty());
    }
    case PageCommand::Resume: {
        const JobState state = id.isEmpty() ? JobState::Finished : m_context.runs->state(id);
        return !isLive(state) && state != JobState::Finished && !m_context.runs->progress(id).isDiscarded();
    }
    case PageCommand::Discard:
        return !id.isEmpty();
    }
    return false;
}

void RunsPage::perform(PageCommand command)
{
    if (!can(command)) {
        return;
    }
    switch (command) {
    case PageCommand::Start:
        break;
    case PageCommand::Pause:
    case PageCommand::Continue:
    case PageCommand::StopAndKeep:
    case PageCommand::Measure:
    case PageCommand::Checkpoint:
        tell(command);
        break;
    case PageCommand::Resume:
        resume();
        break;
    case PageCommand::Discard:
        discard();
        break;
    }
}

std::vector<PageView> RunsPage::views(const QString& runId)
{
    const auto tab = [this, runId](int index) {
        return [this, runId, index] {
            showRun(runId);
            m_tabs->setCurrentIndex(index);
        };
    };
    return {{QString(), tab(0)},
            {QStringLiteral("scores"), tab(1)},
            {QStringLiteral("samples"), tab(2)},
            {QStringLiteral("log"), tab(3)}};
}

/// The shown run answers to a pause or a stop in its header, all else in a message that names the run.
void RunsPage::tell(PageCommand command)
{
    const QString id = runFor(command);
    const bool isState = command != PageCommand::Measure && command != PageCommand::Checkpoint;
    if (isState && id == shownRun()) {
        command == PageCommand::StopAndKeep ? stopAndKeep() : pauseOrContinue();
        return;
    }
    const auto [told, said] =
        command == PageCommand::Pause     ? std::pair(jobs::Command::Pause, tr("“%1” pauses after this step."))
        : command == PageCommand::Measure ? std::pair(jobs::Command::EvaluateNow, tr("“%1” is measured after this step."))
        : command == PageCommand::Checkpoint
            ? std::pair(jobs::Command::Checkpoint, tr("“%1” saves a checkpoint after this step."))
        : command == PageCommand::Continue
            ? std::pair(jobs::Command::Continue, tr("“%1” goes on."))
            : std::pair(jobs::Command::StopAndKeep, tr("“%1” stops after this step and keeps what it did."));
    if (const auto sent = m_context.runs->send(id, told); !sent) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(sent.error()));
        return;
    }
    m_context.messages->post(Tone::Quiet, said.arg(nameOf(id)));
}

void RunsPage::command(jobs::Command command, const QString& asked)
{
    if (m_gone) {
        return;
    }
    if (const auto sent = m_context.runs->send(m_runId, command); !sent) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(sent.error()));
        return;
    }
    m_header->setAsked(asked);
}

void RunsPage::pauseOrContinue()
{
    const JobState state = m_context.runs->state(m_runId);
    if (state == JobState::Paused) {
        command(jobs::Command::Continue, tr("continuing…"));
    } else if (state == JobState::Running) {
        command(jobs::Command::Pause, tr("pausing after this step…"));
    }
}

void RunsPage::stopAndKeep()
{
    if (isLive(m_context.runs->state(m_runId))) {
        command(jobs::Command::StopAndKeep, tr("stopping after this step…"));
    }
}

void RunsPage::resume()
{
    resumeWith(false);
}

void RunsPage::resumeWith(bool changedData)
{
    if (m_gone) {
        return;
    }
    goOn(m_runId, changedData);
}

void RunsPage::goOn(const QString& runId, bool changedData)
{
    const auto now = [this, runId, changedData] {
        if (const auto resumed = m_context.runs->resume(runId, changedData); !resumed) {
            m_context.messages->post(Tone::Alarm, ErrorText::sentence(resumed.error()));
        }
    };
    Starts starts{now, {}};
    if (!changedData) { // which the queue's worker would refuse
        starts.afterwards = [this, runId] {
            waitInQueue(m_context, runId);
        };
    }
    startOrAsk(m_context, std::move(starts));
}

void RunsPage::discard()
{
    if (m_gone) {
        return;
    }
    if (!isLive(m_context.runs->state(m_runId))) {
        moveToTrash();
        return;
    }
    const RunProgress& progress = m_context.runs->progress(m_runId);
    const bool paused = m_context.runs->state(m_runId) == JobState::Paused;
    m_context.messages->ask(Tone::Caution,
                            tr("Discard “%1”? Its %2 steps, checkpoints and adapters will be lost; only the record of it goes to "
                               "the trash.")
                                .arg(nameOf(m_runId))
                                .arg(progress.step()),
                            {{paused ? tr("Keep it") : tr("Go on with the run"), {}},
                             {tr("Discard run"), [this, id = m_runId] {
                                  if (id == m_runId) {
                                      command(jobs::Command::Discard, tr("discarding…"));
                                  } else { // another run is shown by now
                                      static_cast<void>(m_context.runs->send(id, jobs::Command::Discard));
                                  }
                              }}});
}

void RunsPage::moveToTrash()
{
    const QString id = m_runId;
    const QString name = nameOf(id);
    m_context.runs->forget(id);
    m_runId.clear();
    m_trashing.insert(id, name);
    m_context.history->moveToTrash(id); // its changed() fills the list anew
    m_list->setFocus();                 // the next run's "Move to trash" is not one key away
}

void RunsPage::tryIt()
{
    const auto folder = m_context.runs->folder(m_runId);
    if (m_gone || !folder) {
        return;
    }
    intents::TryAdapters wanted{{}, m_runId};
    if (m_context.runs->state(m_runId) == JobState::Finished) {
        for (const KnownAdapter& adapter : m_context.adapters->adapters()) {
            if (adapter.runId == m_runId && adapter.folder.parent_path().parent_path() == folder->path()) {
                wanted.adapters.push_back(adapter.folder);
            }
        }
    }
    if (wanted.adapters.empty()) {
        wanted.adapters.push_back(folder->path());
    }
    m_context.pages->go(wanted);
}

void RunsPage::goOnAs(const Result<QString>& made)
{
    if (!made) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(made.error()));
        return;
    }
    goOn(*made, false);
    m_context.pages->go(intents::OpenRun{*made});
}

void RunsPage::duplicate()
{
    if (m_gone) {
        return;
    }
    experiment::RunConfig config = m_context.runs->progress(m_runId).config();
    if (const auto folder = m_context.runs->folder(m_runId)) { // what the run did: with what was changed meanwhile
        if (auto recipe = folder->recipe()) {
            config = std::move(*recipe);
        }
    }
    config.name = RunSettings::copyName(config.name).toStdString();
    config.parentRun = m_runId.toStdString();
    m_context.pages->go(intents::EditRecipe{config});
}

void RunsPage::copyReport()
{
    constexpr std::size_t kMostLines = 200;
    if (m_gone) {
        return;
    }
    const ReportedRun run{m_runId, nameOf(m_runId), m_context.runs->state(m_runId), m_recipe->toPlainText(),
                          m_log->newest(kMostLines)};
    QGuiApplication::clipboard()->setText(runReport(diagnosticsText(m_context), run, m_context.runs->progress(m_runId)));
    m_context.messages->post(
        Tone::Good, tr("The report on “%1” is on the clipboard. It names your files: read it before you send it.").arg(run.name));
}

} // namespace lori::ui
