// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sequence/sequence_page.h"

#include "ui/frame/message_bar.h"
#include "ui/pages/sequence/flip_list.h"
#include "ui/pages/sequence/sequence_editor.h"
#include "ui/pages/sequence/sequence_view.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/data_check.h"
#include "ui/services/error_text.h"
#include "ui/services/history_service.h"
#include "ui/services/run_service.h"
#include "ui/services/sequence_draft.h"
#include "ui/services/sequence_list.h"
#include "ui/text.h"

#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

namespace lori::ui {

using jobs::JobState;

namespace {

constexpr int kSoonMs = 150;
constexpr int kClockMs = 1000;
constexpr int kSideWidth = 265;
constexpr const char* kDraftFile = "sequence-draft.json";

} // namespace

SequencePage::SequencePage(AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_draft(new SequenceDraft(context.undo, context.home.root / kDraftFile, this)),
      m_list(new SequenceList(context.home, this)),
      m_data(new DataCheck(this)),
      m_tasks(context.home),
      m_facts(context.home, [this] { m_soon->start(); }),
      m_soon(new QTimer(this)),
      m_clock(new QTimer(this))
{
    setObjectName(QStringLiteral("sequencePage"));
    m_soon->setSingleShot(true);
    m_soon->setInterval(kSoonMs);
    m_clock->setInterval(kClockMs);
    build();
    connectServices();
    retranslate();
    showSequence(QString());
}

SequencePage::~SequencePage() = default;

void SequencePage::build()
{
    m_whichLabel = new QLabel(this);
    m_which = new QComboBox(this);
    m_which->setObjectName(QStringLiteral("sequenceWhich"));
    m_which->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_which->setMinimumContentsLength(36);
    m_whichLabel->setBuddy(m_which);
    m_editor = new SequenceEditor(m_context, *m_draft, this);
    m_view = new SequenceView(this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_editor);
    m_stack->addWidget(m_view);
    m_side = new SequenceSide(this);
    m_side->setFixedWidth(kSideWidth);
    auto* top = new QHBoxLayout;
    top->addWidget(m_whichLabel);
    top->addWidget(m_which);
    top->addStretch(1);
    auto* left = new QVBoxLayout;
    left->addLayout(top);
    left->addWidget(m_stack, 1);
    auto* row = new QHBoxLayout(this);
    row->addLayout(left, 1);
    row->addWidget(m_side);
}

void SequencePage::connectServices()
{
    connect(m_which, &QComboBox::activated, this, [this](int item) { showSequence(m_which->itemData(item).toString()); });
    connect(m_soon, &QTimer::timeout, this, &SequencePage::refresh);
    connect(m_clock, &QTimer::timeout, this, &SequencePage::refresh);
    const auto soon = qOverload<>(&QTimer::start);
    connect(m_draft, &SequenceDraft::changed, m_soon, soon);
    connect(m_editor, &SequenceEditor::readabilityChanged, m_soon, soon);
    connect(m_data, &DataCheck::changed, m_soon, soon);
    connect(m_list, &SequenceList::changed, this, &SequencePage::leaveWhatIsGone);
    connect(m_context.history, &HistoryService::changed, this, [this] {
        if (isVisible()) {
            m_list->refresh();
        }
    });
    connect(m_context.adapters, &AdapterCatalog::changed, this, &SequencePage::takeWantedAdapter);
    connect(m_context.runs, &RunService::eventsAppended, this,
            [this](const QString& run, const std::vector<events::Event>& told) {
                if (run != m_shown) {
                    return;
                }
                if (m_past.isReading()) {
                    m_waiting.insert(m_waiting.end(), told.begin(), told.end());
                } else {
                    take(told);
                }
                if (!m_soon->isActive()) {
                    m_soon->start();
                }
            });
    connect(m_context.runs, &RunService::stateChanged, this, [this](const QString& run, JobState state) {
        if (const QString next = isLive(state) ? QString() : m_goesOn.take(run); !next.isEmpty()) {
            if (const auto resumed = m_context.runs->resume(next); !resumed) {
                m_context.messages->post(Tone::Alarm, ErrorText::sentence(resumed.error()));
            }
        }
        if (run == m_shown) {
            refresh();
        }
    });
    connect(m_side, &SequenceSide::problemChosen, m_editor, &SequenceEditor::goTo);
    connect(m_side, &SequenceSide::pressed, this, &SequencePage::act);
}

void SequencePage::showSequence(const QString& runId)
{
    m_config.reset();
    m_transfer = nlohmann::json();
    m_past.cancel();
    m_shown.clear();
    if (!runId.isEmpty()) {
        auto config = m_list->config(runId);
        const auto watched = config ? m_context.runs->watch(runId) : Result<void>(config.error());
        if (!watched) {
            m_context.messages->post(Tone::Alarm, ErrorText::sentence(watched.error()));
        } else {
            m_config = *std::move(config);
            m_shown = runId;
            readPast();
        }
    }
    findTwin();
    m_stack->setCurrentIndex(m_shown.isEmpty() ? 0 : 1);
    fillSequences();
    refresh();
}

/// The one that is being set up, then all that have begun.
void SequencePage::fillSequences()
{
    m_which->clear();
    m_which->addItem(tr("New sequence"), QString());
    for (const KnownSequence& sequence : m_list->sequences()) {
        m_which->addItem(sequence.name, sequence.runId);
        m_which->setItemData(m_which->count() - 1, sequence.runId, Qt::ToolTipRole);
    }
    if (m_which->findData(m_shown) < 0 && m_config) { // it has just begun
        m_which->insertItem(1, QString::fromStdString(m_config->run.name), m_shown);
    }
    m_which->setCurrentIndex(m_which->findData(m_shown));
}

/// The shown one may have gone to the trash meanwhile.
void SequencePage::leaveWhatIsGone()
{
    if (!m_shown.isEmpty() && !m_list->config(m_shown)) {
        showSequence(QString());
    } else {
        findTwin();
        fillSequences();
        m_soon->start();
    }
}

void SequencePage::refresh()
{
    m_soon->stop();
    m_shown.isEmpty() ? refreshPlan() : refreshShown();
    Q_EMIT commandsChanged();
    const bool live = !m_shown.isEmpty() && isLive(m_context.runs->state(m_shown));
    if (live && !m_clock->isActive()) {
        m_clock->start();
    } else if (!live) {
        m_clock->stop();
    }
}

void SequencePage::refreshPlan()
{
    const auto run = plannedRun();
    SequenceSide::Content content;
    content.title = tr("Before it starts");
    content.problems = problems();
    m_ready = content.problems.empty();
    content.stateIcon = m_ready ? QStringLiteral("done") : QStringLiteral("warning");
    content.state = m_ready ? tr("Ready to start") : tr("Problems: %1").arg(content.problems.size());
    if (run) {
        content.facts = facts(*run);
    }
    content.actions = {{QStringLiteral("startSequence"), tr("&Start sequence"), QStringLiteral("start"), m_ready,
                        m_ready ? QString() : content.problems.front().text}};
    m_side->show(content);
}

void SequencePage::refreshShown()
{
    const JobState state = m_context.runs->state(m_shown);
    const RunProgress& progress = m_context.runs->progress(m_shown);
    if (state == JobState::Finished && m_transfer.is_null()) {
        m_transfer = m_list->transfer(m_shown);
    }
    SequenceView::Content content;
    content.config = *m_config;
    content.state = state;
    content.outcome = SequenceOutcome(*m_config, progress, state, m_transfer);
    if (!m_twin.is_null()) {
        content.outcome.takeTwin(m_twin);
        content.twin = isProtected() ? tr("Lost without protection") : tr("Lost with protection");
    }
    content.steps = sequenceSteps(*m_config, progress, state, QDateTime::currentMSecsSinceEpoch());
    content.share = progress.share();
    content.detail = detail();
    content.answers = m_answers;
    if (const auto folder = m_context.runs->folder(m_shown)) {
        content.folder = folder->path();
    }
    const QString failure = failureSentence();
    if (!failure.isEmpty()) {
        content.sentence = failure;
        content.tone = state == JobState::Failed ? Tone::Alarm : Tone::Caution;
    } else if (state == JobState::Finished) {
        content.sentence = content.outcome.sentence();
        const auto& scores = content.outcome.scores();
        const bool lost = std::any_of(scores.begin(), scores.end(), [](const auto& s) { return s.loss && s.loss->isSure(); });
        content.tone = lost ? Tone::Caution : Tone::Good;
    }
    m_view->show(content);
    if (m_fall && !m_fallShown && !m_past.isReading()) { // the answers that fell are what a person wants to see now
        m_fallShown = true;
        m_view->flips().chooseScore(m_fall->task, m_fall->metric);
    }
    m_side->show(sideOfShown());
}

void SequencePage::retranslate()
{
    setAccessibleName(tr("Sequence"));
    m_whichLabel->setText(tr("&Show"));
    m_which->setAccessibleName(tr("Sequence to show"));
    fillSequences();
}

void SequencePage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        m_soon->start();
    }
}

void SequencePage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_list->refresh();
    m_context.adapters->refresh();
    if (!m_looked) { // one that goes on since before the window came is what a person looks for
        m_looked = true;
        for (const QString& run : m_context.runs->liveRuns()) {
            if (m_shown.isEmpty() && m_wantedAdapter.isEmpty() && m_list->config(run)) {
                showSequence(run);
            }
        }
    }
    refresh();
}

} // namespace lori::ui
