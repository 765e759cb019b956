// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/home/home_page.h"
#include "core/jobs/job_life.h"

#include "ui/frame/card.h"
#include "ui/frame/card_button.h"
#include "ui/frame/how_it_works.h"
#include "ui/frame/jobs_card.h"
#include "ui/frame/queue_card.h"
#include "ui/frame/stage_strip.h"
#include "ui/frame/still_progress_bar.h"
#include "ui/icons.h"
#include "ui/models/score_words.h"
#include "ui/pages/home/welcome_card.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/error_text.h"
#include "ui/services/history_service.h"
#include "ui/services/machine_facts.h"
#include "ui/services/next_step.h"
#include "ui/services/page_router.h"
#include "ui/services/run_progress.h"
#include "ui/services/run_service.h"
#include "ui/services/tour.h"
#include "ui/text.h"

#include <QDateTime>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr std::size_t kShownResults = 4;

QLabel* heading(QWidget* parent, double scale)
{
    auto* label = new QLabel(parent);
    QFont font = label->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * scale);
    label->setFont(font);
    return label;
}

/// "harmful requests refused: 2 % → 97 % [92–99] of 150" for each metric that was measured.
QString scoresOf(const database::RunSummary& run)
{
    std::vector<database::ScoreSummary> scores = run.scores;
    std::stable_sort(scores.begin(), scores.end(), [](const auto& a, const auto& b) {
        return a.task != b.task ? a.task > b.task : a.higherIsBetter && !b.higherIsBetter; // the aim first, its price after it
    });
    QStringList parts;
    for (const database::ScoreSummary& score : scores) {
        if (!score.last || isSecondScorer({score.task, score.metric})) {
            continue;
        }
        const QString now = Text::rate(score.last->value, score.last->low, score.last->high, score.last->rows);
        const QString name = Text::metric(QString::fromStdString(score.metric));
        parts.append(score.before ? HomePage::tr("%1: %2 → %3").arg(name, Text::percent(score.before->value, 0), now)
                                  : HomePage::tr("%1: %2").arg(name, now));
    }
    return parts.join(QStringLiteral("\n"));
}

} // namespace

HomePage::HomePage(AppContext& context, QWidget* parent) : Page(parent), m_context(context), m_timer(new QTimer(this))
{
    setObjectName(QStringLiteral("homePage"));
    build();
    m_timer->setInterval(1000);
    connect(m_timer, &QTimer::timeout, this, &HomePage::refreshJob);
    connect(m_context.runs, &RunService::stateChanged, this, &HomePage::refreshJob);
    connect(m_context.runs, &RunService::runStarted, this, &HomePage::refreshJob);
    connect(m_context.history, &HistoryService::changed, this, &HomePage::refreshResults);
    connect(m_context.history, &HistoryService::failed, this, &HomePage::refreshResults);
    connect(m_context.adapters, &AdapterCatalog::changed, this, &HomePage::refreshNext);
    retranslate();
}

void HomePage::build()
{
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    const int em = fontMetrics().height();
    column->setContentsMargins(em * 3 / 2, em, em * 3 / 2, em);
    column->setSpacing(em * 3 / 4);
    m_title = heading(body, 1.8);
    m_subtitle = new QLabel(body);
    m_subtitle->setWordWrap(true);
    QLayout* cards = buildCards(body);
    auto* how = new Card(body);
    m_howTitle = heading(how, 1.1);
    m_how = new HowItWorks(how);
    auto* howColumn = new QVBoxLayout(how);
    howColumn->addWidget(m_howTitle);
    howColumn->addWidget(m_how);
    m_machine = new QLabel(body);
    m_machine->setObjectName(QStringLiteral("machineLine"));
    m_machine->setWordWrap(true);

    column->addWidget(m_title);
    column->addWidget(m_subtitle);
    if (Tour* tour = Tour::of(*m_context.pages)) {
        m_welcome = new WelcomeCard(*tour, body);
        column->addWidget(m_welcome);
    }
    column->addLayout(cards);
    column->addWidget(buildNext());
    column->addWidget(buildJob());
    column->addWidget(new JobsCard(*m_context.jobs, body));
    m_queue = new QueueCard(m_context.home, *m_context.queue, body);
    connect(m_queue, &QueueCard::opened, this, [this](const QString& job) { m_context.pages->go(intents::OpenRun{job}); });
    column->addWidget(m_queue);
    column->addWidget(buildResults());
    column->addWidget(how);
    column->addStretch(1);
    column->addWidget(m_machine);

    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("homeScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
}

/// What to begin with.
QLayout* HomePage::buildCards(QWidget* body)
{
    m_quick = new CardButton(body);
    m_quick->setObjectName(QStringLiteral("quickLook"));
    m_quick->setIcon(icon(QStringLiteral("start")));
    m_new = new CardButton(body);
    m_new->setObjectName(QStringLiteral("homeNewExperiment"));
    m_new->setIcon(icon(QStringLiteral("experiment")));
    m_data = new CardButton(body);
    m_data->setObjectName(QStringLiteral("homeData"));
    m_data->setIcon(icon(QStringLiteral("data")));
    m_history = new CardButton(body);
    m_history->setObjectName(QStringLiteral("homeHistory"));
    m_history->setIcon(icon(QStringLiteral("history")));
    PageRouter* pages = m_context.pages;
    connect(m_quick, &CardButton::clicked, pages, [pages] { pages->go(intents::QuickLook{}); });
    connect(m_new, &CardButton::clicked, pages, [pages] { pages->go(intents::NewExperiment{}); });
    connect(m_data, &CardButton::clicked, pages, [pages] { pages->go(intents::OpenData{}); });
    connect(m_history, &CardButton::clicked, pages, [pages] { pages->go(intents::ShowHistory{}); });
    auto* cards = new QHBoxLayout;
    cards->setSpacing(fontMetrics().height() * 3 / 4);
    for (CardButton* card : {m_quick, m_new, m_data, m_history}) {
        cards->addWidget(card, 1);
    }
    return cards;
}

QWidget* HomePage::buildNext()
{
    m_next = new Card(this);
    m_next->setObjectName(QStringLiteral("nextCard"));
    m_nextText = new QLabel(m_next);
    m_nextText->setWordWrap(true);
    m_nextButton = new QPushButton(m_next);
    m_nextButton->setObjectName(QStringLiteral("nextStep"));
    connect(m_nextButton, &QPushButton::clicked, this, [this] {
        m_context.pages->go(NextSteps::after({m_context.adapters->adapters(), m_finished}).intent);
    });
    auto* row = new QHBoxLayout(m_next);
    row->addWidget(m_nextText, 1);
    row->addWidget(m_nextButton);
    return m_next;
}

void HomePage::refreshNext()
{
    const NextStep next = NextSteps::after({m_context.adapters->adapters(), m_finished});
    m_nextText->setText(tr("Next: %1").arg(next.text));
    m_nextButton->setText(next.button);
    m_nextButton->setAccessibleName(next.button);
}

QWidget* HomePage::buildJob()
{
    m_job = new Card(this);
    m_job->setObjectName(QStringLiteral("jobCard"));
    m_jobTitle = heading(m_job, 1.1);
    m_jobFigures = new QLabel(m_job);
    m_jobFigures->setObjectName(QStringLiteral("jobFigures"));
    m_jobStrip = new StageStrip(m_job);
    m_jobBar = new StillProgressBar(m_job);
    m_jobBar->setObjectName(QStringLiteral("jobBar"));
    m_jobBar->setRange(0, 1000);
    m_jobOpen = new QPushButton(icon(QStringLiteral("runs")), QString(), m_job);
    m_jobOpen->setObjectName(QStringLiteral("openJob"));
    connect(m_jobOpen, &QPushButton::clicked, this, [this] { m_context.pages->go(intents::OpenRun{m_jobId}); });
    auto* top = new QHBoxLayout;
    top->addWidget(m_jobTitle);
    top->addStretch(1);
    top->addWidget(m_jobFigures);
    top->addWidget(m_jobOpen);
    auto* column = new QVBoxLayout(m_job);
    column->addLayout(top);
    column->addWidget(m_jobStrip);
    column->addWidget(m_jobBar);
    m_job->hide();
    return m_job;
}

QWidget* HomePage::buildResults()
{
    m_results = new Card(this);
    m_results->setObjectName(QStringLiteral("resultsCard"));
    m_resultsTitle = heading(m_results, 1.1);
    m_noResults = new QLabel(m_results);
    m_noResults->setWordWrap(true);
    m_resultRows = new QGridLayout;
    m_resultRows->setColumnStretch(1, 1);
    m_resultRows->setHorizontalSpacing(fontMetrics().height() * 3 / 2);
    auto* column = new QVBoxLayout(m_results);
    column->addWidget(m_resultsTitle);
    column->addWidget(m_noResults);
    column->addLayout(m_resultRows);
    return m_results;
}

void HomePage::take(const Intent& intent)
{
    if (std::holds_alternative<intents::ShowQueue>(intent)) {
        QTimer::singleShot(0, m_queue, [this] { m_queue->findChild<QWidget*>(QStringLiteral("queueList"))->setFocus(); });
    }
}

void HomePage::refreshJob()
{
    const QStringList live = m_context.runs->liveRuns();
    const auto atWork = std::find_if(live.begin(), live.end(), [this](const QString& id) { // others wait in the queue
        return m_context.runs->state(id) != jobs::JobState::Waiting;
    });
    m_jobId = live.isEmpty() ? QString() : atWork == live.end() ? live.front() : *atWork;
    m_job->setVisible(!live.isEmpty());
    if (live.isEmpty()) {
        m_timer->stop();
        return;
    }
    if (!m_timer->isActive() && isVisible()) {
        m_timer->start();
    }
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    const auto state = m_context.runs->state(m_jobId);
    const RunProgress& progress = m_context.runs->progress(m_jobId);
    m_jobTitle->setText(tr("%1 – %2").arg(QString::fromStdString(progress.config().name), Text::state(state)));
    m_jobStrip->setSteps(progress.strip(state, now));
    const double part = progress.shareBeforeSteps();
    const double share = std::max({0.0, progress.share(), part});
    m_jobBar->setValue(static_cast<int>(1000 * share));
    m_jobBar->setFormat(Text::percent(share, 0)); // rounded as everywhere; Qt's own text cuts the rest off
    const double eta = progress.etaSeconds(now);
    const QString activity = progress.activityText(now);
    m_jobFigures->setText(eta >= 0             ? tr("%1 left").arg(Text::about(eta))
                          : activity.isEmpty() ? tr("working out how long it will take")
                                               : activity);
}

void HomePage::refreshResults()
{
    if (!isVisible()) {
        m_resultsStale = true;
        return;
    }
    m_resultsStale = false;
    while (QLayoutItem* item = m_resultRows->takeAt(0)) {
        const std::unique_ptr<QLayoutItem> owned(item);
        item->widget()->hide();
        item->widget()->deleteLater();
    }
    database::RunQuery query;
    query.limit = 40;
    const auto runs = m_context.history->list(query);
    int row = 0;
    m_finished.clear();
    if (runs) {
        for (const database::RunSummary& run : *runs) {
            if (run.state == jobs::JobState::Finished) {
                m_finished.append(QString::fromStdString(run.id));
            }
            const QString scores = scoresOf(run);
            if (run.state != jobs::JobState::Finished || scores.isEmpty() || row >= static_cast<int>(kShownResults)) {
                continue;
            }
            const QString id = QString::fromStdString(run.id);
            const QString name = QString::fromStdString(run.name);
            auto* title = new QLabel(tr("%1\n%2").arg(name, Text::when(run.createdMs)), m_results);
            title->setTextFormat(Qt::PlainText);
            auto* text = new QLabel(scores, m_results);
            auto* open = new QPushButton(tr("Open"), m_results);
            open->setObjectName(QStringLiteral("openResult%1").arg(row));
            open->setAccessibleName(tr("Open %1").arg(name));
            connect(open, &QPushButton::clicked, this, [this, id] { m_context.pages->go(intents::OpenRun{id}); });
            m_resultRows->addWidget(title, row, 0, Qt::AlignTop);
            m_resultRows->addWidget(text, row, 1, Qt::AlignTop);
            m_resultRows->addWidget(open, row, 2, Qt::AlignTop);
            ++row;
        }
    }
    const bool wrong = !runs && runs.error().code != ErrorCode::Busy; // busy: it is being opened
    m_noResults->setText(wrong
                             ? tr("What was done so far cannot be shown now: %1. Your runs are safe in %2.")
                                   .arg(ErrorText::sentence(runs.error()), QString::fromStdString(m_context.home.runs().string()))
                             : tr("Nothing yet. The first finished run shows here what it changed, with intervals."));
    m_noResults->setVisible(row == 0);
    if (m_welcome != nullptr && runs) {
        m_welcome->setHasRuns(!runs->empty());
    }
    refreshNext();
}

void HomePage::retranslate()
{
    m_title->setText(tr("LoRI Workbench"));
    m_subtitle->setText(
        tr("Teach a language model something new by training only a sparse sliver of it – and see what changed."));
    m_quick->setWords(tr("&Quick look"), tr("A first training of the small built-in model, filled in and ready to start: LoRI-D, "
                                            "mask, LoRI-S, with live charts."));
    m_new->setWords(tr("&New experiment"),
                    tr("Choose model, task, goal and sparsity yourself; seven choices, or every setting."));
    m_data->setWords(tr("&Use my own data"), tr("Open a file with questions and answers, look at it, and train on it."));
    m_history->setWords(tr("&Open history"), tr("Every run so far: find, compare, annotate, duplicate."));
    m_resultsTitle->setText(tr("Last results"));
    m_howTitle->setText(tr("What LoRI is"));
    m_jobOpen->setText(tr("&Watch"));
    m_jobOpen->setAccessibleName(tr("Watch the run"));
    m_jobBar->setAccessibleName(tr("Progress of the run"));
    refreshJob();
    refreshResults();
    refreshNext();
    m_machine->setText(MachineFacts::read(m_context.home.root).line());
}

void HomePage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void HomePage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    refreshJob();
    if (m_resultsStale) {
        refreshResults();
    }
    m_machine->setText(MachineFacts::read(m_context.home.root).line());
}

} // namespace lori::ui
