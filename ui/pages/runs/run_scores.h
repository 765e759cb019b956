// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/run_progress.h"

#include <QTableWidget>

namespace lori::ui {

/// Scores before training and after each stage, with intervals and the change; differences inside the noise are named so.
class RunScores final : public QTableWidget {
    Q_OBJECT

public:
    explicit RunScores(QWidget* parent = nullptr);
    void show(const RunProgress& progress);
    /// The change between two rates in words: "+41 points" or "no clear difference" when the intervals overlap.
    [[nodiscard]] static QString changeText(const ScoreValue& before, const ScoreValue& now);

Q_SIGNALS:
    /// Enter or a double click on a score: its answers are wanted.
    void answersAsked(const std::string& task, const std::string& metric);
};

} // namespace lori::ui
