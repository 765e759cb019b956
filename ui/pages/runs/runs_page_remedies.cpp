// SPDX-License-Identifier: GPL-3.0-or-later
// What the Runs page offers beside looking: other settings for a run at work, what helps against a trouble, what comes next.
#include "core/experiment/stage_change.h"
#include "ui/dialogs/change_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/runs/run_header.h"
#include "ui/pages/runs/run_list.h"
#include "ui/pages/runs/run_notes.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/branching.h"
#include "ui/services/error_text.h"
#include "ui/services/page_router.h"
#include "ui/services/run_files.h"
#include "ui/services/run_progress.h"
#include "ui/services/run_service.h"

#include <algorithm>

namespace lori::ui {

using jobs::JobState;

namespace {

constexpr double kSlower = 3; // as the remark says: "a third of it"

} // namespace

void RunsPage::sendChanges(const QString& runId, const std::vector<experiment::StageChange>& changes)
{
    for (const experiment::StageChange& each : changes) {
        if (const auto sent = m_context.runs->change(runId, each); !sent) {
            m_context.messages->post(Tone::Alarm, ErrorText::sentence(sent.error()));
            return;
        }
    }
    if (runId == m_runId) {
        m_header->setAsked(tr("changing after this step…"));
    }
}

void RunsPage::change(std::optional<double> rate)
{
    const auto now = m_gone ? std::nullopt : stageNow(m_context.runs->progress(m_runId));
    if (!now) {
        return;
    }
    auto* dialog = new ChangeDialog(ChangeDialog::Purpose::AtWork, *now, {}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (rate) {
        dialog->suggestLearningRate(*rate);
    }
    connect(dialog, &ChangeDialog::chosen, this, [this, run = m_runId](const auto& changes) { sendChanges(run, changes); });
    dialog->open();
}

void RunsPage::branch(std::optional<double> rate)
{
    const auto now = m_gone ? std::nullopt : stageNow(m_context.runs->progress(m_runId));
    if (!now) {
        return;
    }
    auto* dialog = new ChangeDialog(ChangeDialog::Purpose::Branch, *now, tr("%1, continued").arg(nameOf(m_runId)), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (rate) {
        dialog->suggestLearningRate(*rate);
    }
    connect(dialog, &ChangeDialog::chosen, this, [this, run = m_runId](const auto& changes, const QString& name) {
        makeBranch(run, changes, name, BranchFrom::Newest, this, [this](const auto& made) { goOnAs(made); });
    });
    dialog->open();
}

void RunsPage::showRemedies()
{
    const JobState state = m_context.runs->state(m_runId);
    const RunProgress& progress = m_context.runs->progress(m_runId);
    const bool live = isLive(state);
    const bool hasStage = progress.stageNow().has_value() && progress.step() > 0;
    std::set<Remedy> possible{Remedy::ShowData, Remedy::CopyReport};
    if (live && state != JobState::Waiting && hasStage) {
        possible.insert({Remedy::EndStage, Remedy::ChangeRate});
    }
    if (!live) {
        possible.insert(Remedy::SetUpAgain);
    }
    if (!live && hasStage && !progress.isDiscarded()) {
        possible.insert(Remedy::GoOnSlower);
    }
    if (const auto folder = m_context.runs->folder(m_runId); folder && hasMasks(folder->path())) {
        possible.insert(Remedy::ShowMasks);
    }
    m_notes->setPossible(live, possible);
}

void RunsPage::remedy(Remedy remedy)
{
    const auto now = m_gone ? std::nullopt : stageNow(m_context.runs->progress(m_runId));
    switch (remedy) {
    case Remedy::EndStage:
        if (now) {
            sendChanges(m_runId,
                        {{0, experiment::Setting::Steps, static_cast<double>(std::max<std::int64_t>(1, now->stepsDone))}});
        }
        break;
    case Remedy::ChangeRate:
        change();
        break;
    case Remedy::GoOnSlower:
        branch(now ? std::optional(now->learningRate / kSlower) : std::nullopt);
        break;
    case Remedy::SetUpAgain:
        duplicate();
        break;
    case Remedy::ShowData: {
        const auto& sources = m_context.runs->progress(m_runId).config().data.sources;
        m_context.pages->go(intents::OpenData{sources.empty() ? QString() : QString::fromStdString(sources.front().file)});
        break;
    }
    case Remedy::ShowMasks:
        m_context.pages->go(intents::ShowMasks{m_runId});
        break;
    case Remedy::CopyReport:
        copyReport();
        break;
    case Remedy::None:
        break;
    }
}

NextStep RunsPage::nextStep() const
{
    DoneSoFar done{m_context.adapters->adapters(), {m_runId}};
    for (const RunEntry& entry : m_list->runs().entries()) {
        if (entry.id != m_runId && entry.state == JobState::Finished) {
            done.finishedRuns.append(entry.id);
        }
    }
    std::stable_partition(done.adapters.begin(), done.adapters.end(),
                          [this](const KnownAdapter& adapter) { return adapter.runId == m_runId; });
    return NextSteps::after(done);
}

void RunsPage::showNextStep()
{
    if (m_context.runs->state(m_runId) == JobState::Finished) {
        const NextStep next = nextStep();
        m_header->setNext(next.text, next.button);
    } else {
        m_header->setNext({}, {});
    }
}

} // namespace lori::ui
