// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/table_model.h"
#include "ui/pages/compare/comparison.h"

#include <QWidget>

#include <array>
#include <memory>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QTableView;
class QToolButton;

namespace lori::ui {

/// Questions with the answers of two sides.
class AnswerTable final : public TableModel<ComparedAnswer> {
    Q_OBJECT

public:
    using TableModel::TableModel;
    void setAnswers(std::vector<ComparedAnswer> answers, const QString& first, const QString& second);

private:
    [[nodiscard]] bool isSame(const ComparedAnswer& a, const ComparedAnswer& b) const override { return a.id == b.id; }
};

/// The judged rows of two sides beside each other: all, or those that one side has right and the other wrong, with their counts.
class AnswersTab final : public QWidget {
    Q_OBJECT

public:
    enum Filter { All, RightToWrong, WrongToRight };

    explicit AnswersTab(QWidget* parent = nullptr);
    /// In the window's language of now; the choices made so far stay where they still fit.
    void show(std::shared_ptr<const Comparison> comparison);
    /// Shows the answers behind a score; `side` against the baseline.
    void choose(const ScoreKey& key, std::size_t side);
    void setFilter(Filter filter);
    /// How many rows the filter leaves, of the chosen score and side.
    [[nodiscard]] int count(Filter filter) const { return m_counts[filter]; }

private:
    void makeTop();
    void makeDetails();
    void fillSides();
    void fillScores();
    void fill();
    void showRow();
    [[nodiscard]] std::size_t side() const;
    [[nodiscard]] const ScoreKey* score() const;

    std::shared_ptr<const Comparison> m_comparison;
    std::vector<ScoreKey> m_scores; ///< of the box
    std::array<int, 3> m_counts{};
    QComboBox* m_score = nullptr;
    QComboBox* m_side = nullptr;
    std::array<QToolButton*, 3> m_filters{};
    QLabel* m_note = nullptr;
    QTableView* m_table = nullptr;
    AnswerTable* m_model = nullptr;
    QWidget* m_details = nullptr;
    std::array<QLabel*, 3> m_titles{};        ///< question, first answer, second answer
    std::array<QPlainTextEdit*, 3> m_texts{}; ///< the same
};

} // namespace lori::ui
