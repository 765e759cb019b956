// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"
#include "ui/pages/page.h"
#include "ui/services/app_context.h"
#include "ui/theme.h"

#include <QMainWindow>

class QStackedWidget;

namespace lori::ui {

class ExperimentPage;
class HistoryPage;
class HomePage;
class MainActions;
class MasksPage;
struct MaskSource;
class RunsPage;
class Sidebar;

/// The frame: actions, navigation, message bar, pages and status bar, and the routing between them. It knows no run and no form.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// Fills context.messages; every other pointer must be set.
    explicit MainWindow(AppContext& context, QWidget* parent = nullptr);

    void showPage(PageId page);
    [[nodiscard]] PageId currentPage() const;
    void showRun(const QString& runId);
    [[nodiscard]] MainActions& actions() { return *m_actions; }
    [[nodiscard]] ExperimentPage& experimentPage() { return *m_experiment; }
    [[nodiscard]] RunsPage& runsPage() { return *m_runs; }

    /// Opens the history and attaches to runs at work; for after the first paint.
    void begin();

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void buildPages();
    void connectActions();
    void connectPages();
    void connectRunPages();
    void connectRuns();
    void restoreWindow();
    void fitToScreen(QSize wanted);
    void trashDiscarded(const QString& runId, int tries);
    void retranslate();
    void enableRunActions();
    void changeLook(Look look);
    void changeLanguage(const QString& locale);
    void openDataFolder();
    void openElsewhere();
    void useSparsity(double sparsity, experiment::MaskScope scope, const MaskSource& source);
    void askBeforeClosing(const QStringList& live);

    AppContext& m_context;
    MainActions* m_actions = nullptr;
    Sidebar* m_sidebar = nullptr;
    QStackedWidget* m_pages = nullptr;
    HomePage* m_home = nullptr;
    ExperimentPage* m_experiment = nullptr;
    RunsPage* m_runs = nullptr;
    MasksPage* m_masks = nullptr;
    HistoryPage* m_history = nullptr;
    bool m_closeDecided = false;
};

} // namespace lori::ui
