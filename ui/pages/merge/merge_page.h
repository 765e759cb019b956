// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_life.h"
#include "ui/pages/merge/measured_adapters.h"
#include "ui/pages/merge/merge_measuring.h"
#include "ui/pages/merge/merge_planner.h"
#include "ui/pages/merge/merge_results.h"
#include "ui/pages/merge/merge_scores.h"
#include "ui/pages/page.h"
#include "ui/services/app_context.h"
#include "ui/services/background_job.h"

#include <QStringList>

#include <memory>

class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace lori::ui {

class MergeAdaptersPart;
class MergeInterferencePart;
class MergeMethodPart;
class MergePart;
class MergeResultPart;
class MergeScoresPart;
struct KnownAdapter;

/// Adapters into one: how they would disturb each other, method and weights, and what the merge became and can do. Five parts
/// below each other, each of which opens when the one above is done.
class MergePage final : public Page {
    Q_OBJECT

public:
    explicit MergePage(AppContext& context, QWidget* parent = nullptr);

    void take(const Intent& intent) override;
    [[nodiscard]] std::vector<PageView> views(const QString& runId) override;
    [[nodiscard]] bool isBusy() const override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeEmpty();
    QWidget* makeParts();
    QWidget* makeFooter();
    void retranslate();

    void refreshCatalog();
    void adaptersChanged();
    [[nodiscard]] std::vector<const KnownAdapter*> chosen() const;
    [[nodiscard]] QStringList names() const;
    void measure();
    void showMeasured(Result<MeasuredAdapters> measured);
    void refreshParts();
    void refreshPlan();
    /// What stands in the way of the primary button, one sentence, or "".
    [[nodiscard]] QString hindrance() const;
    void refreshFooter();

    void merge();
    void follow(const QString& jobId);
    void refreshJob();
    void jobEnded(const QString& jobId, jobs::JobState state);
    void findResults(const QString& select);
    void reveal(QWidget* part);

    void connectScores();
    [[nodiscard]] MergeScoresWanted wantedScores() const;
    void readScores();
    void measureScores();
    /// Goes on with a measurement that a worker is at work on, whoever started it.
    void followMeasuring();
    /// The adapters, method and weights of the selected merge into the parts above.
    void setUpAgain();
    /// The merge beside the adapters it is made of.
    void tryBesideAdapters();

    static constexpr int kEmptyPlace = 0; ///< in m_stack
    static constexpr int kPartsPlace = 1;

    AppContext& m_context;
    BackgroundJob m_measuring;
    BackgroundJob m_finding;
    BackgroundJob m_scoring;
    MergePlanner* m_planner = nullptr;
    MergeMeasuring* m_measuringScores = nullptr;
    std::vector<std::filesystem::path> m_chosen; ///< as the parts below show them
    QStringList m_names;                         ///< of the chosen ones
    std::shared_ptr<const MeasuredAdapters> m_measured;
    bool m_measureFailed = false; ///< or was cancelled
    QString m_jobId;              ///< started last

    QStackedWidget* m_stack = nullptr;
    QLabel* m_emptyText = nullptr;
    QPushButton* m_newExperiment = nullptr;
    QScrollArea* m_scroll = nullptr;
    MergeAdaptersPart* m_adapters = nullptr;
    MergeInterferencePart* m_interference = nullptr;
    MergeMethodPart* m_method = nullptr;
    MergeResultPart* m_result = nullptr;
    MergeScoresPart* m_scores = nullptr;
    QLabel* m_hint = nullptr;
    QPushButton* m_merge = nullptr;
};

} // namespace lori::ui
