// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/merge/merge_scores.h"

#include <QTableWidget>

namespace lori::ui {

/// Adapters and merges × scores: the score with its interval, and for merges how it differs from the adapter that they are held
/// against. Copying gives the whole table as tab-separated numbers.
class MergeScoreMatrix final : public QTableWidget {
    Q_OBJECT

public:
    explicit MergeScoreMatrix(QWidget* parent = nullptr);

    /// The row of `mergeId` is set in bold.
    void show(const MergeScores& scores, const QString& mergeId);

Q_SIGNALS:
    /// Ctrl+C.
    void copyAsked();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fillCell(int row, int column, const MergeScores& scores, const ScoreKey& key);
};

/// A line of titles and a line for each row; for every score its value, its interval, and the difference in percentage points
/// with its verdict, numbers as programs read them.
[[nodiscard]] QString tabSeparated(const MergeScores& scores);
} // namespace lori::ui
