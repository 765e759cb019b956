// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QList>
#include <QObject>

#include <array>

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;
class QToolBar;
class QUndoStack;

namespace lori::ui {

/// Every action of the window with its menus, tool bar and shortcuts; the window connects them.
class MainActions final : public QObject {
    Q_OBJECT

public:
    MainActions(QMainWindow& window, QUndoStack& undo);

    QAction* newExperiment = nullptr;
    QAction* openFile = nullptr;
    QAction* openDataFolder = nullptr;
    QAction* quit = nullptr;
    QAction* undo = nullptr;
    QAction* redo = nullptr;
    QList<QAction*> pages;               ///< one a row of page_table.h, in its order; data() is the page's id
    std::array<QAction*, 3> looks{};     ///< in the order of Look
    std::array<QAction*, 3> languages{}; ///< system, English, Simplified Chinese; data() is the locale name
    QAction* palette = nullptr;          ///< find anything by its name
    QAction* settings = nullptr;
    QAction* resetWindow = nullptr;
    QAction* fullScreen = nullptr;
    QAction* startRun = nullptr;
    QAction* showRecipe = nullptr;
    QAction* pauseOrContinue = nullptr;
    QAction* stopAndKeep = nullptr;
    QAction* measureNow = nullptr;
    QAction* checkpointNow = nullptr;
    QAction* resume = nullptr;
    QAction* discard = nullptr;
    QAction* help = nullptr; ///< for the shown page
    QAction* tour = nullptr; ///< begins the five-minute tour, or takes it up again
    QAction* shortcuts = nullptr;
    QAction* measured = nullptr; ///< help: what was measured
    QAction* whatsThis = nullptr;
    QAction* about = nullptr;
    QToolBar* toolBar = nullptr;

    /// All actions that a person can reach, in menu order.
    [[nodiscard]] QList<QAction*> all() const;
    void retranslate();
    /// The pause action says what it will do: Continue when `paused`.
    void setPaused(bool paused);
    /// Which run Pause (or Continue) and Stop are for, where that is not the one that is shown; else "".
    void setSubjects(const QString& pause, const QString& stop);

private:
    QAction* add(QMenu* menu, const char* name, const QString& iconName = {});
    void buildMenus(QMainWindow& window, QUndoStack& undo);
    void buildViewMenu(QMainWindow& window);
    void buildRunMenus(QMainWindow& window); ///< Run, Tools, Help
    void buildToolBar(QMainWindow& window);
    void setShortcuts();
    void retranslateRunActions();
    void nameToolButtons();

    QMenu* m_file = nullptr;
    QMenu* m_edit = nullptr;
    QMenu* m_view = nullptr;
    QMenu* m_look = nullptr;
    QMenu* m_language = nullptr;
    QMenu* m_run = nullptr;
    QMenu* m_tools = nullptr;
    QMenu* m_help = nullptr;
    QList<QAction*> m_all;
    bool m_paused = false;
    QString m_pauseSubject;
    QString m_stopSubject;
};

} // namespace lori::ui
