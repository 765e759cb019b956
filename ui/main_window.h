// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/app_context.h"
#include "ui/theme.h"

#include <QMainWindow>

namespace lori::ui {

class MainActions;
class Page;
class LayoutKeeper;
class PageStack;
class Sidebar;
class Tour;

/// The frame: actions, navigation, message bar, pages and status bar. It knows no page's class, no run and no form.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// Fills context.messages and context.pages; every other pointer must be set.
    explicit MainWindow(AppContext& context, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Ids are those of page_table.h; another one does nothing.
    void showPage(const QString& id);
    [[nodiscard]] QString currentPage() const;
    /// The page, made when it is not there yet; nullptr for an unknown id.
    [[nodiscard]] Page* page(const QString& id);
    void showRun(const QString& runId);
    /// Each on the page that opens such files (OpenedFiles); what nothing opens is said.
    void openFiles(const QStringList& files);
    /// Asks which files to open.
    void askForFiles();
    /// Shows the window above others, with the keyboard where the desktop allows it.
    void comeForward();
    [[nodiscard]] MainActions& actions() { return *m_actions; }

    /// Opens the history and attaches to runs at work; for after the first paint.
    void begin();

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildPages();
    void connectActions();
    void connectRunActions();
    void connectServices();
    void restoreWindow();
    void fitToScreen(QSize wanted);
    void retranslate();
    void enableRunActions();
    void changeLook(Look look);
    void changeLanguage(const QString& locale);
    void openHelp(const QString& topic);
    void resetLayout();
    void openSettings(const QString& words = {});
    void openPaletteHere();
    void openDataFolder();
    void openElsewhere();
    [[nodiscard]] QStringList runsAtWork() const;
    void askBeforeClosing(const QStringList& live);

    AppContext& m_context;
    MainActions* m_actions = nullptr;
    Tour* m_tour = nullptr;
    Sidebar* m_sidebar = nullptr;
    PageStack* m_pages = nullptr;
    LayoutKeeper* m_layoutKeeper = nullptr;
    bool m_closeDecided = false;
};

} // namespace lori::ui
