// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/runs_page.h"
#include "core/jobs/control.h"
#include "core/jobs/job_life.h"

#include "ui/dialogs/recipe_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/runs/overlay_reader.h"
#include "ui/pages/runs/run_header.h"
#include "ui/pages/runs/run_list.h"
#include "ui/pages/runs/run_log.h"
#include "ui/pages/runs/run_notes.h"
#include "ui/pages/runs/run_samples.h"
#include "ui/pages/runs/run_scores.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/error_text.h"
#include "ui/services/history_service.h"
#include "ui/services/page_router.h"
#include "ui/services/run_files.h"
#include "ui/services/run_progress.h"
#include "ui/services/run_service.h"
#include "ui/widgets/run_charts.h"
#include "ui/widgets/run_overlays.h"

#include <nlohmann/json.hpp>

#include <QDateTime>
#include <QEvent>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTimer>

namespace lori::ui {

using jobs::JobState;

namespace {

constexpr std::int64_t kListedRuns = 200; // newest runs in the list; the History page shows all

} // namespace

void RunsPage::connectServices()
{
    connect(m_list, &RunList::runChosen, this, &RunsPage::showRun);
    RunService* runs = m_context.runs;
    connect(runs, &RunService::runStarted, this, &RunsPage::refreshList);
    connect(runs, &RunService::stateChanged, this, [this](const QString& runId, JobState state) {
        m_list->runs().setState(runId, state);
        if (runId == m_runId) {
            refreshHeader();
        }
        Q_EMIT commandsChanged(); // the menu's Pause may be for a run that is not shown
    });
    connect(runs, &RunService::eventsAppended, this, [this](const QString& runId, const std::vector<events::Event>& events) {
        if (runId == m_runId && !m_gone) {
            if (m_past.isReading()) {
                m_waiting.insert(m_waiting.end(), events.begin(), events.end());
            } else {
                take(events);
            }
        }
    });
    connect(runs, &RunService::folderRemoved, this, [this](const QString& runId) {
        if (runId == m_runId) {
            showGone();
        }
    });
    connect(m_context.messages, &MessageBar::topicChanged, this, &RunsPage::refreshHeader); // an end is said once
    connect(m_context.history, &HistoryService::changed, this, &RunsPage::refreshList);
    connect(m_context.adapters, &AdapterCatalog::changed, this, &RunsPage::refreshHeader); // what comes next depends on them
    connect(m_context.history, &HistoryService::trashed, this, [this](const QString& runId) {
        if (const QString name = m_trashing.take(runId); !name.isNull()) {
            m_context.messages->post(Tone::Quiet, tr("“%1” is in the trash.").arg(name), {{tr("Undo"), [this, runId] {
                                                                                               m_context.history->restore(runId);
                                                                                           }}});
        }
    });
}

void RunsPage::refreshList()
{
    if (!isVisible()) { // with a run at work the history changes every second, and nobody looks
        m_listStale = true;
        return;
    }
    m_listStale = false;
    std::vector<RunEntry> entries;
    database::RunQuery newest;
    newest.limit = kListedRuns;
    if (const auto listed = m_context.history->list(newest)) {
        for (const database::RunSummary& run : *listed) {
            const QString id = QString::fromStdString(run.id);
            entries.push_back({id, QString::fromStdString(run.name),
                               m_context.runs->isWatched(id) ? m_context.runs->state(id) : run.state, run.createdMs});
        }
    }
    for (const QString& id : m_context.runs->watchedRuns()) { // before the history has them
        const bool known = std::any_of(entries.begin(), entries.end(), [&](const RunEntry& entry) { return entry.id == id; });
        if (!known) {
            const std::int64_t first = m_context.runs->progress(id).firstEventMs();
            entries.push_back(
                {id, nameOf(id), m_context.runs->state(id), first != 0 ? first : QDateTime::currentMSecsSinceEpoch()});
        }
    }
    const QSignalBlocker quiet(m_list);
    m_list->runs().setEntries(std::move(entries));
    if (m_list->runs().rowOf(m_runId) >= 0) {
        m_list->select(m_runId);
    } else if (!m_list->runs().entries().empty()) {
        showRun(m_list->runs().entries().front().id);
    } else {
        m_runId.clear();
        m_gone = false;
        m_place->setCurrentIndex(0);
        showEmptyTexts();
        Q_EMIT commandsChanged();
    }
}

void RunsPage::showGone()
{
    m_gone = true;
    m_clock->stop();
    m_headerTimer->stop();
    m_place->setCurrentIndex(0);
    showEmptyTexts();
    Q_EMIT commandsChanged();
}

QString RunsPage::nameOf(const QString& runId) const
{
    for (const RunEntry& entry : m_list->runs().entries()) {
        if (entry.id == runId) {
            return entry.name; // a person may have given it another one since
        }
    }
    return QString::fromStdString(m_context.runs->progress(runId).config().name);
}

void RunsPage::showRun(const QString& runId)
{
    if (runId.isEmpty()) {
        return;
    }
    const bool same = runId == m_runId && !m_gone;
    if (const auto watched = m_context.runs->watch(runId); !watched) {
        m_runId = runId; // the page belongs to the row that is chosen: nothing may stay of the one before
        showGone();
        return;
    }
    if (same) {
        return;
    }
    m_runId = runId;
    m_gone = false;
    m_health = {};
    m_notes->clear();
    m_charts->reset();
    m_charts->setSubject(nameOf(runId));
    m_log->clear();
    m_scoresDirty = true;
    fillRecipe();
    readPast();
    m_place->setCurrentIndex(1);
    refreshHeader();
    {
        const QSignalBlocker quiet(m_list);
        m_list->select(runId);
    }
    Q_EMIT commandsChanged();
}

void RunsPage::overlay(const QString& runId)
{
    RunOverlays& overlays = m_charts->overlays();
    if (shownRun().isEmpty() || runId == m_runId || overlays.has(runId)) {
        return;
    }
    if (overlays.all().size() >= RunOverlays::kMost) {
        m_context.messages->post(Tone::Quiet,
                                 tr("At most %1 other runs fit into the charts; take one away first.").arg(RunOverlays::kMost));
        return;
    }
    if (const auto added = m_overlays->add(runId, titleOf(runId)); !added) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(added.error()));
        return;
    }
    m_tabs->setCurrentWidget(m_charts);
}

bool RunsPage::isBusy() const
{
    return m_past.isReading() || m_overlays->isReading() || m_samples->isReading();
}

QString RunsPage::shownRun() const
{
    return m_gone || !m_context.runs->isWatched(m_runId) ? QString() : m_runId;
}

/// The file holds all that was told before this page looked at the run, and may hold what is told next.
void RunsPage::readPast()
{
    m_lastSeq = 0;
    m_waiting.clear();
    const auto folder = m_context.runs->folder(m_runId);
    if (!folder) {
        return;
    }
    m_samples->begin(folder->path(), m_context.runs->progress(m_runId).config());
    m_logTail.clear();
    m_readsPast = true;
    m_past.read(
        folder->eventsFile(), 0, m_context.runs->position(m_runId), [this](const auto& events) { take(events); },
        [this](std::uint64_t) {
            m_readsPast = false;
            m_log->append(std::exchange(m_logTail, {}));
            take(std::exchange(m_waiting, {}));
        });
}

void RunsPage::take(const std::vector<events::Event>& told)
{
    const auto isNew = [this](const events::Event& event) {
        return event.seq > m_lastSeq;
    };
    const std::vector<events::Event> events(std::find_if(told.begin(), told.end(), isNew), told.end());
    if (events.empty()) {
        return;
    }
    m_lastSeq = events.back().seq;
    m_charts->append(events);
    m_samples->append(events);
    if (std::any_of(events.begin(), events.end(), [](const events::Event& e) { return e.as<events::Changed>() != nullptr; })) {
        m_header->setAsked({}); // it was done
    }
    if (m_readsPast) { // lines of a long past would be laid out only to scroll away
        m_logTail.insert(m_logTail.end(), events.begin(), events.end());
        if (m_logTail.size() > RunLog::kMostLines) {
            m_logTail.erase(m_logTail.begin(), m_logTail.end() - static_cast<std::ptrdiff_t>(RunLog::kMostLines));
        }
    } else {
        m_log->append(events);
    }
    m_notes->append(m_health.append(events));
    m_scoresDirty = m_scoresDirty || std::any_of(events.begin(), events.end(),
                                                 [](const events::Event& e) { return e.as<events::Score>() != nullptr; });
    if (!m_headerTimer->isActive()) {
        m_headerTimer->start();
    }
}

void RunsPage::refreshHeader()
{
    if (m_runId.isEmpty() || m_gone || !isVisible()) {
        return;
    }
    const JobState state = m_context.runs->state(m_runId);
    const RunProgress& progress = m_context.runs->progress(m_runId);
    m_header->show(nameOf(m_runId), state, progress);
    if (m_scoresDirty) {
        m_scoresDirty = false;
        m_scores->show(progress);
    }
    const auto failure = state == JobState::Failed ? m_context.runs->failure(m_runId) : std::nullopt;
    const bool isSaidBelow = m_context.messages->topic() == m_runId; // the message at the bottom says it, with a way on
    if (!isSaidBelow && state == JobState::Lost) {
        m_notes->setStanding(
            Tone::Caution, tr("The program that trained it ended unexpectedly: it was killed, or the machine ran out of memory. "
                              "What was done up to the last checkpoint is kept; Resume goes on from there."));
    } else if (!isSaidBelow && state == JobState::Failed) {
        m_notes->setStanding(Tone::Alarm, failure ? ErrorText::sentence(*failure) : tr("The run failed."));
    } else {
        m_notes->setStanding(Tone::Quiet, {});
    }
    m_header->setDataChanged(failure && RunService::isChangedData(*failure));
    const auto folder = m_context.runs->folder(m_runId);
    m_header->setHasMasks(folder && hasMasks(folder->path()));
    showRemedies();
    showNextStep();
    if (isLive(state)) {
        m_clock->start();
    } else {
        m_clock->stop();
    }
}

void RunsPage::fillRecipe()
{
    m_recipe->clear();
    const auto folder = m_context.runs->folder(m_runId);
    if (!folder) {
        return;
    }
    if (const auto config = folder->config()) {
        m_recipe->setPlainText(tr("# The same again: %1").arg(RecipeDialog::commandLine(*config)) + QLatin1Char('\n') +
                               QString::fromStdString(experiment::toJson(*config).dump(2)));
    } else {
        m_recipe->setPlainText(ErrorText::sentence(config.error()));
    }
}

void RunsPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void RunsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    if (m_listStale) {
        refreshList();
    }
    refreshHeader();
}

} // namespace lori::ui
