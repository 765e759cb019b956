// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/sequence.h"
#include "ui/models/sequence_outcome.h"
#include "ui/services/stored_answers.h"
#include "ui/theme.h"

#include <QWidget>

#include <filesystem>

class QLabel;
class QTableView;

namespace lori::ui {

class FlipList;
class ForgettingModel;
class PlotPanel;
class StageStrip;
class StillProgressBar;

/// A sequence that has begun: its tasks with the one at work, how far it is, what was forgotten, which answers changed, and every
/// score over the tasks.
class SequenceView final : public QWidget {
    Q_OBJECT

public:
    explicit SequenceView(QWidget* parent = nullptr);

    struct Content {
        experiment::SequenceConfig config;
        SequenceOutcome outcome;
        QString twin{}; ///< title of the losses of the same sequence with, or without, protection; "" when there is none
        std::vector<StripStep> steps;
        jobs::JobState state = jobs::JobState::Waiting;
        double share = -1;              ///< 0–1 of all steps, -1 when unknown
        QString detail;                 ///< what it does now, time left
        QString sentence;               ///< what came of it, or what went wrong
        Tone tone = Tone::Quiet;        ///< of the sentence
        std::filesystem::path folder{}; ///< of its run
        AnsweredScores answers{};       ///< those whose answers are in the folder
    };
    void show(const Content& content);
    [[nodiscard]] FlipList& flips() { return *m_flips; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void showOutcome();
    void showSentence();
    void fitTable();

    Content m_content;
    QLabel* m_title = nullptr;
    QLabel* m_state = nullptr;
    StageStrip* m_strip = nullptr;
    StillProgressBar* m_bar = nullptr;
    QLabel* m_detail = nullptr;
    QLabel* m_sentence = nullptr;
    QLabel* m_tableTitle = nullptr;
    QLabel* m_noScores = nullptr;
    QTableView* m_table = nullptr;
    ForgettingModel* m_model = nullptr;
    FlipList* m_flips = nullptr;
    PlotPanel* m_chart = nullptr;
};

} // namespace lori::ui
