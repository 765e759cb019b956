// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/jobs/job_life.h"
#include "ui/pages/merge/merge_part.h"
#include "ui/pages/merge/merge_results.h"

#include <optional>

class QProgressBar;
class QPushButton;
class QTableWidget;

namespace lori::ui {

class AdapterExports;
struct AppContext;

/// Part 4: the merge at work, what became of it, and all merges so far, one row each; the selected one can be tried and written
/// for other programs.
class MergeResultPart final : public MergePart {
    Q_OBJECT

public:
    explicit MergeResultPart(AppContext& context, QWidget* parent = nullptr);

    /// How the merge that was started last is doing; `failure` when it failed.
    void showJob(jobs::JobState state, const std::optional<events::Progress>& progress, const std::optional<Error>& failure);
    /// No merge was started.
    void showNoJob();
    /// Newest first; the one of this job is selected, "" leaves the selection, or selects the newest where there is none.
    void showMerges(std::vector<MergeResult> merges, const QString& jobId);
    [[nodiscard]] bool hasMerges() const { return !m_merges.empty(); }
    /// nullptr when none is.
    [[nodiscard]] const MergeResult* selected() const;
    [[nodiscard]] const std::vector<MergeResult>& merges() const { return m_merges; }
    /// What opens the base model of the selected merge; "" while nothing does.
    void setModel(const QString& model);

Q_SIGNALS:
    void selectionChanged();
    void cancelRequested();
    void againRequested();
    void tryRequested();
    void showRequested();
    void setupRequested();
    void anotherRequested();

protected:
    void retranslate() override;
    void recolour() override;

private:
    QWidget* makeButtons();
    void refresh();
    void refreshTable();
    void showSelected();
    void updateExports();
    void say(const QString& text, Tone tone);

    std::vector<MergeResult> m_merges;
    std::optional<jobs::JobState> m_jobState;
    std::optional<events::Progress> m_progress;
    std::optional<Error> m_failure;
    Tone m_tone = Tone::Quiet;
    QLabel* m_state = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_again = nullptr;
    QTableWidget* m_table = nullptr;
    QLabel* m_details = nullptr;
    QWidget* m_buttons = nullptr;
    QPushButton* m_try = nullptr;
    QPushButton* m_show = nullptr;
    AdapterExports* m_exports = nullptr;
    QString m_model;
    QPushButton* m_save = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_setup = nullptr;
    QPushButton* m_another = nullptr;
};

} // namespace lori::ui
