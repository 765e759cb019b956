// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_page.h"

#include "ui/frame/message_bar.h"
#include "ui/pages/compare/answers_tab.h"
#include "ui/pages/compare/compare_start.h"
#include "ui/pages/compare/curves_tab.h"
#include "ui/pages/compare/masks_tab.h"
#include "ui/pages/compare/run_tray.h"
#include "ui/pages/compare/score_matrix.h"
#include "ui/pages/compare/settings_tab.h"
#include "ui/services/error_text.h"
#include "ui/services/history_service.h"
#include "ui/services/page_router.h"
#include "ui/services/run_settings.h"
#include "ui/text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRubberBand>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTimer>

#include <algorithm>

namespace lori::ui {
namespace {

constexpr int kPauseMs = 1000;           ///< between two readings while the history changes
constexpr std::int64_t kLooked = 500;    ///< newest runs among which finished ones are looked for
constexpr std::size_t kOfferedRuns = 20; ///< in the menu that adds one

enum ComparePlace { StartPlace, ReadingPlace, ProblemPlace, TabsPlace };

} // namespace

ComparePage::ComparePage(AppContext& context, QWidget* parent) : Page(parent), m_context(context)
{
    setObjectName(QStringLiteral("comparePage"));
    m_stack = new QStackedWidget(this);
    m_stack->setObjectName(QStringLiteral("compareStack"));
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(makeTop());
    layout->addWidget(m_stack, 1);
    m_start = new CompareStart(this);
    m_reading = new QLabel(this);
    m_reading->setObjectName(QStringLiteral("compareReading"));
    m_reading->setAlignment(Qt::AlignCenter);
    makeTabs();
    m_stack->addWidget(m_start);
    m_stack->addWidget(m_reading);
    m_stack->addWidget(makeProblem());
    m_stack->addWidget(m_tabs);
    m_later = new QTimer(this);
    m_later->setSingleShot(true);
    m_later->setInterval(kPauseMs);
    connect(m_later, &QTimer::timeout, this, &ComparePage::reload);
    connect(m_context.history, &HistoryService::changed, this, [this] {
        m_stale = true;
        if (isVisible() && !m_later->isActive()) {
            m_later->start(m_comparison == nullptr ? 0 : kPauseMs);
        }
    });
    connect(m_start, &CompareStart::compareAsked, this, &ComparePage::compare);
    connect(m_start, &CompareStart::historyAsked, this, &ComparePage::openHistory);
    connect(m_start, &CompareStart::experimentAsked, this, [this] { m_context.pages->go(intents::NewExperiment{}); });
    m_dropPlace = new QRubberBand(QRubberBand::Rectangle, this);
    m_dropPlace->setObjectName(QStringLiteral("compareDropPlace"));
    setAcceptDrops(true);
    connectTray();
    retranslate();
    reload();
}

QWidget* ComparePage::makeTop()
{
    auto* top = new QWidget(this);
    const auto choices = [this] {
        std::vector<std::pair<QString, QString>> list;
        for (const database::RunSummary& run : finishedRuns(kOfferedRuns)) {
            const QString id = QString::fromStdString(run.id);
            if (!m_runs.contains(id)) {
                list.emplace_back(id,
                                  tr("%1, %2", "name and time").arg(QString::fromStdString(run.name), Text::when(run.createdMs)));
            }
        }
        return list;
    };
    m_tray = new RunTray(choices, top);
    m_save = new QPushButton(top);
    m_save->setObjectName(QStringLiteral("compareSave"));
    m_save->setDefault(true);
    connect(m_save, &QPushButton::clicked, this, &ComparePage::save);
    auto* row = new QHBoxLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_tray, 1);
    row->addWidget(m_save, 0, Qt::AlignTop);
    return top;
}

QWidget* ComparePage::makeProblem()
{
    m_problem = new QWidget(this);
    m_problemText = new QLabel(m_problem);
    m_problemText->setObjectName(QStringLiteral("compareProblem"));
    m_problemText->setWordWrap(true);
    m_problemText->setAlignment(Qt::AlignCenter);
    m_again = new QPushButton(m_problem);
    m_again->setObjectName(QStringLiteral("compareAgain"));
    auto* layout = new QVBoxLayout(m_problem);
    layout->addStretch(1);
    layout->addWidget(m_problemText);
    layout->addWidget(m_again, 0, Qt::AlignHCenter);
    layout->addStretch(1);
    connect(m_again, &QPushButton::clicked, this, &ComparePage::reload);
    return m_problem;
}

void ComparePage::makeTabs()
{
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(QStringLiteral("compareTabs"));
    auto* scores = new QWidget(m_tabs);
    m_scores = new ScoreMatrix(scores);
    m_noScores = new QLabel(scores);
    m_noScores->setObjectName(QStringLiteral("compareNoScores"));
    m_noScores->setWordWrap(true);
    auto* layout = new QVBoxLayout(scores);
    layout->addWidget(m_noScores);
    layout->addWidget(m_scores, 1);
    m_settings = new SettingsTab(m_tabs);
    m_curves = new CurvesTab(m_context.home.historyFile(), m_tabs);
    m_answers = new AnswersTab(m_tabs);
    m_masks = new MasksTab(m_tabs);
    for (QWidget* tab : std::initializer_list<QWidget*>{scores, m_settings, m_curves, m_answers, m_masks}) {
        m_tabs->addTab(tab, QString());
    }
    connect(m_scores, &ScoreMatrix::answersAsked, this, [this](const ScoreKey& key, int side) {
        m_answers->choose(key, static_cast<std::size_t>(side));
        m_tabs->setCurrentWidget(m_answers);
    });
}

void ComparePage::connectTray()
{
    connect(m_tray, &RunTray::addAsked, this, [this](const QString& run) { compare(m_runs + QStringList{run}); });
    connect(m_tray, &RunTray::historyAsked, this, &ComparePage::openHistory);
    connect(m_tray, &RunTray::removeAsked, this, [this](const QString& run) {
        QStringList others = m_runs;
        others.removeAll(run);
        compare(others);
    });
    connect(m_tray, &RunTray::baselineAsked, this, [this](const QString& run) {
        m_baseline = run;
        reload();
    });
    connect(m_tray, &RunTray::settingsAsked, this, &ComparePage::useSettings);
    connect(m_tray, &RunTray::openAsked, this, [this](const QString& run) { m_context.pages->go(intents::OpenRun{run}); });
}

void ComparePage::retranslate()
{
    setAccessibleName(tr("Compare"));
    m_save->setText(tr("&Save report …"));
    m_reading->setText(tr("Reading the runs …"));
    m_again->setText(tr("Try a&gain"));
    m_tabs->setAccessibleName(tr("Parts of the comparison"));
    m_tabs->setTabText(0, tr("S&cores"));
    m_tabs->setTabText(1, tr("Sett&ings"));
    m_tabs->setTabText(2, tr("C&urves"));
    m_tabs->setTabText(3, tr("Ans&wers"));
    m_tabs->setTabText(4, tr("Mas&ks"));
    m_noScores->setText(tr("None of these runs has a score. Choose tasks to measure under “Scores” of an experiment."));
    updateSave();
    showComparison();
}

void ComparePage::take(const Intent& intent)
{
    if (const auto* asked = std::get_if<intents::CompareRuns>(&intent)) {
        m_wantedAnswers = asked->task.empty() ? std::nullopt : std::optional(ScoreKey{asked->task, asked->metric});
        compare(asked->runIds);
    }
}

void ComparePage::compare(const QStringList& runIds)
{
    QStringList runs = runIds;
    runs.removeDuplicates();
    if (runs.size() > kMostCompared) {
        m_context.messages->post(Tone::Caution, tr("The first %1 of %n chosen run(s) are compared; more do not fit.", nullptr,
                                                   static_cast<int>(runs.size()))
                                                    .arg(kMostCompared));
        runs = runs.mid(0, kMostCompared);
    }
    m_runs = runs;
    if (!m_runs.contains(m_baseline)) {
        m_baseline = m_runs.value(0);
    }
    reload();
}

void ComparePage::reload()
{
    m_stale = false;
    m_later->stop();
    if (m_runs.isEmpty()) {
        m_job.cancel();
        m_comparison.reset();
        m_shown.clear();
        showChips();
        m_start->show(finishedRuns(2));
        m_stack->setCurrentIndex(StartPlace);
        updateSave();
        return;
    }
    m_job.start([file = m_context.home.historyFile(), runs = m_runs,
                 baseline = m_baseline](const BackgroundJob::Cancelled&) { return loadComparison(file, runs, baseline); },
                [this](Result<Comparison> loaded) { taken(std::move(loaded)); });
    if (m_comparison == nullptr) {
        showChips();
        m_stack->setCurrentIndex(ReadingPlace);
    }
    updateSave();
}

void ComparePage::taken(Result<Comparison> loaded)
{
    const auto wanted = std::exchange(m_wantedAnswers, std::nullopt);
    if (!loaded) {
        m_comparison.reset();
        m_shown.clear();
        m_problemText->setText(ErrorText::sentence(loaded.error()));
        m_stack->setCurrentIndex(ProblemPlace);
        updateSave();
        return;
    }
    if (!loaded->missing.isEmpty()) {
        m_context.messages->post(
            Tone::Caution, tr("No longer in the history, and left out: %1").arg(loaded->missing.join(QStringLiteral(", "))));
        for (const QString& gone : loaded->missing) {
            m_runs.removeAll(gone);
        }
        if (m_runs.isEmpty()) {
            reload();
            return;
        }
    }
    const QString signature = loaded->signature();
    m_comparison = std::make_shared<const Comparison>(std::move(*loaded));
    if (std::exchange(m_shown, signature) != signature) {
        showComparison();
    }
    if (wanted) {
        m_answers->choose(*wanted, m_comparison->baseline == 0 ? 1 : 0);
        m_tabs->setCurrentWidget(m_answers);
        m_answers->setFocus();
    }
    m_stack->setCurrentIndex(TabsPlace);
    updateSave();
}

void ComparePage::showChips()
{
    std::vector<RunTray::Chip> chips;
    for (const QString& id : m_runs) {
        RunTray::Chip chip{id, id, false};
        for (std::size_t i = 0; m_comparison != nullptr && i < m_comparison->runs.size(); ++i) {
            if (QString::fromStdString(m_comparison->runs[i].summary.id) == id) {
                chip.title = m_comparison->runTitle(i);
                chip.isBaseline = m_runs.size() > 1 && m_comparison->sides[m_comparison->baseline].run == i;
            }
        }
        chips.push_back(std::move(chip));
    }
    m_tray->setChips(std::move(chips));
}

/// Also while nothing is chosen, so that everything has its words.
void ComparePage::showComparison()
{
    const auto shown = m_comparison != nullptr ? m_comparison : std::make_shared<const Comparison>();
    showChips();
    m_scores->show(*shown);
    m_noScores->setVisible(shown->scores.empty());
    m_scores->setVisible(!shown->scores.empty());
    m_settings->show(*shown);
    m_curves->show(*shown);
    m_answers->show(shown);
    m_masks->show(*shown);
}

void ComparePage::useSettings(const QString& runId)
{
    const auto detail = m_context.history->find(runId);
    const auto config = detail ? RunSettings::copyOf(*detail) : Result<experiment::RunConfig>(detail.error());
    if (!config) {
        m_context.messages->post(config.error());
        return;
    }
    m_context.pages->go(intents::EditRecipe{*config});
}

void ComparePage::openHistory()
{
    m_context.pages->go(intents::ShowHistory{m_runs.value(0)});
}

std::vector<database::RunSummary> ComparePage::finishedRuns(std::size_t most) const
{
    auto runs = m_context.history->list({.sort = database::SortKey::Finished, .limit = kLooked});
    if (!runs) {
        return {};
    }
    std::erase_if(*runs, [](const database::RunSummary& run) { return run.state != jobs::JobState::Finished; });
    runs->resize(std::min(runs->size(), most));
    return std::move(*runs);
}

bool ComparePage::isBusy() const
{
    return m_job.isRunning() || m_saving.isRunning() || m_curves->isBusy() || m_masks->isBusy();
}

void ComparePage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    const bool language = event->type() == QEvent::LanguageChange;
    if (m_tabs == nullptr || (!language && event->type() != QEvent::PaletteChange)) {
        return;
    }
    if (language) {
        retranslate();
        m_start->show(finishedRuns(2));
    } else {
        showComparison(); // in the new colours
    }
}

void ComparePage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    if (m_stale) {
        reload();
    }
}

} // namespace lori::ui
