// SPDX-License-Identifier: GPL-3.0-or-later
// What a sequence's events tell of falls and answers, and the ways on after a floor paused it.
#include "core/jobs/run_folder.h"
#include "ui/dialogs/change_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/frame/second_start.h"
#include "ui/pages/sequence/sequence_page.h"
#include "ui/services/branching.h"
#include "ui/services/error_text.h"
#include "ui/services/page_router.h"
#include "ui/services/run_progress.h"
#include "ui/services/run_service.h"
#include "ui/services/sequence_list.h"
#include "ui/text.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace lori::ui {

/// From the run's own file: the page may not have been there when something was said.
void SequencePage::readPast()
{
    m_fall.reset();
    m_fallShown = false;
    m_answers.clear();
    m_waiting.clear();
    m_lastSeq = 0;
    const auto folder = m_context.runs->folder(m_shown);
    if (!folder) {
        return;
    }
    m_past.read(
        folder->eventsFile(), 0, m_context.runs->position(m_shown), [this](const auto& events) { take(events); },
        [this](std::uint64_t) {
            take(std::exchange(m_waiting, {}));
            m_soon->start();
        });
}

void SequencePage::take(const std::vector<events::Event>& told)
{
    const auto isNew = [this](const events::Event& event) {
        return event.seq > m_lastSeq;
    };
    const std::vector<events::Event> events(std::find_if(told.begin(), told.end(), isNew), told.end());
    if (events.empty()) {
        return;
    }
    m_lastSeq = events.back().seq;
    m_answers.append(events);
    for (const events::Event& event : events) {
        const auto* note = event.as<events::Note>();
        if (event.as<events::Continued>() != nullptr || event.as<events::Started>() != nullptr) {
            m_fall.reset(); // that pause is over
        } else if (note != nullptr && note->code.starts_with("floor_") && note->number("best") && note->number("now")) {
            m_fall = {note->values.value("task", ""), note->values.value("metric", ""), *note->number("best"),
                      *note->number("now"), static_cast<std::int64_t>(note->number("goodStep").value_or(0))};
            m_fallShown = false;
        }
    }
}

QString SequencePage::fallText() const
{
    return m_fall ? tr("The score of %1 fell from %2 to %3, more than its floor allows.")
                        .arg(Text::task(QString::fromStdString(m_fall->task)), Text::percent(m_fall->best),
                             Text::percent(m_fall->now))
                  : QString();
}

SequenceSide::Content SequencePage::sideOfFall() const
{
    SequenceSide::Content content;
    content.title = tr("Three ways on");
    content.state = Text::state(jobs::JobState::Paused);
    content.stateIcon = Text::stateIcon(jobs::JobState::Paused);
    const bool canGoBack = m_fall->goodStep > 0;
    content.facts = {
        {tr("Go back"), canGoBack ? tr("A new sequence goes on from step %1, the last check at which every floor held, with a "
                                       "lower learning rate if you like; this one is stopped and stays as it is.")
                                        .arg(m_fall->goodStep)
                                  : tr("No check of this task came before the fall, so there is nothing to go back to.")},
        {tr("Lower the rate"), tr("It goes on from here with smaller steps; what was lost may come back or not.")},
        {tr("Accept"), tr("It goes on as it is. This fall is not said again before the score has recovered; other floors still "
                          "hold.")}};
    content.actions = {
        {QStringLiteral("continueSequence"), tr("A&ccept and continue"), QStringLiteral("start"), true, content.facts[2].text},
        {QStringLiteral("lowerRateSequence"), tr("&Lower the rate…"), QStringLiteral("sequence"), true, content.facts[1].text},
        {QStringLiteral("goBackSequence"), tr("Go &back…"), QStringLiteral("undo"), canGoBack, content.facts[0].text},
        {QStringLiteral("stopSequence"), tr("Sto&p and keep"), QStringLiteral("stop")},
        {QStringLiteral("openSequenceRun"), tr("&Open run"), QStringLiteral("runs"), true,
         tr("Curves, answers and the log of this sequence")}};
    return content;
}

void SequencePage::goBack()
{
    auto now = stageNow(m_context.runs->progress(m_shown));
    if (!now || !m_fall || m_fall->goodStep <= 0) {
        return;
    }
    now->stepsDone = m_fall->goodStep;
    const QString name = QString::fromStdString(m_context.runs->progress(m_shown).config().name);
    auto* dialog = new ChangeDialog(ChangeDialog::Purpose::Branch, *now, tr("%1, gone back").arg(name), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->suggestLearningRate(now->learningRate / 2);
    connect(dialog, &ChangeDialog::chosen, this, [this, run = m_shown](const auto& changes, const QString& called) {
        makeBranch(run, changes, called, BranchFrom::Good, this, [this, run](const auto& made) { goOnAs(run, made); });
    });
    dialog->open();
}

/// One after the other: two workers at once would need the memory of two models.
void SequencePage::goOnAs(const QString& parent, const Result<QString>& made)
{
    if (!made) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(made.error()));
        return;
    }
    m_goesOn.insert(parent, *made);
    const bool isAtWork = isLive(m_context.runs->state(parent));
    const auto stopped = isAtWork ? m_context.runs->send(parent, jobs::Command::StopAndKeep) : Result<void>();
    if (!isAtWork || !stopped) {
        m_goesOn.remove(parent);
        resumeNow(*made);
    }
    showSequence(*made);
    m_list->refresh();
}

void SequencePage::lowerRate()
{
    const auto now = stageNow(m_context.runs->progress(m_shown));
    if (!now) {
        return;
    }
    auto* dialog = new ChangeDialog(ChangeDialog::Purpose::AtWork, *now, {}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->suggestLearningRate(now->learningRate / 2);
    connect(dialog, &ChangeDialog::chosen, this, [this, run = m_shown](const auto& changes) {
        Result<void> done;
        for (const experiment::StageChange& each : changes) {
            if (done) {
                done = m_context.runs->change(run, each);
            }
        }
        if (done) {
            done = m_context.runs->send(run, jobs::Command::Continue);
        }
        if (!done) {
            m_context.messages->post(Tone::Alarm, ErrorText::sentence(done.error()));
        }
    });
    dialog->open();
}

namespace {

bool protects(const experiment::SequenceConfig& config)
{
    return std::any_of(config.stages.begin(), config.stages.end(), [](const auto& stage) {
        return stage.method == experiment::StageKind::LoriS && stage.policy != experiment::MaskPolicy::Own;
    });
}

/// The sequence free to change what earlier tasks learned, and without floors: nobody waits at the queue to answer a pause.
experiment::SequenceConfig unprotected(experiment::SequenceConfig config)
{
    config.run.evaluation.floors.clear();
    for (experiment::SequenceStage& stage : config.stages) {
        stage.policy = experiment::MaskPolicy::Own;
    }
    return config;
}

} // namespace

bool SequencePage::isProtected() const
{
    return m_config && protects(*m_config);
}

void SequencePage::findTwin()
{
    m_twin = nlohmann::json();
    if (!m_config) {
        return;
    }
    const auto plain = [](const experiment::SequenceConfig& config) {
        experiment::SequenceConfig what = unprotected(config);
        what.run.name.clear();
        what.run.purpose.clear();
        what.run.preset.clear();
        what.run.parentRun.clear();
        return what;
    };
    const experiment::SequenceConfig mine = plain(*m_config);
    for (const KnownSequence& each : m_list->sequences()) {
        const auto other = each.runId == m_shown ? Result<experiment::SequenceConfig>(Error{ErrorCode::NotFound, "", "", ""})
                                                 : m_list->config(each.runId);
        if (other && protects(*other) != isProtected() && plain(*other) == mine) {
            m_twin = m_list->transfer(each.runId);
            if (!m_twin.is_null()) {
                return;
            }
        }
    }
}

SequenceSide::Action SequencePage::unprotectedAction() const
{
    return {QStringLiteral("queueUnprotected"), tr("&Queue it without protection"), QStringLiteral("sequence"), true,
            tr("The same tasks again, free to change what earlier ones learned and without floors: its table beside this one "
               "shows what the protection is worth")};
}

void SequencePage::queueUnprotected()
{
    experiment::SequenceConfig twin = unprotected(*m_config);
    twin.run.name = tr("%1, without protection").arg(QString::fromStdString(twin.run.name)).toStdString();
    const auto made = m_list->make(twin);
    const auto folder = made ? m_context.runs->folder(*made) : Result<jobs::RunFolder>(made.error());
    if (!folder) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(folder.error()));
        return;
    }
    waitInQueue(m_context, folder->path(), QString::fromStdString(twin.run.name));
    m_list->refresh();
}

} // namespace lori::ui
