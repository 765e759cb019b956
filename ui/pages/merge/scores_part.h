// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/merge/merge_part.h"
#include "ui/pages/merge/merge_scores.h"

class QProgressBar;
class QPushButton;

namespace lori::ui {

class MergeMeasuring;
class MergeScoreMatrix;
class MergeScoreTasks;
class NumberField;

/// Part 5: what each adapter and each merge of them can do, measured on the same questions.
class MergeScoresPart final : public MergePart {
    Q_OBJECT

public:
    explicit MergeScoresPart(const Home& home, QWidget* parent = nullptr);

    /// `mergeId`: the merge that is measured next to its adapters. Other adapters than before choose their own tasks, and those
    /// that were measured.
    void show(MergeScores scores, const QString& mergeId);
    /// How the measurements are doing.
    void showMeasuring(const MergeMeasuring& measuring);
    [[nodiscard]] const MergeScores& scores() const { return m_scores; }
    /// The chosen tasks, in the order of the list.
    [[nodiscard]] std::vector<std::string> tasks() const;
    /// None until somebody typed a number, and while what is typed is none.
    [[nodiscard]] std::optional<std::int64_t> limit() const;
    /// What there is to do, in order.
    [[nodiscard]] std::vector<std::pair<std::size_t, std::string>> missing() const
    {
        return m_scores.missing(tasks(), m_mergeId);
    }
    /// "Capitals on Safety"
    [[nodiscard]] QString nameOf(std::size_t variant, const std::string& task) const;

Q_SIGNALS:
    void measureRequested();
    void cancelRequested();
    /// Another number of questions: the scores are to be read again.
    void limitChanged();

protected:
    void retranslate() override;
    void recolour() override;

private:
    QWidget* makeLineOfMeasuring();
    void chooseTasks();
    void refresh();
    void refreshMatrix();
    /// Why nothing can be measured now, one sentence, or "".
    [[nodiscard]] QString hindrance() const;
    void say(const QString& text, Tone tone);
    void sayOutcome();

    MergeScores m_scores;
    QString m_mergeId;
    std::vector<std::filesystem::path> m_adapters; ///< whose tasks were chosen
    bool m_limitTyped = false;
    bool m_working = false;
    QStringList m_failures;
    bool m_cancelled = false;
    std::size_t m_done = 0; ///< of the measurements that were asked for last
    Tone m_tone = Tone::Quiet;

    QLabel* m_intro = nullptr;
    MergeScoreTasks* m_tasks = nullptr;
    QLabel* m_limitLabel = nullptr;
    NumberField* m_limit = nullptr;
    QPushButton* m_measure = nullptr;
    QLabel* m_hint = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_cancel = nullptr;
    QLabel* m_state = nullptr;
    MergeScoreMatrix* m_matrix = nullptr;
    QPushButton* m_copy = nullptr;
};

} // namespace lori::ui
