// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/runs_page.h"
#include "core/jobs/control.h"
#include "core/jobs/job_life.h"

#include "ui/dialogs/recipe_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/icons.h"
#include "ui/pages/runs/run_header.h"
#include "ui/pages/runs/run_list.h"
#include "ui/pages/runs/run_log.h"
#include "ui/pages/runs/run_notes.h"
#include "ui/pages/runs/run_scores.h"
#include "ui/services/error_text.h"
#include "ui/services/history_service.h"
#include "ui/services/page_router.h"
#include "ui/services/run_progress.h"
#include "ui/services/run_service.h"
#include "ui/text.h"
#include "ui/widgets/fitting.h"
#include "ui/widgets/run_charts.h"

#include <nlohmann/json.hpp>

#include <QDateTime>
#include <QEvent>
#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace lori::ui {

using jobs::JobState;

namespace {

constexpr int kHeaderMs = 250;
constexpr std::int64_t kListed = 200; // newest runs in the list; the History page shows all

} // namespace

RunsPage::RunsPage(AppContext& context, QWidget* parent)
    : Page(parent), m_context(context), m_headerTimer(new QTimer(this)), m_clock(new QTimer(this))
{
    setObjectName(QStringLiteral("runsPage"));
    m_list = new RunList(this);
    m_place = new QStackedWidget(this);
    m_place->addWidget(buildEmpty());
    m_place->addWidget(buildDetail());
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setObjectName(QStringLiteral("runsSplitter"));
    splitter->addWidget(m_list);
    splitter->addWidget(m_place);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    const int em = fontMetrics().averageCharWidth();
    splitter->setSizes({em * 36, em * 120});
    m_list->setMinimumWidth(em * 22);
    auto* column = new QVBoxLayout(this);
    column->addWidget(splitter);

    m_headerTimer->setSingleShot(true);
    m_headerTimer->setInterval(kHeaderMs);
    connect(m_headerTimer, &QTimer::timeout, this, &RunsPage::refreshHeader);
    m_clock->setInterval(1000);
    connect(m_clock, &QTimer::timeout, this, &RunsPage::refreshHeader);
    connectServices();
    retranslate();
}

QWidget* RunsPage::buildEmpty()
{
    auto* empty = new QWidget(this);
    auto* column = new QVBoxLayout(empty);
    m_emptyTitle = new QLabel(empty);
    QFont big = m_emptyTitle->font();
    big.setPointSizeF(big.pointSizeF() * 1.4);
    big.setBold(true);
    m_emptyTitle->setFont(big);
    m_emptyText = new QLabel(empty);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);
    m_emptyButton = new QPushButton(icon(QStringLiteral("experiment")), QString(), empty);
    m_emptyButton->setObjectName(QStringLiteral("runsNewExperiment"));
    connect(m_emptyButton, &QPushButton::clicked, this, [this] { m_context.pages->go(intents::NewExperiment{}); });
    column->addStretch(1);
    column->addWidget(m_emptyTitle, 0, Qt::AlignHCenter);
    column->addWidget(m_emptyText);
    column->addSpacing(fontMetrics().height() / 2);
    column->addWidget(m_emptyButton, 0, Qt::AlignHCenter);
    m_emptyTitle->setObjectName(QStringLiteral("runsEmptyTitle"));
    m_emptyTitle->setTextFormat(Qt::PlainText);
    m_emptyText->setObjectName(QStringLiteral("runsEmptyText"));
    m_emptyText->setTextFormat(Qt::PlainText);
    m_endStray = new QPushButton(icon(QStringLiteral("stop")), QString(), empty);
    m_endStray->setObjectName(QStringLiteral("endStrayWorker"));
    connect(m_endStray, &QPushButton::clicked, this, [this] {
        m_context.runs->endStrayWorker(m_runId);
        QTimer::singleShot(kHeaderMs, this, &RunsPage::showEmptyTexts);
    });
    column->addWidget(m_endStray, 0, Qt::AlignHCenter);
    column->addStretch(2);
    return empty;
}

namespace {

/// Tabs that take the height there is: what lies in them scrolls, and asks for none of its own.
class ShortTabs final : public QTabWidget {
public:
    using QTabWidget::QTabWidget;
    [[nodiscard]] bool hasHeightForWidth() const override { return false; }
    [[nodiscard]] QSize sizeHint() const override { return {QTabWidget::sizeHint().width(), minimumHeight()}; }
};

} // namespace

QWidget* RunsPage::buildDetail()
{
    auto* detail = new QWidget(this);
    m_header = new RunHeader(detail);
    m_notes = new RunNotes(detail);
    m_tabs = new ShortTabs(detail);
    m_tabs->setObjectName(QStringLiteral("runTabs"));
    m_tabs->setDocumentMode(true);
    m_charts = new RunCharts(m_tabs);
    m_scores = new RunScores(m_tabs);
    m_log = new RunLog(m_tabs);
    m_recipe = new QPlainTextEdit(m_tabs);
    m_recipe->setObjectName(QStringLiteral("runRecipe"));
    m_recipe->setReadOnly(true);
    m_recipe->setTabChangesFocus(true);
    m_recipe->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_recipe->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    for (QWidget* tab : std::initializer_list<QWidget*>{m_charts, m_scores, m_log, m_recipe}) {
        m_tabs->addTab(tab, QString());
    }
    auto* column = new QVBoxLayout(detail);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_header);
    column->addWidget(m_notes);
    column->addWidget(m_tabs, 1);
    // With large letters on a small screen the header needs all of it: then the whole scrolls, and the tabs keep a few lines.
    m_tabs->setMinimumHeight(fontMetrics().height() * 12);
    auto* scroll = scrolling(detail, QStringLiteral("runScroll"), this);
    scroll->setMinimumWidth(fontMetrics().averageCharWidth() * 34);

    connect(m_header, &RunHeader::pauseRequested, this, &RunsPage::pauseOrContinue);
    connect(m_header, &RunHeader::continueRequested, this, &RunsPage::pauseOrContinue);
    connect(m_header, &RunHeader::stopRequested, this, &RunsPage::stopAndKeep);
    connect(m_header, &RunHeader::resumeRequested, this, &RunsPage::resume);
    connect(m_header, &RunHeader::changedDataAccepted, this, [this] { resumeWith(true); });
    connect(m_header, &RunHeader::discardRequested, this, &RunsPage::discard);
    connect(m_header, &RunHeader::changeRequested, this, &RunsPage::change);
    connect(m_header, &RunHeader::branchRequested, this, &RunsPage::branch);
    connect(m_header, &RunHeader::tryRequested, this, &RunsPage::tryIt);
    connect(m_header, &RunHeader::duplicateRequested, this, &RunsPage::duplicate);
    connect(m_header, &RunHeader::masksRequested, this, [this] { m_context.pages->go(intents::ShowMasks{m_runId}); });
    return scroll;
}

void RunsPage::connectServices()
{
    connect(m_list, &RunList::runChosen, this, &RunsPage::showRun);
    RunService* runs = m_context.runs;
    connect(runs, &RunService::runStarted, this, &RunsPage::refreshList);
    connect(runs, &RunService::stateChanged, this, [this](const QString& runId, JobState state) {
        m_list->runs().setState(runId, state);
        if (runId == m_runId) {
            refreshHeader();
            Q_EMIT commandsChanged();
        }
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
    connect(m_context.history, &HistoryService::changed, this, &RunsPage::refreshList);
    connect(m_context.history, &HistoryService::trashed, this, [this](const QString& runId) {
        if (const QString name = m_trashing.take(runId); !name.isNull()) {
            m_context.messages->post(Tone::Quiet, tr("“%1” is in the trash. Undo brings it back.").arg(name));
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
    newest.limit = kListed;
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

void RunsPage::showEmptyTexts()
{
    const std::int64_t stray = m_gone ? m_context.runs->strayWorker(m_runId) : 0;
    m_emptyButton->setVisible(!m_gone);
    m_endStray->setVisible(stray > 0);
    m_endStray->setText(tr("Sto&p the process"));
    m_endStray->setAccessibleName(tr("Stop the process"));
    if (!m_gone) {
        m_emptyTitle->setText(tr("No runs yet"));
        m_emptyText->setText(tr("A run appears here as soon as an experiment is started: with live charts, scores and a log."));
        return;
    }
    const int row = m_list->runs().rowOf(m_runId);
    const QString name = row < 0 ? m_runId : m_list->runs().entries()[static_cast<std::size_t>(row)].name;
    m_emptyTitle->setText(tr("The folder of “%1” is gone").arg(name));
    QString text = tr("It was removed or moved outside of this program, with its checkpoints and adapters. The history keeps its "
                      "settings, curves and scores.");
    if (stray > 0) {
        text += QLatin1Char(' ') + tr("Its worker is still running (process %1); nothing that it does will be kept.").arg(stray);
    }
    m_emptyText->setText(text);
}

QString RunsPage::nameOf(const QString& runId) const
{
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
    bool changed = false;
    if (state == JobState::Lost) {
        m_notes->setStanding(Tone::Caution,
                             tr("The worker is gone without a last word: it was killed, or the machine ran out of memory. "
                                "What was done up to the last checkpoint is kept; Resume goes on from there."));
    } else if (state == JobState::Failed) {
        const auto failure = m_context.runs->failure(m_runId);
        changed = failure && RunService::isChangedData(*failure);
        m_notes->setStanding(Tone::Alarm, failure ? ErrorText::sentence(*failure) : tr("The run failed."));
    } else {
        m_notes->setStanding(Tone::Quiet, {});
    }
    m_header->setDataChanged(changed);
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

void RunsPage::retranslate()
{
    showEmptyTexts();
    m_emptyButton->setText(tr("&New experiment"));
    m_emptyButton->setAccessibleName(tr("New experiment"));
    m_tabs->setTabText(0, tr("Charts"));
    m_tabs->setTabText(1, tr("Scores"));
    m_tabs->setTabText(2, tr("Log"));
    m_tabs->setTabText(3, tr("Recipe"));
    m_tabs->setAccessibleName(tr("Views of the run"));
    m_log->setAccessibleName(tr("Log of the run"));
    m_recipe->setAccessibleName(tr("Recipe of the run"));
    m_scoresDirty = true;
    refreshHeader();
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
