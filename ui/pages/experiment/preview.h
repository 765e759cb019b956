// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/estimate.h"
#include "ui/frame/card.h"

#include <optional>
#include <vector>

class QLabel;
class QListWidget;
class QPushButton;

namespace lori::ui {

class BudgetBar;

/// What would happen on Start: ready or what is wrong, the stages, the estimates with their formulas.
class ExperimentPreview final : public Card {
    Q_OBJECT

public:
    explicit ExperimentPreview(QWidget* parent = nullptr);

    struct Problem {
        QString path; ///< of the field, "" when it is not a field
        QString text; ///< one sentence
    };
    struct Content {
        std::vector<Problem> problems;
        QStringList notes;  ///< no problems, but worth a thought; rich text, links come back by noteFollowed()
        QStringList stages; ///< "LoRI-D, 60 steps"
        QString seed;       ///< which frozen A
        std::vector<experiment::StageKind> trained; ///< methods of the training stages, each once, in order
        std::optional<experiment::Estimate> estimate;
        double freeDiskBytes = -1;
        QString speedSource;
        bool isRough = false; ///< the time: something that it counts with is assumed, so half and double are shown
        QString basis;        ///< what the time is founded on, in a sentence or two; "" = unknown
    };
    void show(const Content& content);
    /// Without its buttons, for a place that has its own.
    void showFactsOnly();
    [[nodiscard]] QPushButton* startButton() const { return m_start; }
    [[nodiscard]] QPushButton* recipeButton() const { return m_recipe; }

Q_SIGNALS:
    void problemChosen(const QString& path);
    void startRequested();
    void queueRequested();
    void sweepRequested();
    void recipeRequested();
    void noteFollowed(const QString& link);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    [[nodiscard]] QWidget* makeBody();
    [[nodiscard]] QLayout* makeState(QWidget* body);
    [[nodiscard]] QLayout* makeFigures(QWidget* body);
    void makeButtons();
    void showContent();
    void showEstimate();
    void retranslate();
    void setFigure(QLabel* label, const QString& text, const QString& formula);

    Content m_content;
    QLabel* m_title = nullptr;
    QLabel* m_stateIcon = nullptr;
    QLabel* m_state = nullptr;
    QListWidget* m_problems = nullptr;
    QLabel* m_notes = nullptr;
    QLabel* m_stagesTitle = nullptr;
    QLabel* m_stages = nullptr;
    QLabel* m_budgetTitle = nullptr;
    BudgetBar* m_budget = nullptr;
    QLabel* m_budgetLegend = nullptr;
    QLabel* m_estimateTitle = nullptr;
    QLabel* m_names[3] = {};
    QLabel* m_values[3] = {};
    QLabel* m_basis = nullptr; ///< of the time
    QPushButton* m_start = nullptr;
    QPushButton* m_queue = nullptr;
    QPushButton* m_sweep = nullptr;
    QPushButton* m_recipe = nullptr;
};

} // namespace lori::ui
