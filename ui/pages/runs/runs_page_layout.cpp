// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the Runs page, where they stand, and their words.
#include "ui/icons.h"
#include "ui/pages/runs/overlay_reader.h"
#include "ui/pages/runs/run_header.h"
#include "ui/pages/runs/run_list.h"
#include "ui/pages/runs/run_log.h"
#include "ui/pages/runs/run_notes.h"
#include "ui/pages/runs/run_samples.h"
#include "ui/pages/runs/run_scores.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/services/page_router.h"
#include "ui/services/preferences.h"
#include "ui/services/run_service.h"
#include "ui/text.h"
#include "ui/widgets/fitting.h"
#include "ui/widgets/run_charts.h"
#include "ui/widgets/run_overlays.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr int kHeaderMs = 250;
constexpr std::size_t kOffered = 30; // newest runs in the menu of the charts; any other can be dragged from the list

/// Tabs that take the height there is: what lies in them scrolls, and asks for none of its own.
class ShortTabs final : public QTabWidget {
public:
    using QTabWidget::QTabWidget;
    [[nodiscard]] bool hasHeightForWidth() const override { return false; }
    [[nodiscard]] QSize sizeHint() const override { return {QTabWidget::sizeHint().width(), minimumHeight()}; }
};

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

QWidget* RunsPage::buildDetail()
{
    auto* detail = new QWidget(this);
    m_header = new RunHeader(detail);
    m_notes = new RunNotes(detail);
    m_tabs = new ShortTabs(detail);
    m_tabs->setObjectName(QStringLiteral("runTabs"));
    m_tabs->setDocumentMode(true);
    m_charts = new RunCharts(m_tabs);
    m_overlays = new OverlayReader(*m_context.runs, m_charts->overlays(), this);
    m_charts->overlays().setChoices([this] { return overlayChoices(); });
    connect(&m_charts->overlays(), &RunOverlays::asked, this, &RunsPage::overlay);
    connect(m_list, &RunList::overlayAsked, this, &RunsPage::overlay);
    m_scores = new RunScores(m_tabs);
    connect(m_scores, &RunScores::answersAsked, this, [this](const std::string& task, const std::string& metric) {
        m_context.pages->go(intents::CompareRuns{{m_runId}, task, metric});
    });
    m_samples = new RunSamples(m_tabs);
    QWidget* log = buildLog();
    m_recipe = new QPlainTextEdit(m_tabs);
    m_recipe->setObjectName(QStringLiteral("runRecipe"));
    m_recipe->setReadOnly(true);
    m_recipe->setTabChangesFocus(true);
    m_recipe->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_recipe->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    for (QWidget* tab : std::initializer_list<QWidget*>{m_charts, m_scores, m_samples, log, m_recipe}) {
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

    connectHeader();
    return scroll;
}

QWidget* RunsPage::buildLog()
{
    auto* tab = new QWidget(m_tabs);
    m_copyReport = new QPushButton(tab);
    m_copyReport->setObjectName(QStringLiteral("copyRunReport"));
    connect(m_copyReport, &QPushButton::clicked, this, &RunsPage::copyReport);
    m_log = new RunLog(tab);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_copyReport);
    auto* column = new QVBoxLayout(tab);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(m_log, 1);
    return tab;
}

void RunsPage::connectHeader()
{
    m_header->setFolded(m_context.preferences->layout(QStringLiteral("runHeader")) == QByteArrayLiteral("folded"));
    connect(m_header, &RunHeader::foldedByHand, this, [this](bool folded) {
        m_context.preferences->setLayout(QStringLiteral("runHeader"), folded ? QByteArrayLiteral("folded") : QByteArray());
    });
    connect(m_header, &RunHeader::pauseRequested, this, &RunsPage::pauseOrContinue);
    connect(m_header, &RunHeader::continueRequested, this, &RunsPage::pauseOrContinue);
    connect(m_header, &RunHeader::stopRequested, this, &RunsPage::stopAndKeep);
    connect(m_header, &RunHeader::resumeRequested, this, &RunsPage::resume);
    connect(m_header, &RunHeader::changedDataAccepted, this, [this] { resumeWith(true); });
    connect(m_header, &RunHeader::discardRequested, this, &RunsPage::discard);
    connect(m_header, &RunHeader::changeRequested, this, [this] { change(); });
    connect(m_header, &RunHeader::branchRequested, this, [this] { branch(); });
    connect(m_header, &RunHeader::nextRequested, this, [this] { m_context.pages->go(nextStep().intent); });
    connect(m_notes, &RunNotes::remedyAsked, this, &RunsPage::remedy);
    connect(m_header, &RunHeader::tryRequested, this, &RunsPage::tryIt);
    connect(m_header, &RunHeader::duplicateRequested, this, &RunsPage::duplicate);
    connect(m_header, &RunHeader::masksRequested, this, [this] { m_context.pages->go(intents::ShowMasks{m_runId}); });
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

/// The name, and the time where several runs have that name.
QString RunsPage::titleOf(const QString& runId) const
{
    const std::vector<RunEntry>& entries = m_list->runs().entries();
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const RunEntry& entry) { return entry.id == runId; });
    if (found == entries.end()) { // one that is so old that the list does not have it
        return runId;
    }
    const auto same =
        std::count_if(entries.begin(), entries.end(), [&](const RunEntry& entry) { return entry.name == found->name; });
    return same > 1 ? tr("%1 (%2)", "a run's name and time").arg(found->name, Text::when(found->createdMs)) : found->name;
}

std::vector<std::pair<QString, QString>> RunsPage::overlayChoices() const
{
    std::vector<std::pair<QString, QString>> choices;
    for (const RunEntry& entry : m_list->runs().entries()) {
        if (entry.id != m_runId && !m_charts->overlays().has(entry.id) && choices.size() < kOffered) {
            choices.emplace_back(entry.id, titleOf(entry.id));
        }
    }
    return choices;
}

void RunsPage::retranslate()
{
    showEmptyTexts();
    m_emptyButton->setText(tr("&New experiment"));
    m_emptyButton->setAccessibleName(tr("New experiment"));
    m_tabs->setTabText(0, tr("Charts"));
    m_tabs->setTabText(1, tr("Scores"));
    m_tabs->setTabText(2, tr("Samples"));
    m_tabs->setTabText(3, tr("Log"));
    m_tabs->setTabText(4, tr("Recipe"));
    m_tabs->setAccessibleName(tr("Views of the run"));
    m_log->setAccessibleName(tr("Log of the run"));
    m_copyReport->setText(tr("Copy fu&ll report"));
    m_copyReport->setAccessibleName(tr("Copy full report"));
    m_copyReport->setToolTip(tr("Program and machine, state, scores, recipe and the newest lines of the log, for whoever helps"));
    m_recipe->setAccessibleName(tr("Recipe of the run"));
    m_scoresDirty = true;
    refreshHeader();
}

} // namespace lori::ui
