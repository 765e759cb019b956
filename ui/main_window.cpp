// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"
#include "core/jobs/control.h"
#include "core/jobs/job_life.h"
#include "core/jobs/job_lock.h"

#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/help_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/frame/sidebar.h"
#include "ui/frame/status_line.h"
#include "ui/frame/wheel_guard.h"
#include "ui/main_actions.h"
#include "ui/pages/experiment_page.h"
#include "ui/pages/experiment_page_choices.h"
#include "ui/pages/history_page.h"
#include "ui/pages/home_page.h"
#include "ui/pages/masks_page.h"
#include "ui/pages/runs_page.h"
#include "ui/services/error_text.h"
#include "ui/services/history_service.h"
#include "ui/services/home_check.h"
#include "ui/services/language.h"
#include "ui/services/preferences.h"
#include "ui/services/run_progress.h"
#include "ui/services/run_service.h"
#include "ui/text.h"

#include <QAction>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QProcess>
#include <QProcessEnvironment>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QStyle>
#include <QTimer>
#include <QToolBar>
#include <QUndoStack>
#include <QUrl>
#include <QVBoxLayout>

namespace lori::ui {

using jobs::JobState;

namespace {

constexpr int kTrashTries = 50; // ten seconds
constexpr int kTrashPauseMs = 200;

} // namespace

MainWindow::MainWindow(AppContext& context, QWidget* parent) : QMainWindow(parent), m_context(context)
{
    setObjectName(QStringLiteral("mainWindow"));
    new WheelGuard(this); // before the pages: it sees every field when it is first shown
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
        fitToScreen(QSize(1280, 800));
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
    connect(m_masks, &MasksPage::sparsityChosen, this, &MainWindow::useSparsity);
}

/// A copy of the run that was looked at, with its LoRI-D as it is and another mask. A mask without a run goes into the form as it
/// stands.
void MainWindow::useSparsity(double sparsity, experiment::MaskScope scope, const MaskSource& source)
{
    const auto run = source.runId.empty() ? Result<jobs::RunFolder>(Error{ErrorCode::NotFound, "", "", ""})
                                          : jobs::RunFolder::open(m_context.home, source.runId);
    const auto config = run ? run->config() : Result<experiment::RunConfig>(run.error());
    if (const auto copy = config ? withOtherMask(*config, run->path(), source.adapter, sparsity, scope) : std::nullopt) {
        m_experiment->useConfig(copy->base, copy->changed, tr("another sparsity"));
        m_context.messages->post(
            Tone::Quiet, tr("A copy of “%1” with another mask: its LoRI-D is taken as it is; mask and LoRI-S are made anew.")
                             .arg(QString::fromStdString(config->name)));
    } else {
        m_experiment->chooseMask(sparsity, scope);
        m_context.messages->post(Tone::Quiet, tr("Sparsity and scope were put into the experiment that was set up last."));
    }
    showPage(PageId::Experiment);
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
    connect(runs, &RunService::runStarted, messages, &MessageBar::endTopic); // it runs again: how it ended is old news
    const auto showIt = [this](const QString& id) {
        return MessageAction{tr("Show it"), [this, id] {
                                 showRun(id);
                             }};
    };
    connect(runs, &RunService::runFinished, this, [messages, nameOf, showIt](const QString& id) {
        messages->post(Tone::Good, tr("“%1” is finished.").arg(nameOf(id)), {showIt(id)}, id);
    });
    connect(runs, &RunService::runStopped, this, [this, messages, nameOf](const QString& id, bool kept) {
        if (kept) {
            messages->post(Tone::Quiet, tr("“%1” is stopped; what was done is kept and can be resumed.").arg(nameOf(id)), {}, id);
        } else {
            messages->post(Tone::Quiet, tr("“%1” is discarded; the record of it lies in the trash.").arg(nameOf(id)), {}, id);
            trashDiscarded(id, kTrashTries);
        }
    });
    connect(runs, &RunService::runFailed, this, [this, messages, nameOf, showIt, runs](const QString& id, const Error& error) {
        if (RunService::isChangedData(error)) {
            const auto goOn = [this, runs, id] {
                if (const auto resumed = runs->resume(id, true); !resumed) {
                    m_context.messages->post(Tone::Alarm, ErrorText::sentence(resumed.error()));
                }
            };
            messages->post(
                Tone::Caution,
                tr("Files that “%1” reads have changed since it began. Go on with what is there now, or duplicate it as "
                   "a new experiment and start again.")
                    .arg(nameOf(id)),
                {{tr("Go on with the changed data"), goOn}, showIt(id)}, id);
            return;
        }
        messages->post(Tone::Alarm, tr("“%1” failed: %2").arg(nameOf(id), ErrorText::sentence(error)), {showIt(id)}, id);
    });
    connect(runs, &RunService::folderRemoved, this, [messages, nameOf, showIt, runs](const QString& id) {
        const std::int64_t stray = runs->strayWorker(id);
        if (stray == 0) {
            messages->post(Tone::Caution, tr("The folder of “%1” was removed.").arg(nameOf(id)), {}, id);
            return;
        }
        messages->post(
            Tone::Alarm,
            tr("The folder of “%1” was removed while it ran. Its worker (process %2) is still at work, and nothing that "
               "it does will be kept.")
                .arg(nameOf(id))
                .arg(stray),
            {{tr("Stop the process"),
              [runs, id] {
                  runs->endStrayWorker(id);
              }},
             showIt(id)},
            id);
    });
    connect(runs, &RunService::runLost, this, [this, messages, nameOf, showIt, runs](const QString& id) {
        messages->post(
            Tone::Caution,
            tr("The worker of “%1” is gone without a last word. Everything up to its last checkpoint is kept.").arg(nameOf(id)),
            {{tr("Resume"),
              [this, runs, id] {
                  if (const auto resumed = runs->resume(id); !resumed) {
                      m_context.messages->post(Tone::Alarm, ErrorText::sentence(resumed.error()));
                  }
              }},
             showIt(id)},
            id);
    });
    connect(m_context.history, &HistoryService::failed, this,
            [messages](const Error& error) { messages->post(Tone::Alarm, ErrorText::sentence(error)); });
}

/// A run that was thrown away lies with the others that were; its worker needs a moment to let go of it.
void MainWindow::trashDiscarded(const QString& runId, int tries)
{
    const auto folder = m_context.runs->folder(runId);
    if (folder && jobs::JobLock::holder(*folder) && tries > 0) {
        QTimer::singleShot(kTrashPauseMs, this, [this, runId, tries] { trashDiscarded(runId, tries - 1); });
        return;
    }
    if (!m_context.history->find(runId) && tries > 0) { // its last words are being read
        QTimer::singleShot(kTrashPauseMs, this, [this, runId, tries] { trashDiscarded(runId, tries - 1); });
        return;
    }
    m_context.runs->forget(runId);
    m_context.history->moveToTrash(runId);
}

void MainWindow::begin()
{
    m_context.history->setUndoStack(m_context.undo);
    m_context.history->open();
    const QStringList live = m_context.runs->attachLive();
    m_context.history->follow(live);
    if (const auto writable = tryWriting(m_context.home.root); !writable) {
        m_context.messages->post(
            Tone::Alarm,
            tr("Your files in %1 cannot be written: %2. What is there is safe, but nothing new can be kept.")
                .arg(QString::fromStdString(m_context.home.root.string()), QString::fromStdString(writable.error().what)),
            {{tr("Choose another folder…"), [this] {
                  openElsewhere();
              }}});
    } else if (!live.isEmpty()) {
        m_context.messages->post(Tone::Accent,
                                 tr("%n run(s) at work in the background; attached.", nullptr, static_cast<int>(live.size())),
                                 {{tr("Show it"), [this, id = live.front()] {
                                       showRun(id);
                                   }}});
    }
}

/// The size, or what the screen has room for with the frame that a window manager puts round it.
void MainWindow::fitToScreen(QSize wanted)
{
    const QScreen* on = screen();
    if (on == nullptr) {
        resize(wanted);
        return;
    }
    const QRect room = on->availableGeometry();
    const int frame = style()->pixelMetric(QStyle::PM_TitleBarHeight, nullptr, this);
    const QSize most(room.width(), room.height() - frame);
    resize(wanted.boundedTo(most).expandedTo(minimumSize()));
    const QRect now = geometry();
    if (!room.contains(now)) {
        move(room.left() + std::max(0, (room.width() - now.width()) / 2), room.top());
    }
}

void MainWindow::restoreWindow()
{
    setMinimumSize(640, 480);
    fitToScreen(QSize(1280, 800));
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
    enableRunActions();
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
    const JobState state = m_context.runs->state(id);
    const bool live = !id.isEmpty() && isLive(state);
    // only where the form can be seen: Ctrl+Enter in a note must never start what another page holds
    m_actions->startRun->setEnabled(currentPage() == PageId::Experiment && m_experiment->canStart());
    m_actions->pauseOrContinue->setEnabled(live && state != JobState::Waiting);
    m_actions->setPaused(live && state == JobState::Paused);
    m_actions->stopAndKeep->setEnabled(live && state != JobState::Waiting); // before its start a worker hears nothing
    m_actions->resume->setEnabled(!id.isEmpty() && !live && state != JobState::Finished &&
                                  !m_context.runs->progress(id).isDiscarded());
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

/// Begins again over another folder: every service holds the one it was made with.
void MainWindow::openElsewhere()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Choose a folder for runs and history"));
    if (folder.isEmpty()) {
        return;
    }
    QProcess again;
    again.setProgram(QCoreApplication::applicationFilePath());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LORI_HOME"), folder);
    again.setProcessEnvironment(environment);
    if (again.startDetached()) {
        m_closeDecided = true;
        close();
    } else {
        m_context.messages->post(Tone::Alarm, tr("The program could not be started again: %1").arg(again.errorString()));
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
                                      if (const auto sent = m_context.runs->send(id, jobs::Command::StopAndKeep); !sent) {
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
