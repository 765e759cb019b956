// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "core/jobs/control.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/help_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/frame/layout_keeper.h"
#include "ui/frame/message_bar.h"
#include "ui/frame/run_messages.h"
#include "ui/frame/sidebar.h"
#include "ui/frame/status_line.h"
#include "ui/frame/tour_card.h"
#include "ui/frame/wheel_guard.h"
#include "ui/main_actions.h"
#include "ui/pages/page_stack.h"
#include "ui/palette.h"
#include "ui/services/diagnostics.h"
#include "ui/services/error_text.h"
#include "ui/services/history_service.h"
#include "ui/services/home_check.h"
#include "ui/services/job_service.h"
#include "ui/services/language.h"
#include "ui/services/page_router.h"
#include "ui/services/preferences.h"
#include "ui/services/queue_service.h"
#include "ui/services/run_service.h"
#include "ui/services/tour.h"
#include "ui/services/trash_keeper.h"

#include <QAction>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QProcess>
#include <QProcessEnvironment>
#include <QScreen>
#include <QStatusBar>
#include <QStyle>
#include <QToolBar>
#include <QUndoStack>
#include <QUrl>
#include <QVBoxLayout>

namespace lori::ui {

MainWindow::MainWindow(AppContext& context, QWidget* parent) : QMainWindow(parent), m_context(context)
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    new WheelGuard(this); // before the pages: it sees every field when it is first shown
    m_context.messages = new MessageBar(this);
    m_context.pages = new PageRouter(this);
    m_tour = new Tour(*m_context.runs, *m_context.chat, *m_context.pages);
    m_actions = new MainActions(*this, *m_context.undo);
    buildPages();
    connectActions();
    connectRunActions();
    connectServices();
    statusBar()->setObjectName(QStringLiteral("statusBar"));
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addPermanentWidget(new StatusLine(*m_context.runs, m_context.home.root, this), 1);
    retranslate();
    restoreWindow();
    showPage(m_actions->pages.front()->data().toString());
}

MainWindow::~MainWindow()
{
    hide(); // a page says what it can no longer do when it is hidden, and must find a whole window then
}

void MainWindow::buildPages()
{
    m_sidebar = new Sidebar(m_actions->pages, this);
    m_pages = new PageStack(m_context, this);
    m_layoutKeeper = new LayoutKeeper(*m_context.preferences, this);
    connect(m_pages, &PageStack::made, m_layoutKeeper, &LayoutKeeper::adopt);
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_pages, 1);
    column->addWidget(m_context.messages); // below: what comes must not move what somebody is about to click
    column->addWidget(new TourCard(*m_tour, centre));
    auto* row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_sidebar);
    row->addLayout(column, 1);
    setCentralWidget(centre);
}

void MainWindow::connectActions()
{
    for (QAction* action : m_actions->pages) {
        connect(action, &QAction::triggered, this, [this, action] {
            m_context.messages->endPassing(); // it was about what is left behind
            showPage(action->data().toString());
        });
    }
    for (std::size_t i = 0; i < m_actions->looks.size(); ++i) {
        connect(m_actions->looks.at(i), &QAction::triggered, this, [this, i] { changeLook(static_cast<Look>(i)); });
    }
    for (QAction* action : m_actions->languages) {
        connect(action, &QAction::triggered, this, [this, action] { changeLanguage(action->data().toString()); });
    }
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->openFile, &QAction::triggered, this, &MainWindow::askForFiles);
    connect(m_actions->newExperiment, &QAction::triggered, this, [this] { m_context.pages->go(intents::NewExperiment{}); });
    connect(m_actions->showRecipe, &QAction::triggered, this, [this] { m_context.pages->tell(intents::ShowRecipe{}); });
    connect(m_actions->openDataFolder, &QAction::triggered, this, &MainWindow::openDataFolder);
    connect(m_actions->fullScreen, &QAction::toggled, this,
            [this](bool full) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, full)); });
    connect(m_actions->resetWindow, &QAction::triggered, this, &MainWindow::resetLayout);
    connect(m_actions->settings, &QAction::triggered, this, [this] { openSettings(); });
    connect(m_actions->shortcuts, &QAction::triggered, this, [this] {
        auto* dialog = new ShortcutsDialog(m_actions->all(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(m_actions->help, &QAction::triggered, this, [this] { openHelp(QLatin1Char('-') + currentPage()); });
    connect(m_actions->tour, &QAction::triggered, m_tour, &Tour::begin);
    connect(m_pages, &PageStack::shown, m_tour, &Tour::pageShown);
    connect(m_actions->measured, &QAction::triggered, this, [this] { openHelp(QStringLiteral("small-story")); });
    connect(m_actions->palette, &QAction::triggered, this, &MainWindow::openPaletteHere);
    connect(m_actions->about, &QAction::triggered, this, [this] {
        auto* dialog = new AboutDialog(diagnosticsText(m_context), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

/// The Run menu asks the page that would do it now: the shown one before others.
void MainWindow::connectRunActions()
{
    const auto ask = [this](QAction* action, std::initializer_list<PageCommand> commands) {
        connect(action, &QAction::triggered, this, [this, commands = std::vector<PageCommand>(commands)] {
            for (const PageCommand command : commands) {
                if (Page* page = m_pages->serving(command)) {
                    page->perform(command);
                    return;
                }
            }
        });
    };
    ask(m_actions->startRun, {PageCommand::Start});
    ask(m_actions->pauseOrContinue, {PageCommand::Pause, PageCommand::Continue});
    ask(m_actions->stopAndKeep, {PageCommand::StopAndKeep});
    ask(m_actions->measureNow, {PageCommand::Measure});
    ask(m_actions->checkpointNow, {PageCommand::Checkpoint});
    ask(m_actions->resume, {PageCommand::Resume});
    ask(m_actions->discard, {PageCommand::Discard});
    connect(m_pages, &PageStack::commandsChanged, this, &MainWindow::enableRunActions);
    connect(m_pages, &PageStack::shown, this, [this](const QString& id) {
        for (qsizetype i = 0; i < m_actions->pages.size(); ++i) {
            if (m_actions->pages[i]->data().toString() == id) {
                m_sidebar->select(static_cast<int>(i));
            }
        }
    });
}

void MainWindow::connectServices()
{
    RunService* runs = m_context.runs;
    const auto follow = [this, runs] {
        m_context.history->follow(runs->liveRuns());
    };
    connect(runs, &RunService::stateChanged, this, follow);
    connect(runs, &RunService::runStarted, this, follow);
    connect(new RunMessages(m_context, this), &RunMessages::windowAsked, this, &MainWindow::comeForward);
}

void MainWindow::begin()
{
    m_context.history->setUndoStack(m_context.undo);
    auto* trash = new TrashKeeper(*m_context.history, *m_context.preferences, this);
    connect(trash, &TrashKeeper::deleting, this, [this](int runs, int days) {
        if (!m_context.messages->isVisible()) { // no reason to hide what a person may have to answer
            m_context.messages->post(
                Tone::Quiet, tr("%n run(s) lay in the trash for more than %1 days and are deleted.", nullptr, runs).arg(days));
        }
    });
    m_context.history->open();
    m_context.jobs->attachLive();
    const QStringList live = m_context.runs->attachLive();
    m_context.history->follow(live);
    if (!live.isEmpty()) { // the Run menu acts on it from every page
        m_context.pages->tell(intents::OpenRun{live.front()});
    }
    if (const auto writable = tryWriting(m_context.home.root); !writable) {
        m_context.messages->post(
            Tone::Alarm,
            tr("Your files in %1 cannot be written: %2. What is there is safe, but nothing new can be kept.")
                .arg(QString::fromStdString(m_context.home.root.string()), ErrorText::sentence(writable.error())),
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

void MainWindow::showPage(const QString& id)
{
    m_pages->showPage(id);
}

QString MainWindow::currentPage() const
{
    return m_pages->currentId();
}

Page* MainWindow::page(const QString& id)
{
    return m_pages->page(id);
}

void MainWindow::showRun(const QString& runId)
{
    m_context.pages->go(intents::OpenRun{runId});
}

void MainWindow::enableRunActions()
{
    const auto served = [this](PageCommand command) {
        return m_pages->serving(command) != nullptr;
    };
    const auto subject = [this](PageCommand command) {
        const Page* page = m_pages->serving(command);
        return page != nullptr ? page->subject(command) : QString();
    };
    const bool pauses = served(PageCommand::Pause);
    const bool paused = !pauses && served(PageCommand::Continue);
    m_actions->startRun->setEnabled(served(PageCommand::Start));
    m_actions->pauseOrContinue->setEnabled(paused || pauses);
    m_actions->setPaused(paused);
    m_actions->setSubjects(subject(paused ? PageCommand::Continue : PageCommand::Pause), subject(PageCommand::StopAndKeep));
    m_actions->stopAndKeep->setEnabled(served(PageCommand::StopAndKeep));
    m_actions->measureNow->setEnabled(served(PageCommand::Measure));
    m_actions->checkpointNow->setEnabled(served(PageCommand::Checkpoint));
    m_actions->resume->setEnabled(served(PageCommand::Resume));
    m_actions->discard->setEnabled(served(PageCommand::Discard));
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

void MainWindow::openHelp(const QString& topic)
{
    auto* dialog = new HelpDialog(topic, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::resetLayout()
{
    m_context.preferences->forgetWindowState();
    m_layoutKeeper->reset();
    fitToScreen(QSize(1280, 800));
    m_actions->toolBar->show();
}

void MainWindow::openPaletteHere()
{
    const PaletteDoors doors{[this](const QString& topic) { openHelp(topic); },
                             [this](const QString& words) {
                                 openSettings(words);
                             }};
    openPalette(*m_actions, m_context, doors, this);
}

void MainWindow::openSettings(const QString& words)
{
    auto* dialog = new SettingsDialog(m_context, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::lookChosen, this,
            [this](int look) { m_actions->looks.at(static_cast<std::size_t>(look))->trigger(); });
    connect(dialog, &SettingsDialog::languageChosen, this, [this, dialog](const QString& locale) {
        for (QAction* action : m_actions->languages) {
            if (action->data().toString() == locale) {
                action->trigger();
            }
        }
        dialog->close(); // its own words are of the language before
        openSettings();
    });
    connect(dialog, &SettingsDialog::folderRequested, this, &MainWindow::openDataFolder);
    connect(dialog, &SettingsDialog::otherFolderRequested, this, &MainWindow::openElsewhere);
    connect(dialog, &SettingsDialog::resetRequested, this, &MainWindow::resetLayout);
    dialog->find(words);
    dialog->open();
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
    if (folder.isEmpty() || QDir(folder) == QDir(QString::fromStdString(m_context.home.root.string()))) {
        return; // there already: a second start would only hand over to this window, which closes
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

/// Runs that wait in the queue need nothing of this window, and must not be told to stop before they begin.
QStringList MainWindow::runsAtWork() const
{
    QStringList live = m_context.runs->liveRuns();
    if (const auto queue = m_context.queue->content()) {
        for (const database::QueueEntry& entry : queue->entries) {
            if (entry.state == database::QueueState::Waiting) {
                live.removeAll(QString::fromStdString(entry.job));
            }
        }
    }
    return live;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    const QStringList live = m_closeDecided ? QStringList() : runsAtWork();
    if (!live.isEmpty()) {
        event->ignore();
        askBeforeClosing(live);
        return;
    }
    m_context.preferences->setWindowState({saveGeometry(), saveState(Preferences::kWindowStateVersion)});
    m_layoutKeeper->save();
    event->accept();
}

void MainWindow::askBeforeClosing(const QStringList& live)
{
    const auto leave = [this] {
        m_closeDecided = true;
        close();
    };
    const bool allPaused = std::all_of(live.begin(), live.end(),
                                       [this](const QString& id) { return m_context.runs->state(id) == jobs::JobState::Paused; });
    const auto count = static_cast<int>(live.size());
    m_context.messages->ask(
        Tone::Caution,
        allPaused
            ? tr("%n run(s) paused, with the model still in memory. A run needs no window: it waits, and shows here again when "
                 "you come back.",
                 nullptr, count)
            : tr("%n run(s) at work. A run needs no window: it can go on, and shows here again when you come back.", nullptr,
                 count),
        {{allPaused ? tr("Leave it paused") : tr("Keep running in the background"), leave},
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
    QGuiApplication::setApplicationDisplayName(tr("LoRI Workbench")); // dialogs' titles end in it, the window's own is it
    setWindowTitle(QGuiApplication::applicationDisplayName());
    m_actions->retranslate();
}

} // namespace lori::ui
