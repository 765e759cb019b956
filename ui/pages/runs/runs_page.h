// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/experiment/run_config.h"
#include "core/jobs/control.h"
#include "ui/pages/page.h"
#include "ui/services/app_context.h"
#include "ui/services/health_notes.h"
#include "ui/services/next_step.h"
#include "ui/services/run_past.h"

#include <optional>
#include <utility>
#include <vector>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTimer;

namespace lori::ui {

class OverlayReader;
class RunCharts;
class RunHeader;
class RunList;
class RunLog;
class RunNotes;
class RunSamples;
class RunScores;

/// Every run on the left, the chosen one on the right: state, stages, charts, scores, log and recipe, live or from the past
/// alike.
class RunsPage final : public Page {
    Q_OBJECT

public:
    RunsPage(AppContext& context, QWidget* parent);

    void showRun(const QString& runId);
    /// The run that the page shows and its buttons act on; "" when there is none, or when the chosen one's folder is gone.
    [[nodiscard]] QString shownRun() const;

    void take(const Intent& intent) override;
    [[nodiscard]] bool can(PageCommand command) const override;
    void perform(PageCommand command) override;
    [[nodiscard]] QString subject(PageCommand command) const override;
    [[nodiscard]] std::vector<PageView> views(const QString& runId) override;
    [[nodiscard]] bool isBusy() const override;

public Q_SLOTS:
    void pauseOrContinue();
    void stopAndKeep();
    void resume();
    void discard();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildEmpty();
    QWidget* buildDetail();
    QWidget* buildLog();
    void connectHeader();
    void connectServices();
    void refreshList();
    void refreshHeader();
    void readPast();
    void take(const std::vector<events::Event>& told);
    void resumeWith(bool changedData);
    /// Resumes a run, after a question while something else is at work.
    void goOn(const QString& runId, bool changedData);
    /// Both ask in a dialog, with `rate` as the suggested learning rate, and the present one without.
    void change(std::optional<double> rate = std::nullopt);
    void branch(std::optional<double> rate = std::nullopt);
    /// Sends what was chosen for a run at work.
    void sendChanges(const QString& runId, const std::vector<experiment::StageChange>& changes);
    /// Does what a health note offers.
    void remedy(Remedy remedy);
    /// Which of them can be done now.
    void showRemedies();
    /// What a person could do after the shown run, which counts as the newest.
    [[nodiscard]] NextStep nextStep() const;
    void showNextStep();
    /// What it learned beside the base: its adapters once it has finished, else its newest checkpoint.
    void tryIt();
    /// Resumes a run that was made to go on from this one, and shows it.
    void goOnAs(const Result<QString>& made);
    void duplicate();
    /// Everything about the shown run onto the clipboard, for whoever helps.
    void copyReport();
    void moveToTrash();
    /// The page of a run whose folder was removed: nothing on it acts on a run, but on a worker that was left behind.
    void showGone();
    void showEmptyTexts();
    void fillRecipe();
    void retranslate();
    void command(jobs::Command command, const QString& asked);
    /// The run that Pause, Continue or Stop of the menu is for: the shown one while it works, else the only one at work; "" when
    /// there is none, or the command does not suit it.
    [[nodiscard]] QString runFor(PageCommand command) const;
    void tell(PageCommand command);
    /// Lays another run's curves over the shown one's.
    void overlay(const QString& runId);
    /// (id, title) of the runs that can be laid over.
    [[nodiscard]] std::vector<std::pair<QString, QString>> overlayChoices() const;
    [[nodiscard]] QString titleOf(const QString& runId) const;
    [[nodiscard]] QString nameOf(const QString& runId) const;

    AppContext& m_context;
    QString m_runId;                      ///< the chosen one
    bool m_gone = false;                  ///< its folder is not there
    RunPast m_past;                       ///< of the chosen run
    std::vector<events::Event> m_waiting; ///< told while the past was being read
    std::vector<events::Event> m_logTail; ///< newest ones of the past, for the log
    bool m_readsPast = false;
    QHash<QString, QString> m_trashing; ///< names of runs on their way to the trash, by id
    std::int64_t m_lastSeq = 0;         ///< of the newest event shown
    HealthNotes m_health;
    RunList* m_list = nullptr;
    QStackedWidget* m_place = nullptr;
    QLabel* m_emptyTitle = nullptr;
    QLabel* m_emptyText = nullptr;
    QPushButton* m_emptyButton = nullptr;
    QPushButton* m_endStray = nullptr;
    RunHeader* m_header = nullptr;
    RunNotes* m_notes = nullptr;
    QTabWidget* m_tabs = nullptr;
    RunCharts* m_charts = nullptr;
    OverlayReader* m_overlays = nullptr;
    RunScores* m_scores = nullptr;
    RunSamples* m_samples = nullptr;
    RunLog* m_log = nullptr;
    QPushButton* m_copyReport = nullptr;
    QPlainTextEdit* m_recipe = nullptr;
    QTimer* m_headerTimer = nullptr; ///< at most four redraws a second, however many events come
    QTimer* m_clock = nullptr;       ///< times and ETA move on without events
    bool m_scoresDirty = false;
    bool m_listStale = true; ///< runs came or changed while the page was hidden
};

} // namespace lori::ui
