// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_actions.h"

#include "ui/icons.h"
#include "ui/pages/page_table.h"
#include "ui/text.h"

#include <QAction>
#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QShortcut>
#include <QToolBar>
#include <QUndoStack>
#include <QWhatsThis>

namespace lori::ui {

MainActions::MainActions(QMainWindow& window, QUndoStack& undoStack) : QObject(&window)
{
    buildMenus(window, undoStack);
    buildToolBar(window);
    setShortcuts();
    retranslate();
}

QAction* MainActions::add(QMenu* menu, const char* name, const QString& iconName)
{
    auto* action = new QAction(this);
    action->setObjectName(QString::fromLatin1(name));
    if (!iconName.isEmpty()) {
        action->setIcon(icon(iconName));
    }
    menu->addAction(action);
    m_all.append(action);
    return action;
}

namespace {

/// F10 opens the first menu, as desktops have it.
void openMenuByKey(QMainWindow& window)
{
    auto* toMenu = new QShortcut(Qt::Key_F10, &window);
    QObject::connect(toMenu, &QShortcut::activated, &window, [&window] {
        window.menuBar()->setFocus(Qt::MenuBarFocusReason);
        window.menuBar()->setActiveAction(window.menuBar()->actions().value(0));
    });
}

} // namespace

void MainActions::buildMenus(QMainWindow& window, QUndoStack& undoStack)
{
    m_file = window.menuBar()->addMenu(QString());
    openMenuByKey(window);
    newExperiment = add(m_file, "newExperiment", QStringLiteral("experiment"));
    openFile = add(m_file, "openFile", QStringLiteral("folder"));
    m_file->addSeparator();
    quit = add(m_file, "quit");
    quit->setMenuRole(QAction::QuitRole);

    m_edit = window.menuBar()->addMenu(QString());
    undo = undoStack.createUndoAction(this);
    redo = undoStack.createRedoAction(this);
    undo->setObjectName(QStringLiteral("undo"));
    redo->setObjectName(QStringLiteral("redo"));
    undo->setIcon(icon(QStringLiteral("undo")));
    redo->setIcon(icon(QStringLiteral("redo")));
    m_edit->addActions({undo, redo});
    m_all.append({undo, redo});
    buildViewMenu(window);
}

void MainActions::buildViewMenu(QMainWindow& window)
{
    m_view = window.menuBar()->addMenu(QString());
    for (const PageRow& row : pageTable()) {
        QAction* action = add(m_view, qPrintable(QStringLiteral("page-") + row.id), row.icon);
        action->setData(row.id);
        action->setShortcut(row.shortcut);
        pages.append(action);
    }
    m_view->addSeparator();
    m_look = m_view->addMenu(QString());
    auto* lookGroup = new QActionGroup(this);
    for (std::size_t i = 0; i < looks.size(); ++i) {
        looks.at(i) = add(m_look, qPrintable(QStringLiteral("look-") + lookName(static_cast<Look>(i))));
        looks.at(i)->setCheckable(true);
        lookGroup->addAction(looks.at(i));
    }
    m_language = m_view->addMenu(QString());
    auto* languageGroup = new QActionGroup(this);
    const std::array<const char*, 3> locales{"", "en", "zh_CN"};
    for (std::size_t i = 0; i < languages.size(); ++i) {
        languages.at(i) = add(m_language, qPrintable(QStringLiteral("language-") + QLatin1String(locales.at(i))));
        languages.at(i)->setData(QString::fromLatin1(locales.at(i)));
        languages.at(i)->setCheckable(true);
        languageGroup->addAction(languages.at(i));
    }
    m_view->addSeparator();
    fullScreen = add(m_view, "fullScreen");
    fullScreen->setCheckable(true);
    resetWindow = add(m_view, "resetWindow");
    buildRunMenus(window);
}

void MainActions::buildRunMenus(QMainWindow& window)
{
    m_run = window.menuBar()->addMenu(QString());
    startRun = add(m_run, "startRun", QStringLiteral("start"));
    showRecipe = add(m_run, "showRecipe", QStringLiteral("recipe"));
    m_run->addSeparator();
    pauseOrContinue = add(m_run, "pauseOrContinue", QStringLiteral("pause"));
    stopAndKeep = add(m_run, "stopAndKeep", QStringLiteral("stop"));
    measureNow = add(m_run, "measureNow");
    checkpointNow = add(m_run, "checkpointNow");
    resume = add(m_run, "resume", QStringLiteral("start"));
    discard = add(m_run, "discard", QStringLiteral("discard"));

    m_tools = window.menuBar()->addMenu(QString());
    palette = add(m_tools, "palette", QStringLiteral("search"));
    openDataFolder = add(m_tools, "openDataFolder", QStringLiteral("folder"));

    m_tools->addSeparator();
    settings = add(m_tools, "settings");
    settings->setMenuRole(QAction::PreferencesRole);

    m_help = window.menuBar()->addMenu(QString());
    help = add(m_help, "help");
    tour = add(m_help, "tour");
    shortcuts = add(m_help, "shortcuts");
    measured = add(m_help, "measured");
    whatsThis = QWhatsThis::createAction(this);
    whatsThis->setObjectName(QStringLiteral("whatsThis"));
    m_help->addAction(whatsThis);
    m_all.append(whatsThis);
    m_help->addSeparator();
    about = add(m_help, "about");
    about->setMenuRole(QAction::AboutRole);
}

void MainActions::buildToolBar(QMainWindow& window)
{
    toolBar = window.addToolBar(QString());
    toolBar->setObjectName(QStringLiteral("mainToolBar"));
    toolBar->setMovable(false);
    toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    toolBar->addAction(newExperiment);
    toolBar->addSeparator();
    toolBar->addAction(pauseOrContinue);
    toolBar->addAction(stopAndKeep);
    toolBar->addSeparator();
    toolBar->addAction(palette);
}

void MainActions::setShortcuts()
{
    newExperiment->setShortcut(QKeySequence::New);
    openFile->setShortcut(QKeySequence::Open);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    undo->setShortcut(QKeySequence::Undo);
    QList<QKeySequence> again = QKeySequence::keyBindings(QKeySequence::Redo);
    if (const QKeySequence other(Qt::CTRL | Qt::Key_Y); !again.contains(other)) {
        again.append(other); // X11 has Ctrl+Shift+Z alone
    }
    redo->setShortcuts(again);
    settings->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma));
    palette->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_K));
    fullScreen->setShortcut(QKeySequence(Qt::Key_F11));
    startRun->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    showRecipe->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_J));
    pauseOrContinue->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_P));
    stopAndKeep->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    resume->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    help->setShortcut(QKeySequence(Qt::Key_F1));
    shortcuts->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Question));
    whatsThis->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F1));
}

QList<QAction*> MainActions::all() const
{
    return m_all;
}

void MainActions::retranslate()
{
    m_file->setTitle(tr("&File"));
    m_edit->setTitle(tr("&Edit"));
    m_view->setTitle(tr("&View"));
    m_look->setTitle(tr("&Look"));
    m_language->setTitle(tr("La&nguage"));
    m_run->setTitle(tr("&Run"));
    m_tools->setTitle(tr("&Tools"));
    m_help->setTitle(tr("&Help"));

    newExperiment->setText(tr("&New experiment"));
    newExperiment->setToolTip(tr("Set up a new experiment"));
    openFile->setText(tr("&Open…"));
    openFile->setToolTip(tr("Open a recipe, rows, a model, or runs of another computer"));
    quit->setText(tr("&Quit"));
    quit->setToolTip(tr("Close the window; a running experiment can go on in the background"));
    undo->setText(tr("&Undo"));
    redo->setText(tr("&Redo"));
    for (QAction* action : pages) {
        action->setText(pageTitle(*findPage(action->data().toString())));
    }
    looks[0]->setText(tr("&System", "look"));
    looks[1]->setText(tr("&Light"));
    looks[2]->setText(tr("&Dark"));
    languages[0]->setText(tr("&System", "language"));
    languages[1]->setText(QStringLiteral("&English"));
    languages[2]->setText(QStringLiteral("简体中文"));
    fullScreen->setText(tr("&Full screen"));
    resetWindow->setText(tr("&Reset window layout"));
    retranslateRunActions();
    settings->setText(tr("&Settings…"));
    settings->setToolTip(tr("Look, language, where files are kept, trash"));
    palette->setText(tr("&Find anything…"));
    palette->setToolTip(tr("An action, a run, an adapter, a setting or a text of the help by its name"));
    openDataFolder->setText(tr("&Open the folder with all files"));
    openDataFolder->setToolTip(tr("Runs, adapters, masks and the history lie there"));
    help->setText(tr("&Help for this page"));
    tour->setText(tr("Five-minute &tour"));
    tour->setToolTip(tr("Train the built-in model once, step by step"));
    shortcuts->setText(tr("&Keyboard shortcuts"));
    measured->setText(tr("What was &measured"));
    measured->setToolTip(tr("Experiments of the paper on the built-in model, with tables and intervals"));
    whatsThis->setText(tr("&What's this?"));
    about->setText(tr("&About LoRI Workbench"));
    toolBar->setWindowTitle(tr("Tool bar"));
    nameToolButtons();
}

void MainActions::nameToolButtons()
{
    for (QAction* action : toolBar->actions()) {
        if (!action->isSeparator()) {
            action->setIconText(Text::withoutMnemonic(action->text()));
        }
    }
}

void MainActions::retranslateRunActions()
{
    startRun->setText(tr("&Start experiment"));
    showRecipe->setText(tr("Show r&ecipe"));
    pauseOrContinue->setText(m_paused ? tr("&Continue") : tr("&Pause"));
    const auto named = [](const QString& subject, const QString& tip) {
        return subject.isEmpty() ? tip : QStringLiteral("“%1”: %2").arg(subject, tip);
    };
    pauseOrContinue->setToolTip(named(m_pauseSubject, m_paused
                                                          ? tr("Go on where the run was paused")
                                                          : tr("Hold the run after the current step; the model stays loaded")));
    stopAndKeep->setText(tr("Stop and &keep"));
    stopAndKeep->setToolTip(named(m_stopSubject, tr("Save a checkpoint and end; the run can be resumed later")));
    measureNow->setText(tr("&Measure now"));
    measureNow->setToolTip(named(m_stopSubject, tr("Answer the questions of the checks after this step; training then goes on")));
    checkpointNow->setText(tr("S&ave a checkpoint now"));
    checkpointNow->setToolTip(named(m_stopSubject, tr("After this step; Branch and Resume can then begin here")));
    resume->setText(tr("&Resume"));
    resume->setToolTip(tr("Go on from the last checkpoint"));
    discard->setText(tr("&Discard run"));
    discard->setToolTip(tr("End the run and throw away what it made"));
}

void MainActions::setSubjects(const QString& pause, const QString& stop)
{
    m_pauseSubject = pause;
    m_stopSubject = stop;
    retranslateRunActions();
}

void MainActions::setPaused(bool paused)
{
    m_paused = paused;
    pauseOrContinue->setIcon(icon(paused ? QStringLiteral("start") : QStringLiteral("pause")));
    retranslateRunActions();
    nameToolButtons();
}

} // namespace lori::ui
