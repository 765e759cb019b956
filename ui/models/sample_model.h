// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/table_model.h"
#include "ui/models/word_changes.h"
#include "ui/services/stored_answers.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace lori::ui {

/// The same questions at each check of a run: a row for each question, and after it a column for each score, the newest first.
class SampleModel final : public TableModel<Sample> {
    Q_OBJECT

public:
    explicit SampleModel(QObject* parent = nullptr);
    /// `titles`: of the scores, in the order of training, as the answers of each sample are.
    void setSamples(const QStringList& titles, std::vector<Sample> samples);

    /// nullptr for the question's column, and where the score does not have the question.
    [[nodiscard]] const Sample::Answer* answerAt(const QModelIndex& index) const;
    /// The answer to the same question at the score before; nullptr when there is none.
    [[nodiscard]] const Sample::Answer* answerBefore(const QModelIndex& index) const;
    /// What changed since then in the text of a cell.
    [[nodiscard]] std::vector<TextSpan> changesIn(const QModelIndex& index) const;
    [[nodiscard]] static bool isNewest(const QModelIndex& index) { return index.column() == 1; }

private:
    [[nodiscard]] bool isSame(const Sample& a, const Sample& b) const override { return a.id == b.id; }
    std::size_t m_scores = 0;
};

/// "✓ " or "✗ " and the answer in one line: what a cell shows.
[[nodiscard]] QString answerCell(const Sample::Answer& answer);

} // namespace lori::ui
