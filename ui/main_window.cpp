// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/help_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/frame/sidebar.h"
#include "ui/frame/status_line.h"
#include "ui/main_actions.h"
#include "ui/pages/experiment_page.h"
#include "ui/pages/history_page.h"
#include "ui/pages/home_page.h"
#include "ui/pages/masks_page.h"
#include "ui/pages/runs_page.h"
#include "ui/services/error_text.h"
#include "ui/services/history_service.h"
#include "ui/services/language.h"
#include "ui/services/preferences.h"
#include "ui/services/run_progress.h"
#include "ui/services/run_service.h"
#include "ui/text.h"

#include <QAction>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QUndoStack>
#include <QUrl>
#include <QVBoxLayout>

namespace lori::ui {

using experiment::RunState;

MainWindow::MainWindow(AppContext& context, QWidget* parent) : QMainWindow(parent), m_context(context)
{
    setObjectName(QStringLiteral("mainWindow"));
    m_context.messages = new MessageBar(this);
    m_actions = new MainActions(*this, *m_context.undo);
    buildPages();
    connectActions();
    connectPages();
    connectRuns();
    statusBar()->setObjectName(QStringLiteral("statusBar"));
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addPermanentWidget(new StatusLine(*m_context.runs, m_context.home.root, this), 1);
    retranslate();
    restoreWindow();
    enableRunActions();
    showPage(PageId::Home);
}

void MainWindow::buildPages()
{
    m_sidebar = new Sidebar(this);
    m_pages = new QStackedWidget(this);
    m_pages->setObjectName(QStringLiteral("pages"));
    m_home = new HomePage(m_context, m_pages);
    m_experiment = new ExperimentPage(m_context, m_pages);
    m_runs = new RunsPage(m_context, m_pages);
    m_masks = new MasksPage(m_context, m_pages);
    m_history = new HistoryPage(m_context, m_pages);
    for (QWidget* page : std::initializer_list<QWidget*>{m_home, m_experiment, m_runs, m_masks, m_history}) {
        m_pages->addWidget(page);
    }
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_context.messages);
    column->addWidget(m_pages, 1);
    auto* row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_sidebar);
    row->addLayout(column, 1);
    setCentralWidget(centre);
}

void MainWindow::connectActions()
{
    for (int i = 0; i < kPageCount; ++i) {
        connect(m_actions->pages.at(static_cast<std::size_t>(i)), &QAction::triggered, this,
                [this, i] { showPage(static_cast<PageId>(i)); });
    }
    for (std::size_t i = 0; i < m_actions->looks.size(); ++i) {
        connect(m_actions->looks.at(i), &QAction::triggered, this, [this, i] { changeLook(static_cast<Look>(i)); });
    }
    for (QAction* action : m_actions->languages) {
        connect(action, &QAction::triggered, this, [this, action] { changeLanguage(action->data().toString()); });
    }
    connect(m_sidebar, &Sidebar::pageChosen, this, &MainWindow::showPage);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->newExperiment, &QAction::triggered, this, [this] { showPage(PageId::Experiment); });
    connect(m_actions->openDataFolder, &QAction::triggered, this, &MainWindow::openDataFolder);
    connect(m_actions->fullScreen, &QAction::toggled, this,
            [this](bool full) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, full)); });
    connect(m_actions->resetWindow, &QAction::triggered, this, [this] {
        m_context.preferences->forgetWindowState();
        resize(1280, 800);
        m_actions->toolBar->show();
    });
    connect(m_actions->startRun, &QAction::triggered, m_experiment, &ExperimentPage::start);
    connect(m_actions->showRecipe, &QAction::triggered, m_experiment, &ExperimentPage::showRecipe);
    connect(m_actions->pauseOrContinue, &QAction::triggered, m_runs, &RunsPage::pauseOrContinue);
    connect(m_actions->stopAndKeep, &QAction::triggered, m_runs, &RunsPage::stopAndKeep);
    connect(m_actions->resume, &QAction::triggered, m_runs, &RunsPage::resume);
    connect(m_actions->discard, &QAction::triggered, m_runs, &RunsPage::discard);
    connect(m_actions->shortcuts, &QAction::triggered, this, [this] {
        auto* dialog = new ShortcutsDialog(m_actions->all(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(m_actions->measured, &QAction::triggered, this, [this] {
        auto* dialog = new HelpDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(m_actions->about, &QAction::triggered, this, [this] {
        auto* dialog = new AboutDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

void MainWindow::connectPages()
{
    connect(m_home, &HomePage::quickLookRequested, this, [this] {
        m_experiment->usePreset("quick-look");
        showPage(PageId::Experiment);
        m_experiment->start();
    });
    connect(m_home, &HomePage::newExperimentRequested, this, [this] { showPage(PageId::Experiment); });
    connect(m_home, &HomePage::historyRequested, this, [this] { showPage(PageId::History); });
    connect(m_home, &HomePage::runRequested, this, &MainWindow::showRun);
    connect(m_experiment, &ExperimentPage::started, this, &MainWindow::showRun);
    connect(m_experiment, &ExperimentPage::readinessChanged, this, &MainWindow::enableRunActions);
    connect(m_runs, &RunsPage::newExperimentRequested, this, [this] { showPage(PageId::Experiment); });
    connect(m_runs, &RunsPage::shownRunChanged, this, &MainWindow::enableRunActions);
    connectRunPages();
}

void MainWindow::connectRunPages()
{
    const auto duplicate = [this](const experiment::RunConfig& config) {
        m_experiment->useConfig(config);
        showPage(PageId::Experiment);
    };
    const auto masks = [this](const QString& runId) {
        m_masks->showRun(runId);
        showPage(PageId::Masks);
    };
    connect(m_runs, &RunsPage::duplicateRequested, this, duplicate);
    connect(m_runs, &RunsPage::masksRequested, this, masks);
    connect(m_history, &HistoryPage::openRunRequested, this, &MainWindow::showRun);
    connect(m_history, &HistoryPage::duplicateRequested, this, duplicate);
    connect(m_history, &HistoryPage::masksRequested, this, masks);
    connect(m_masks, &MasksPage::sparsityChosen, this, [this](double sparsity, experiment::MaskScope scope) {
        m_experiment->chooseMask(sparsity, scope);
        showPage(PageId::Experiment);
    });
}

void MainWindow::connectRuns()
{
    RunService* runs = m_context.runs;
    MessageBar* messages = m_context.messages;
    const auto nameOf = [runs](const QString& id) {
        return QString::fromStdString(runs->progress(id).config().name);
    };
    const auto follow = [this, runs] {
        m_context.history->follow(runs->liveRuns());
    };
    connect(runs, &RunService::stateChanged, this, &MainWindow::enableRunActions);
    connect(runs, &RunService::stateChanged, this, follow);
    connect(runs, &RunService::runStarted, this, follow);
    connect(runs, &RunService::runFinished, this, [this, messages, nameOf](const QString& id) {
        messages->post(Tone::Good, tr("“%1” is finished.").arg(nameOf(id)), {{tr("Show it"), [this, id] {
                                                                                  showRun(id);
                                                                              }}});
    });
    connect(runs, &RunService::runStopped, this, [messages, nameOf](const QString& id, bool kept) {
        messages->post(Tone::Quiet, kept ? tr("“%1” is stopped; what was done is kept and can be resumed.").arg(nameOf(id))
                                         : tr("“%1” is discarded.").arg(nameOf(id)));
    });
    connect(runs, &RunService::runFailed, this, [this, messages, nameOf](const QString& id, const Error& error) {
        messages->post(Tone::Alarm, tr("“%1” failed: %2").arg(nameOf(id), ErrorText::sentence(error)),
                       {{tr("Show it"), [this, id] {
                             showRun(id);
                         }}});
    });
    connect(runs, &RunService::runLost, this, [this, messages, nameOf, runs](const QString& id) {
        messages->post(
            Tone::Caution,
            tr("The worker of “%1” is gone without a last word. Everything up to its last checkpoint is kept.").arg(nameOf(id)),
            {{tr("Resume"),
              [this, runs, id] {
                  if (const auto resumed = runs->resume(id); !resumed) {
                      m_context.messages->post(Tone::Alarm, ErrorText::sentence(resumed.error()));
                  }
              }},
             {tr("Show it"), [this, id] {
                  showRun(id);
              }}});
    });
    connect(m_context.history, &HistoryService::failed, this,
            [messages](const Error& error) { messages->post(Tone::Alarm, ErrorText::sentence(error)); });
}

void MainWindow::begin()
{
    m_context.history->setUndoStack(m_context.undo);
    m_context.history->open();
    const QStringList live = m_context.runs->attachLive();
    m_context.history->follow(live);
    if (!live.isEmpty()) {
        m_context.messages->post(Tone::Accent,
                                 tr("%n run(s) at work in the background; attached.", nullptr, static_cast<int>(live.size())),
                                 {{tr("Show it"), [this, id = live.front()] {
                                       showRun(id);
                                   }}});
    }
}

void MainWindow::restoreWindow()
{
    setMinimumSize(960, 640);
    resize(1280, 800);
    if (const auto saved = m_context.preferences->windowState()) {
        restoreGeometry(saved->geometry);
        restoreState(saved->state, Preferences::kWindowStateVersion);
    }
    m_actions->looks.at(static_cast<std::size_t>(m_context.preferences->look()))->setChecked(true);
    for (QAction* action : m_actions->languages) {
        action->setChecked(action->data().toString() == m_context.preferences->language());
    }
}

void MainWindow::showPage(PageId page)
{
    m_pages->setCurrentIndex(static_cast<int>(page));
    const QSignalBlocker quiet(m_sidebar);
    m_sidebar->select(page);
}

PageId MainWindow::currentPage() const
{
    return static_cast<PageId>(m_pages->currentIndex());
}

void MainWindow::showRun(const QString& runId)
{
    m_runs->showRun(runId);
    showPage(PageId::Runs);
}

void MainWindow::enableRunActions()
{
    const QString id = m_runs->shownRun();
    const RunState state = m_context.runs->state(id);
    const bool live = !id.isEmpty() && isLive(state);
    m_actions->startRun->setEnabled(m_experiment->canStart());
    m_actions->pauseOrContinue->setEnabled(live && state != RunState::Waiting);
    m_actions->setPaused(live && state == RunState::Paused);
    m_actions->stopAndKeep->setEnabled(live && state != RunState::Waiting); // before its start a worker hears nothing
    m_actions->resume->setEnabled(!id.isEmpty() && !live && state != RunState::Finished);
    m_actions->discard->setEnabled(!id.isEmpty());
}

void MainWindow::changeLook(Look look)
{
    m_context.preferences->setLook(look);
    applyLook(look);
}

void MainWindow::changeLanguage(const QString& locale)
{
    m_context.preferences->setLanguage(locale);
    m_context.language->use(locale);
}

void MainWindow::openDataFolder()
{
    const QString folder = QString::fromStdString(m_context.home.root.string());
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder))) {
        m_context.messages->post(Tone::Quiet, tr("The files are in %1").arg(folder));
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    const QStringList live = m_closeDecided ? QStringList() : m_context.runs->liveRuns();
    if (!live.isEmpty()) {
        event->ignore();
        askBeforeClosing(live);
        return;
    }
    m_context.preferences->setWindowState({saveGeometry(), saveState(Preferences::kWindowStateVersion)});
    event->accept();
}

void MainWindow::askBeforeClosing(const QStringList& live)
{
    const auto leave = [this] {
        m_closeDecided = true;
        close();
    };
    m_context.messages->ask(Tone::Caution,
                            tr("%n run(s) at work. A run needs no window: it can go on, and shows here again when you come back.",
                               nullptr, static_cast<int>(live.size())),
                            {{tr("Keep running in the background"), leave},
                             {tr("Stop and keep"),
                              [this, live, leave] {
                                  for (const QString& id : live) {
                                      if (const auto sent = m_context.runs->send(id, experiment::Command::StopAndKeep); !sent) {
                                          m_context.messages->post(Tone::Alarm, ErrorText::sentence(sent.error()));
                                          return;
                                      }
                                  }
                                  leave();
                              }},
                             {tr("Cancel"), {}}});
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void MainWindow::retranslate()
{
    setWindowTitle(tr("LoRI Workbench"));
    m_actions->retranslate();
}

} // namespace lori::ui
