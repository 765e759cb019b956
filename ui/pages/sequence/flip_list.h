// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/sequence.h"
#include "ui/services/background_job.h"
#include "ui/services/stored_answers.h"

#include <QWidget>

#include <filesystem>

class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace lori::ui {

class FlipModel;

/// Which questions became wrong, and which right, between any two measurements of a score of a sequence, with both answers. A
/// click on a title sorts; Ctrl+C copies. It follows the newest measurement until a person chooses another one.
class FlipList final : public QWidget {
    Q_OBJECT

public:
    explicit FlipList(QWidget* parent = nullptr);

    /// The scores of a sequence so far; `folder` is its run's. Another folder begins anew.
    void show(const std::filesystem::path& folder, const experiment::SequenceConfig& config, const AnsweredScores& scores);
    /// Shows the score of this task, for one that fell below its floor; "" for a metric means the first one of the task.
    void chooseScore(const std::string& task, const std::string& metric);
    [[nodiscard]] bool isReading() const { return m_job.isRunning(); }

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void fillScores();
    void fillMeasured();
    void read();
    [[nodiscard]] QString titleOf(const AnsweredScore& score) const;

    std::filesystem::path m_folder;
    experiment::SequenceConfig m_config;
    AnsweredScores m_scores;
    std::vector<AnsweredScore> m_measured; ///< of the chosen score
    bool m_chosen = false;                 ///< a person chose the measurements
    BackgroundJob m_job;
    FlipModel* m_model = nullptr;
    QSortFilterProxyModel* m_sorted = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_fromLabel = nullptr;
    QLabel* m_toLabel = nullptr;
    QComboBox* m_score = nullptr;
    QComboBox* m_from = nullptr;
    QComboBox* m_to = nullptr;
    QLabel* m_note = nullptr;
    QTableView* m_table = nullptr;
};

} // namespace lori::ui
