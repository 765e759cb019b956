// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/score_words.h"
#include "ui/pages/compare/comparison.h"
#include "ui/pages/page.h"
#include "ui/services/app_context.h"
#include "ui/services/background_job.h"

#include <QStringList>

#include <memory>
#include <optional>

class QLabel;
class QPushButton;
class QRubberBand;
class QStackedWidget;
class QTabWidget;
class QTimer;

namespace lori::ui {

class AnswersTab;
class CompareStart;
class CurvesTab;
class MasksTab;
class RunTray;
class ScoreMatrix;
class SettingsTab;

/// Runs side by side: scores, settings, curves, answers. One run alone is compared with itself before training.
class ComparePage final : public Page {
    Q_OBJECT

public:
    explicit ComparePage(AppContext& context, QWidget* parent = nullptr);

    void take(const Intent& intent) override;
    [[nodiscard]] std::vector<PageView> views(const QString& runId) override;
    [[nodiscard]] bool isBusy() const override;
    /// Compares these, the first twelve of them; none empties the page.
    void compare(const QStringList& runIds);
    [[nodiscard]] const QStringList& runs() const { return m_runs; }
    /// Writes what is shown: ".html", ".pdf", ".csv" or ".tex"; the message bar says what became of it.
    void saveAs(const QString& file);

protected:
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    /// Dragged runs come to those that are compared.
    void dropEvent(QDropEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeTop();
    QWidget* makeProblem();
    void makeTabs();
    void connectTray();
    void retranslate();
    void reload();
    void taken(Result<Comparison> loaded);
    void showChips();
    void showComparison();
    void updateSave();
    void save();
    void useSettings(const QString& runId);
    void openHistory();
    [[nodiscard]] std::vector<database::RunSummary> finishedRuns(std::size_t most) const;

    AppContext& m_context;
    QStringList m_runs;
    QString m_baseline; ///< a run's id
    bool m_stale = false;
    std::shared_ptr<const Comparison> m_comparison; ///< nullptr while nothing was read
    std::optional<ScoreKey> m_wantedAnswers;        ///< shown once the runs were read
    QString m_shown;                                ///< signature of what is shown
    BackgroundJob m_job;
    BackgroundJob m_saving;
    QTimer* m_later = nullptr; ///< the history changes often while a run is at work
    RunTray* m_tray = nullptr;
    QRubberBand* m_dropPlace = nullptr; ///< seen while runs are dragged over the page
    QPushButton* m_save = nullptr;
    QStackedWidget* m_stack = nullptr;
    CompareStart* m_start = nullptr;
    QLabel* m_reading = nullptr;
    QWidget* m_problem = nullptr;
    QLabel* m_problemText = nullptr;
    QPushButton* m_again = nullptr;
    QTabWidget* m_tabs = nullptr;
    ScoreMatrix* m_scores = nullptr;
    QLabel* m_noScores = nullptr;
    SettingsTab* m_settings = nullptr;
    CurvesTab* m_curves = nullptr;
    AnswersTab* m_answers = nullptr;
    MasksTab* m_masks = nullptr;
};

} // namespace lori::ui
